import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../../src/language/index.js';
import type { SemFunction, SemOptions } from '../../../../src/models/sem/options.js';
import type { ParameterTable } from '../../../../src/models/sem/parameterTable.js';
import { optionsFromDotted, optionsFromJob } from '../../../../src/models/sem/specification/optionsFromDotted.js';
import { resolveOptions, type OptionContext } from '../../../../src/models/sem/specification/resolveOptions.js';
import { hasInterceptFormula, specify, type ModelVariables } from '../../../../src/models/sem/specify.js';
import { SurveyError } from '../../../../src/shared/diagnostic.js';

const context = (more: Partial<OptionContext> = {}): OptionContext => ({ categorical: false, groupCount: 1, hasIntercepts: false, hasLevels: false, hasMeans: true, ...more });
const build = (text: string, variables: ModelVariables = {}, options: SemOptions = {}, fun: SemFunction = 'sem'): ParameterTable => {
  const syntax = parseModel(text);
  return specify(syntax, variables, resolveOptions(options, fun, context({ groupCount: variables.groupLabels?.length ?? 1, hasIntercepts: hasInterceptFormula(syntax) })));
};
const codes = (run: () => unknown): readonly string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error.diagnostics.map((each) => each.code);
    throw error;
  }
  return [];
};

describe('specify', () => {
  it('names the rule of every row that it adds', () => {
    const { rows } = build('f =~ x1 + x2 + x3\nf ~ z');
    expect(rows.map(({ lhs, op, rhs, origin }) => `${lhs} ${op} ${rhs}: ${origin}`)).toEqual([
      'f =~ x1: marker', 'f =~ x2: user', 'f =~ x3: user', 'f ~ z: user', 'x1 ~~ x1: auto.var', 'x2 ~~ x2: auto.var', 'x3 ~~ x3: auto.var', 'f ~~ f: auto.var', 'z ~~ z: fixed.x'
    ]);
  });

  it('points at an unknown column with the nearest name', () => {
    const text = 'trust =~ trust1 + trst3';
    try {
      build(text, { names: ['trust1', 'trust2', 'trust3'], dataName: 'survey `wom`' });
      throw new Error('accepted');
    } catch (error) {
      const [diagnostic] = (error as SurveyError).diagnostics;
      expect(diagnostic).toMatchObject({ code: 'unknown-variable', help: 'did you mean `trust3`?' });
      expect(text.slice(diagnostic.span?.start, diagnostic.span?.end)).toBe('trst3');
    }
  });

  it('tells all unknown columns together, and accepts products of columns', () => {
    expect(codes(() => build('f =~ a + b + x\ny ~ x:z', { names: ['x', 'z', 'y'] }))).toEqual(['unknown-variable', 'unknown-variable']);
  });

  it('takes names that are properties of every object', () => {
    expect(build('constructor =~ __proto__ + toString + valueOf').rows).toHaveLength(7);
  });

  it('refuses lists of modifiers that do not fit the groups', () => {
    expect(codes(() => build('f =~ x1 + c(a, b)*x2 + x3'))).toEqual(['modifier-per-group']);
    expect(codes(() => build('f =~ x1 + c(a, b)*x2 + x3', { groupLabels: ['men', 'women'] }))).toEqual([]);
  });

  it('refuses group blocks that do not fit the groups', () => {
    expect(codes(() => build('group: 1\nf =~ x1 + x2 + x3\ngroup: 2\nf =~ x1 + x2 + x3'))).toEqual(['group-blocks']);
  });

  it('warns of one label over several groups and of duplicated covariances', () => {
    expect(build('f =~ x1 + a*x2 + x3\nx1 ~~ x2\nx2 ~~ x1', { groupLabels: ['men', 'women'] }).warnings.map((each) => each.code)).toEqual(['duplicate-parameter', 'label-over-groups']);
  });

  it('equal() makes an equality of two parameters', () => {
    const equality = build('f =~ x1 + x2 + equal("f=~x2")*x3').rows.find((row) => row.op === '==');
    expect(equality).toMatchObject({ lhs: '.p2.', rhs: '.p3.' });
  });
});

describe('options', () => {
  it('an unknown name is an error with the nearest one', () => {
    expect(() => optionsFromDotted({ 'std.lvv': true })).toThrow('did you mean `std.lv`?');
    expect(() => optionsFromDotted({ estimator: 'MLRR' })).toThrow('did you mean `MLR`?');
    expect(codes(() => optionsFromDotted({ missing: 3, grup: 'a' }))).toEqual(['invalid-option', 'unknown-option']);
  });

  it('translates the minimizer and leaves lavaan\'s machinery out, with a warning', () => {
    const { options, warnings } = optionsFromJob({ 'optim.method': 'nlminb', control: { 'iter.max': 50, 'rel.tol': 1e-12 }, iseed: 3 });
    expect(options).toEqual({ control: { maxIterations: 50 }, seed: 3 });
    expect(warnings.map((each) => each.code)).toEqual(['option-without-effect', 'option-without-effect']);
  });

  it.each([
    [{ estimator: 'MLR' }, { discrepancy: 'ML', se: 'robust.huber.white', test: 'yuan.bentler.mplus', information: 'observed' }],
    [{ estimator: 'MLM' }, { se: 'robust.sem', test: 'satorra.bentler', information: 'expected' }],
    [{ estimator: 'GLS' }, { fixedX: false, sampleCovRescale: false, meanstructure: false }],
    [{ missing: 'fiml' }, { missing: 'ml', meanstructure: true, information: 'observed' }],
    [{ cluster: 'site' }, { se: 'robust.cluster', test: 'yuan.bentler.mplus', meanstructure: true }],
    [{ likelihood: 'wishart' }, { sampleCovRescale: false }],
    [{ mimic: 'amos' }, { likelihood: 'wishart', fixedX: false }]
  ] as const)('%j', (given, expected) => {
    expect(resolveOptions(given, 'sem', context())).toMatchObject(expected);
  });

  it('ordinal variables choose WLSMV, conditional exogenous variables and means', () => {
    expect(resolveOptions({}, 'sem', context({ categorical: true }))).toMatchObject({ estimator: 'WLSMV', discrepancy: 'DWLS', se: 'robust.sem', test: 'scaled.shifted', conditionalX: true, meanstructure: true });
  });

  it.each([
    [{ estimator: 'ML' }, { categorical: true }],
    [{ missing: 'ml', estimator: 'MLM' }, {}],
    [{ likelihood: 'wishart', estimator: 'GLS' }, {}],
    [{ stdLv: true, effectCoding: true }, {}],
    [{ level: 1.5 }, {}]
  ] as const)('refuses %j', (given, more) => {
    expect(codes(() => resolveOptions(given, 'sem', context(more)))).toEqual(['conflicting-options']);
  });
});
