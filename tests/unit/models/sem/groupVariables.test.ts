import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { augment } from '../../../../src/models/fit.js';
import { bootstrap } from '../../../../src/models/sem/bootstrap/bootstrap.js';
import { population } from '../../../../src/models/sem/monteCarlo/population.js';
import { simulateSurvey } from '../../../../src/models/sem/monteCarlo/simulateSurvey.js';
import type { SemOptions } from '../../../../src/models/sem/options.js';
import { impliedMoments, simulate } from '../../../../src/models/sem/questions/impliedMoments.js';
import { methodFactor } from '../../../../src/models/sem/questions/methodFactor.js';
import { modificationIndices } from '../../../../src/models/sem/questions/modificationIndices.js';
import { residuals } from '../../../../src/models/sem/questions/residuals.js';
import { scoreTest } from '../../../../src/models/sem/questions/scoreTest.js';
import { cfa, sem } from '../../../../src/models/sem/sem.js';
import { diagramGraphs } from '../../../../src/report/diagram/graph.js';
import { resolveDiagramOptions } from '../../../../src/report/diagram/diagramOptions.js';
import { readSurvey } from '../../../../src/survey/readSurvey.js';
import type { Survey } from '../../../../src/survey/survey.js';

const read = (name: string): Promise<Survey> => readSurvey(new Uint8Array(readFileSync(new URL(`../../../golden/${name}.csv`, import.meta.url))), { name });
const schools = await read('semBlocks/data/schools');
const holes = await read('semBlocks/data/holes');
const levels = await read('twoLevel/data/clusters');

const PASTEUR = 'visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6';
const GRANT_WHITE = 'visual =~ x1 + x2 + x3\nspeed =~ x7 + x8 + x9';
const blocks = (first: string, second: string): string => `group: Pasteur\n${first}\ngroup: Grant-White\n${second}`;
const BOTH = blocks(PASTEUR, GRANT_WHITE);
const group = 'school';

const close = (a: number | null | undefined, b: number | null | undefined, digits = 6): void => {
  expect(typeof a).toBe('number');
  expect(Math.abs((a as number) - (b as number)) / Math.max(1, Math.abs(b as number))).toBeLessThan(10 ** -digits);
};

