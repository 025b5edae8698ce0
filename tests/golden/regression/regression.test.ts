import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shapiroWilk } from '../../../src/numerics/shapiroWilk.js';
import { regress, type AssumptionTest, type Coefficient, type RegressOptions } from '../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { near } from './near.js';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`./${name}`, import.meta.url), 'utf8'));
const survey = surveyFromColumns(read('data.json') as Record<string, (number | string | null)[]>);

type Numbers = readonly number[];
interface Model extends Readonly<Record<string, unknown>> {
  readonly formula: string;
  readonly weights: string | null;
  readonly terms: readonly string[];
}
interface Expected {
  readonly models: readonly Model[];
  readonly blocks: { readonly rSquared: Numbers; readonly change12: Numbers; readonly change23: Numbers; readonly b2: Numbers; readonly se2: Numbers };
  readonly influence: Readonly<Record<string, Numbers>>;
  readonly influenceWeighted: Readonly<Record<string, Numbers>>;
  readonly robust: readonly { readonly type: 'HC0' | 'HC1' | 'HC2' | 'HC3' | 'HC4'; readonly stdError: Numbers; readonly pValue: Numbers; readonly F: number; readonly p: number; readonly fChange: number; readonly weighted: Numbers }[];
  readonly cluster: { readonly stdError: Numbers; readonly pValue: Numbers };
  readonly gvif: Readonly<Record<'gvif' | 'root' | 'F' | 'p' | 'ss', Numbers>>;
  readonly collinearity: { readonly eigen: Numbers; readonly proportions: Numbers };
  readonly checks: Readonly<Record<'breuschPagan' | 'scoreTest' | 'reset' | 'dw' | 'shapiro', Numbers>>;
  readonly shapiro: readonly { readonly n: number; readonly values: Numbers; readonly W: number; readonly p: number }[];
  readonly longley: { readonly data: Readonly<Record<string, Numbers>>; readonly leverage: Numbers; readonly cook: Numbers; readonly dfbetas: Numbers; readonly hc3: Numbers; readonly dw: number; readonly vif: Numbers };
  readonly aliased: { readonly estimate: readonly (number | null)[]; readonly na: number };
}
const expected = read('expected.json') as Expected;
const values = (rows: readonly Coefficient[], key: keyof Coefficient): (number | null)[] => rows.map((row) => row[key] as number | null);
const hierarchical = 'y ~ a | b + c | g';