describe('groups that share no parameter', () => {
  const covariate = `${GRANT_WHITE}\nvisual ~ ageyr\nspeed ~ visual`;
  const ordinal = (text: string): string => text.replace(/x(\d)/g, 'u$1');
  const items = Array.from({ length: 9 }, (_, i) => `u${i + 1}`);
  const level = (names: string): string => `level: 1\nf =~ ${names}\nlevel: 2\nf =~ ${names}`;
  const cases: readonly [what: string, survey: Survey, first: string, second: string, options: SemOptions, measures: readonly string[]][] = [
    ['maximum likelihood, a covariate in one group', schools, PASTEUR, covariate, {}, ['chisq', 'df', 'npar', 'logl', 'unrestricted.logl', 'baseline.chisq', 'baseline.df']],
    ['conditional.x', schools, PASTEUR, covariate, { conditionalX: true }, ['chisq', 'df', 'baseline.chisq', 'baseline.df']],
    ['std.ov', schools, PASTEUR, GRANT_WHITE, { stdOv: true }, ['chisq', 'df', 'logl']],
    ['missing answers', holes, PASTEUR, covariate, { missing: 'ml' }, ['chisq', 'df', 'npar', 'logl', 'baseline.chisq', 'baseline.df']],
    ['WLSMV with a covariate in one group', schools, ordinal(PASTEUR), ordinal(covariate), { ordered: items }, ['chisq', 'df', 'npar', 'baseline.chisq', 'baseline.df']],
    ['theta', schools, ordinal(PASTEUR), ordinal(GRANT_WHITE), { ordered: items, parameterization: 'theta' }, ['chisq', 'df', 'npar']],
    ['exploratory blocks', schools, 'efa("a")*f1 + efa("a")*f2 =~ x1 + x2 + x3 + x4 + x5 + x6', 'efa("a")*f1 + efa("a")*f2 =~ x1 + x2 + x3 + x7 + x8 + x9', {}, ['chisq', 'df', 'logl']]
  ];
  it.each(cases)('%s: what adds up is the sum of the groups alone', (_, survey, first, second, options, measures) => {
    const both = sem(blocks(first, second), survey, { ...options, group });
    const alone = [[first, 'Pasteur'], [second, 'Grant-White']].map(([text, label]) => sem(text, survey, { ...options, meanstructure: true, group, groupLabel: [label] }));
    expect(both.convergence.converged).toBe(true);
    for (const name of measures) close(both.measures[name], alone.reduce((sum, fit) => sum + (fit.measures[name] ?? NaN), 0), 5);
    alone.forEach((fit, g) => {
      const own = both.parameters.filter((row) => row.group === g + 1);
      expect(own.length).toBe(fit.parameters.length);
      fit.parameters.forEach((row, i) => {
        close(own[i].estimate, row.estimate, 4);
        if (row.stdAll !== null) close(own[i].stdAll, row.stdAll, 4);
      });
      expect([...both.rSquared[g].keys()]).toEqual([...fit.rSquared[0].keys()]);
    });
  });

  it('two levels: each group its own variables', () => {
    const labels = [...new Set(levels.labels('school'))] as string[];
    const [first, second] = [level('y1 + y2 + y3'), level('y1 + y4 + y5 + y6')];
    const options: SemOptions = { group, groupLabel: labels.slice(0, 2), cluster: 'id' };
    const both = sem(`group: ${labels[0]}\n${first}\ngroup: ${labels[1]}\n${second}`, levels, options);
    const alone = [first, second].map((text, g) => sem(text, levels, { ...options, groupLabel: [labels[g]] }));
    for (const name of ['chisq', 'df', 'npar', 'logl', 'baseline.chisq']) close(both.measures[name], alone.reduce((sum, fit) => sum + (fit.measures[name] ?? NaN), 0), 5);
  });
});