describe('regress agrees with R', () => {
  it.each(expected.models.map((model) => [`${model.formula}${model.weights === null ? '' : ` weighted by ${model.weights}`}`, model] as const))('%s', (_, model) => {
    const fit = regress(model.formula, survey, model.weights === null ? {} : { weights: model.weights });
    expect(fit.coefficients.map(({ term }) => term)).toEqual(model.terms);
    for (const key of ['estimate', 'stdError', 'statistic', 'pValue', 'confLow', 'confHigh'] as const) near(values(fit.coefficients, key), model[key] as Numbers, key);
    const slopes = fit.coefficients.filter(({ term }) => term !== '(Intercept)');
    for (const key of ['beta', 'zeroOrder', 'partial', 'part', 'vif'] as const) near(values(slopes, key), model[key] as Numbers, key);
    for (const key of ['n', 'df2', 'rSquared', 'adjRSquared', 'sigma', 'fStatistic', 'durbinWatson', 'conditionIndex', 'logLik', 'aic', 'bic'] as const) near([fit.measures[key]], [model[key] as number], key);
    near([fit.measures.pValue], [model.pModel as number], 'pModel');
  });

  it('blocks: R² change, F change and the middle block’s own coefficients', () => {
    const { blocks } = regress(hierarchical, survey);
    const told = expected.blocks;
    near(blocks.map(({ rSquared }) => rSquared), told.rSquared, 'rSquared');
    near([blocks[1].rSquaredChange, blocks[1].fChange, blocks[1].pChange], told.change12, 'second block');
    near([blocks[2].rSquaredChange, blocks[2].fChange, blocks[2].pChange], told.change23, 'third block');
    near(values(blocks[1].coefficients, 'estimate'), told.b2, 'b');
    near(values(blocks[1].coefficients, 'stdError'), told.se2, 'se');
  });

  it('influence statistics, plain and weighted', () => {
    const plain = regress(hierarchical, survey);
    const weighted = regress('y ~ a + b + g', survey, { weights: 'w' });
    for (const [fit, told] of [[plain, expected.influence], [weighted, expected.influenceWeighted]] as const) {
      const found = fit.influence();
      near([...found.leverage], told.leverage, 'leverage');
      near([...found.studentizedResidual], told.studentized, 'studentized');
      near([...found.deletedResidual], told.deleted, 'deleted');
      near([...found.cook], told.cook, 'cook');
      near([...found.dffits], told.dffits, 'dffits');
      near([...found.dfbetas], told.dfbetas, 'dfbetas');
    }
    near([...plain.residuals], expected.influence.residual, 'residual');
    near([...plain.influence().mahalanobis], expected.influence.mahalanobis, 'mahalanobis');
    expect([...plain.rowNumbers()]).toEqual(expected.influence.rows);
  });

  it.each(expected.robust.map((row) => [row.type, row] as const))('%s standard errors and Wald F tests', (type, told) => {
    const options: RegressOptions = { se: type };
    const fit = regress(hierarchical, survey, options);
    near(values(fit.coefficients, 'stdError'), told.stdError, 'stdError');
    near(values(fit.coefficients, 'pValue'), told.pValue, 'pValue');
    near([fit.measures.fStatistic, fit.measures.pValue, fit.blocks[2].fChange], [told.F, told.p, told.fChange], 'F');
    near(values(regress('y ~ a + b + g', survey, { ...options, weights: 'w' }).coefficients, 'stdError'), told.weighted, 'weighted');
  });

  it('cluster-robust standard errors, t on clusters − 1', () => {
    const fit = regress(hierarchical, survey, { cluster: 'id' });
    near(values(fit.coefficients, 'stdError'), expected.cluster.stdError, 'stdError');
    near(values(fit.coefficients, 'pValue'), expected.cluster.pValue, 'pValue');
  });

  it('joint tests of factors and GVIF as car gives them', () => {
    const { termTests } = regress('y ~ a + b + g + factor(k)', survey);
    near(termTests.map(({ gvif }) => gvif), expected.gvif.gvif, 'gvif');
    near(termTests.map(({ gvifRoot }) => gvifRoot), expected.gvif.root, 'root');
    near(termTests.map(({ statistic }) => statistic), expected.gvif.F, 'F');
    near(termTests.map(({ pValue }) => pValue), expected.gvif.p, 'p');
    near(termTests.map(({ sumOfSquares }) => sumOfSquares), expected.gvif.ss, 'ss');
  });

  it('collinearity diagnostics from the singular value decomposition', () => {
    const { collinearity } = regress(hierarchical, survey);
    near(collinearity.map(({ eigenvalue }) => eigenvalue), expected.collinearity.eigen, 'eigenvalues');
    near(collinearity.flatMap(({ proportions }) => proportions), expected.collinearity.proportions, 'proportions');
  });

  it('tests of assumptions as lmtest, car and stats give them', () => {
    const tests = new Map(regress(hierarchical, survey).assumptions().tests.map((test) => [test.test, test]));
    const { breuschPagan, scoreTest, reset, dw, shapiro } = expected.checks;
    const told = (name: AssumptionTest['test'], ...keys: (keyof AssumptionTest)[]): (number | null)[] => keys.map((key) => (tests.get(name) as AssumptionTest)[key] as number | null);
    near(told('breuschPagan', 'statistic', 'df1', 'pValue'), breuschPagan, 'Breusch-Pagan');
    near(told('scoreTest', 'statistic', 'df1', 'pValue'), scoreTest, 'score test');
    near(told('reset', 'statistic', 'df1', 'df2', 'pValue'), reset, 'RESET');
    near(told('durbinWatson', 'statistic', 'pValue'), dw, 'Durbin-Watson');
    near(told('shapiroWilk', 'statistic', 'pValue'), shapiro, 'Shapiro-Wilk');
  });

  it.each(expected.shapiro.map((row) => [row.n, row] as const))('Shapiro-Wilk of %i values', (_, told) => {
    const found = shapiroWilk(Float64Array.from(told.values));
    near([found?.statistic ?? null, found?.pValue ?? null], [told.W, told.p], 'W and p');
  });

  it('case statistics of Longley’s ill-conditioned data', () => {
    const told = expected.longley;
    const data = surveyFromColumns(told.data);
    const formula = 'Employed ~ .';
    const fit = regress(formula, data);
    near([...fit.influence().leverage], told.leverage, 'leverage');
    near([...fit.influence().cook], told.cook, 'cook');
    near([...fit.influence().dfbetas], told.dfbetas, 'dfbetas');
    near(values(fit.coefficients.slice(1), 'vif'), told.vif, 'vif');
    near(values(regress(formula, data, { se: 'HC3' }).coefficients, 'stdError'), told.hc3, 'HC3');
    near([fit.assumptions().tests.find(({ test }) => test === 'durbinWatson')?.pValue ?? null], [told.dw], 'Durbin-Watson');
  });

  it('an aliased term has no estimate, is named, and the others are R’s', () => {
    const fit = regress('y ~ a + b + I(a + 2 * b) + c', survey);
    near(values(fit.coefficients, 'estimate').filter((b) => b !== null), expected.aliased.estimate.filter((b): b is number => b !== null), 'estimate');
    expect(fit.coefficients.findIndex(({ aliased }) => aliased) + 1).toBe(expected.aliased.na);
    expect(fit.warnings.map(({ code }) => code)).toEqual(['aliased-term']);
    expect(fit.warnings[0].message).toContain('`I(a + 2 * b)`');
  });

  it('a perturbed expectation is noticed', () => {
    const [model] = expected.models;
    const found = values(regress(model.formula, survey).coefficients, 'stdError');
    const wrong = (model.stdError as Numbers).map((value, i) => (i === 2 ? value * (1 + 1e-6) : value));
    expect(() => near(found, wrong, 'perturbed')).toThrow();
  });
});