describe('groups with different variables', () => {
  const fit = cfa(BOTH, schools, { group });

  it('keep the rows of a group that answer the variables of that group', () => {
    expect(fit.sample.used).toBe(301);
    expect(fit.sample.dropped).toEqual([]);
  });

  it('fit as with a variable that the other group lacks covarying freely there', () => {
    const complete = schools.withColumn('x9', schools.numeric('x9').map((value, i) => (Number.isNaN(value) ? Math.sin(i) : value)));
    const short = cfa(blocks(PASTEUR, 'visual =~ x1 + x2 + x3'), complete, { group });
    const own = ['x1', 'x2', 'x3'].join(' + ');
    const wide = cfa(blocks(`${PASTEUR}\nx9 ~~ x9 + ${own} + x4 + x5 + x6`, `visual =~ x1 + x2 + x3\nx9 ~~ x9 + ${own}`), complete, { group });
    close(short.measures.chisq, wide.measures.chisq);
    expect(short.measures.df).toBe(wide.measures.df);
    for (const row of short.parameters) {
      const same = wide.parameters.find(({ term, group: g }) => term === row.term && g === row.group);
      close(row.estimate, same?.estimate, 5);
      if (row.stdError !== null) close(row.stdError, same?.stdError, 5);
    }
  });

  it('give the same numbers whichever group comes first', () => {
    const turned = cfa(`group: Grant-White\n${GRANT_WHITE}\ngroup: Pasteur\n${PASTEUR}`, schools, { group, groupLabel: ['Grant-White', 'Pasteur'] });
    for (const [name, value] of Object.entries(fit.measures)) if (typeof value === 'number') close(turned.measures[name], value, 5);
  });

  it('with group.equal share what both have, and free the mean of the latent variable that both measure', () => {
    const scalar = cfa(BOTH, schools, { group, groupEqual: ['loadings', 'intercepts'] });
    const labelled = cfa(blocks(`${PASTEUR.replace('x2 + x3', 'b*x2 + c*x3')}\nx1 ~ i1*1\nx2 ~ i2*1\nx3 ~ i3*1`, `${GRANT_WHITE.replace('x2 + x3', 'b*x2 + c*x3')}\nx1 ~ i1*1\nx2 ~ i2*1\nx3 ~ i3*1\nvisual ~ NA*1`), schools, { group });
    close(scalar.measures.chisq, labelled.measures.chisq);
    expect(scalar.measures.df).toBe(labelled.measures.df);
    expect(scalar.parameters.filter(({ op, free, lhs }) => op === '~1' && free > 0 && !/^x/.test(lhs)).map(({ lhs, group: g }) => [lhs, g])).toEqual([['visual', 2]]);
    expect(scalar.warnings.map(({ code }) => code)).not.toContain('not-identified');
  });

  it('with std.lv and equal loadings free the variance of the shared latent variable alone', () => {
    const metric = cfa(BOTH, schools, { group, groupEqual: ['loadings'], stdLv: true });
    const free = metric.parameters.filter(({ lhs, rhs, op, free: k }) => op === '~~' && lhs === rhs && k > 0 && !/^x/.test(lhs));
    expect(free.map(({ lhs, group: g }) => [lhs, g])).toEqual([['visual', 2]]);
    close(metric.measures.chisq, cfa(BOTH, schools, { group, groupEqual: ['loadings'] }).measures.chisq);
  });

  it('have implied moments that fit the model exactly, each group with its own names', () => {
    const moments = impliedMoments(fit);
    expect(moments.groups.map(({ names }) => names)).toEqual([['x1', 'x2', 'x3', 'x4', 'x5', 'x6'], ['x1', 'x2', 'x3', 'x7', 'x8', 'x9']]);
    const again = cfa(BOTH, moments);
    expect(again.measures.chisq).toBeLessThan(1e-8);
    fit.parameters.forEach((row, i) => close(again.parameters[i].estimate, row.estimate, 5));
  });

  it('draw rows of each group, without values of what it lacks', () => {
    const { columns, group: labels } = simulate(fit, { n: 50, seed: 2 });
    for (const [name, values] of columns) values.forEach((value, i) => expect(Number.isNaN(value)).toBe(labels[i] === 'Pasteur' ? /x[789]/.test(name) : /x[456]/.test(name)));
  });

  it('make simulated surveys that give the values back', () => {
    const values = blocks('f =~ 0.8*a + 0.7*b + 0.6*c\ng =~ 0.9*d + 0.7*e + 0.5*h\ng ~~ 0.4*f', 'f =~ 0.8*a + 0.7*b + 0.6*c\nk ~ 0.5*f');
    const survey = simulateSurvey(population(values, { standardized: true, groups: ['Pasteur', 'Grant-White'] }), { n: 20000, seed: 3 });
    expect(survey.numeric('d').slice(20000).every(Number.isNaN)).toBe(true);
    const back = sem(blocks('f =~ a + b + c\ng =~ d + e + h', 'f =~ a + b + c\nk ~ f'), survey, { group: 'group' });
    const of = (term: string, g: number): number | null => back.parameters.find((row) => row.term === term && row.group === g)?.stdAll ?? null;
    for (const [term, g, value] of [['f =~ a', 1, 0.8], ['g =~ h', 1, 0.5], ['f ~~ g', 1, 0.4], ['f =~ c', 2, 0.6], ['k ~ f', 2, 0.5]] as const) expect(Math.abs((of(term, g) as number) - value)).toBeLessThan(0.03);
  });

  it.each([['nonparametric', {}], ['parametric', {}], ['bollen.stine', {}], ['nonparametric', { missing: 'ml' }]] as const)('are drawn by the %s bootstrap %o', async (type, options) => {
    const whole = cfa(BOTH, 'missing' in options ? holes : schools, { group, ...options });
    const { estimates, used } = await bootstrap(whole, { draws: 'missing' in options ? 40 : 200, seed: 4, type });
    expect(used).toBeGreaterThan(35);
    const ratios = whole.parameters.flatMap((row, i) => (row.stdError && row.free > 0 ? [(estimates[i].stdError as number) / row.stdError] : [])).sort((a, b) => a - b);
    const median = ratios[Math.floor(ratios.length / 2)];
    expect(median).toBeGreaterThan(0.8);
    expect(median).toBeLessThan(1.3);
  });

  it('are drawn with their ordinal answers', async () => {
    const whole = cfa(BOTH.replace(/x(\d)/g, 'u$1'), schools, { group, ordered: true });
    const { estimates } = await bootstrap(whole, { draws: 30, seed: 4 });
    whole.parameters.forEach((row, i) => {
      if (row.free > 0 && row.op === '=~') expect(estimates[i].stdError as number).toBeGreaterThan(0);
    });
  });

  it('stand in the table of rows with their own variables and scores', () => {
    const { columns, rows } = augment(fit);
    const keyOf = (label: string): string => columns.find(({ label: { en } }) => en === label)?.key ?? '';
    for (const row of rows) {
      const pasteur = row.group === 'Pasteur';
      for (const [name, there] of [['x4', pasteur], ['x7', !pasteur], ['.textual', pasteur], ['.speed', !pasteur], ['.visual', true]] as const) expect(typeof row[keyOf(name)]).toBe(there ? 'number' : 'object');
    }
  });

  it('have a diagram each, of their own variables', () => {
    const graphs = diagramGraphs(fit, resolveDiagramOptions({}));
    expect(graphs.map(({ nodes }) => nodes.filter(({ kind }) => kind === 'latent').map(({ name }) => name))).toEqual([['visual', 'textual'], ['visual', 'speed']]);
    expect(graphs[1].nodes.map(({ name }) => name)).not.toContain('x4');
  });

  it('can be asked for residuals, modification indices and score tests of their own variables', () => {
    expect(residuals(fit).map(({ names }) => names.length)).toEqual([6, 6]);
    expect(modificationIndices(fit).every(({ lhs, rhs, group: g }) => !(g === 1 ? /speed|x[789]/ : /textual|x[456]/).test(`${lhs} ${rhs}`))).toBe(true);
    const { univariate } = scoreTest(fit, { add: 'visual =~ x9; x1 ~~ x2' });
    expect(univariate.map(({ lhs }) => lhs)).toEqual(['x1~~x2', 'visual=~x9', 'x1~~x2']);
    const mi = modificationIndices(fit).find(({ lhs, rhs, group: g }) => lhs === 'visual' && rhs === 'x9' && g === 2)?.mi;
    close(univariate[1].statistic, mi, 5);
  });

  it('take a method factor of the items of each group', () => {
    const { withMethod, shares } = methodFactor(BOTH, schools, { group, methodLoadings: 'equal' });
    const loaded = (g: number): readonly string[] => withMethod.loadings.filter((row) => row.lhs === 'method' && row.group === g).map(({ rhs }) => rhs);
    expect([loaded(1), loaded(2)]).toEqual([['x1', 'x2', 'x3', 'x4', 'x5', 'x6'], ['x1', 'x2', 'x3', 'x7', 'x8', 'x9']]);
    for (const { item, group: label } of shares) expect(item).toMatch(label === 'Pasteur' ? /x[1-6]/ : /x[1-3789]/);
  });

  it('are printed: tables in both languages name each parameter with its group', () => {
    const text = JSON.stringify(fit.tables());
    expect(text).toContain('Grant-White');
    expect(text).not.toContain('NaN');
  });
});
