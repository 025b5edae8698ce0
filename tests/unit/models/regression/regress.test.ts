import { describe, expect, it } from 'vitest';
import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { regress, type RegressOptions } from '../../../../src/models/regression/index.js';
import { createRandom } from '../../../../src/numerics/random.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import type { Codebook } from '../../../../src/survey/codebook.js';

function simulated(n: number): ReturnType<typeof surveyFromColumns> {
  const random = createRandom(42);
  const a = Float64Array.from({ length: n }, () => random.normal());
  const b = a.map((x) => 0.5 * x + random.normal());
  const g = Float64Array.from({ length: n }, () => 1 + random.integer(3));
  const y = a.map((x, i) => 2 + 0.5 * x - 0.25 * b[i] + (g[i] === 2 ? 1 : 0) + random.normal());
  return surveyFromColumns({ y, a, b, g });
}
const survey = simulated(300);
const estimates = (formula: string, data = survey, options: RegressOptions = {}): (number | null)[] => regress(formula, data, options).coefficients.map(({ estimate }) => estimate);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SurveyError) return error.code;
    throw error;
  }
  return 'nothing thrown';
}

describe('regress', () => {
  it('rescaling a predictor leaves beta, t and R²', () => {
    const scaled = survey.withColumn('a', survey.numeric('a').map((x) => 1000 * x + 7));
    const [before, after] = [survey, scaled].map((data) => regress('y ~ a + b', data));
    before.coefficients.slice(1).forEach((row, i) => {
      expect(after.coefficients[i + 1].beta).toBeCloseTo(row.beta as number, 12);
      expect(after.coefficients[i + 1].statistic).toBeCloseTo(row.statistic as number, 10);
    });
    expect(after.measures.rSquared).toBeCloseTo(before.measures.rSquared as number, 13);
  });

  it('double and double-double accumulation agree, in and out of blocks', async () => {
    const { leastSquares } = await import('../../../../src/numerics/leastSquares/index.js');
    const problem = { columns: [{ hi: survey.numeric('a') }, { hi: survey.numeric('b') }, { hi: survey.numeric('g') }], response: { hi: survey.numeric('y') }, intercept: true };
    for (const weights of [undefined, survey.numeric('g')]) {
      const [fast, exact] = (['double', 'doubleDouble'] as const).map((accumulation) => leastSquares({ ...problem, accumulation, ...(weights ? { weights } : {}) }));
      for (const count of [1, 3]) {
        const x = fast.solve(count);
        const z = exact.solve(count);
        x.coefficients.forEach((b, i) => expect(b).toBeCloseTo(z.coefficients[i], 13));
        expect(x.constant).toBeCloseTo(z.constant, 13);
        expect(x.residualSumOfSquares / z.residualSumOfSquares).toBeCloseTo(1, 13);
        x.inverse.forEach((value, i) => expect(value).toBeCloseTo(z.inverse[i], 13));
      }
    }
  });

  it('an ill-conditioned fit leaves plain doubles by itself', async () => {
    const { leastSquares } = await import('../../../../src/numerics/leastSquares/index.js');
    const n = 40_000;
    const x = Float64Array.from({ length: n }, (_, i) => i / n);
    const columns = Array.from({ length: 9 }, (_, k) => ({ hi: x.map((v) => v ** (k + 1)) }));
    const response = { hi: x.map((v) => columns.reduce((sum, _, k) => sum + v ** (k + 1), 1)) };
    const found = leastSquares({ columns, response, intercept: true });
    expect(found.accumulation).toBe('doubleDouble');
    found.solve(9).coefficients.forEach((b) => expect(b).toBeCloseTo(1, 3));
  });

  it('recovers the coefficients that made the data', () => {
    const big = simulated(20_000);
    const [constant, a, b, two, three] = estimates('y ~ a + b + factor(g)', big);
    [[constant, 2], [a, 0.5], [b, -0.25], [two, 1], [three, 0]].forEach(([found, truth]) => expect(Math.abs((found as number) - (truth as number))).toBeLessThan(0.06));
  });

  it('reordering rows changes no estimate', () => {
    const order = Array.from({ length: 300 }, (_, i) => (i * 7) % 300);
    const mixed = surveyFromColumns(['y', 'a', 'b', 'g'].map((name) => [name, order.map((i) => survey.numeric(name)[i])] as const));
    estimates('y ~ a*b', mixed).forEach((b, i) => expect(b).toBeCloseTo(estimates('y ~ a*b')[i] as number, 13));
  });

  it('the choice of reference level moves the constant, not the fit', () => {
    const first = regress('y ~ factor(g)', survey);
    const second = regress('y ~ factor(g, ref = 2)', survey);
    expect(second.measures.rSquared).toBeCloseTo(first.measures.rSquared as number, 14);
    expect(second.coefficients.map(({ term }) => term)).toEqual(['(Intercept)', 'factor(g)1', 'factor(g)3']);
    expect(second.references[0].level.en).toBe('2');
    expect(codeOf(() => regress('y ~ factor(g, ref = 9)', survey))).toBe('unknown-level');
  });

  it('a nominal column of the codebook is a factor named by its value labels', () => {
    const base = surveyFromColumns({ y: [1, 2, 3, 5, 4, 6], sex: [1, 2, 1, 2, 2, 1] });
    const info = { ...base.info('sex'), level: 'nominal' as const, label: { en: 'Gender', zh: '性别' }, valueLabels: new Map([[1, { en: 'male', zh: '男' }], [2, { en: 'female', zh: '女' }]]) };
    const codebook: Codebook = { variables: new Map([['sex', info]]), constructs: new Map(), notes: [] };
    const fit = regress('y ~ sex', surveyFromColumns({ y: base.numeric('y'), sex: base.numeric('sex') }, { codebook }));
    expect(fit.coefficients[1]).toMatchObject({ term: 'sexfemale', display: 'sex: female', label: { en: 'Gender: female', zh: '性别：女' } });
    expect(fit.tables()[2].notes.map(({ en }) => en)).toContain('Reference levels: sex = male.');
    expect(fit.references[0].automatic).toBe(true);
    const numeric = regress('y ~ numeric(sex)', surveyFromColumns({ y: base.numeric('y'), sex: base.numeric('sex') }, { codebook }));
    expect(numeric.coefficients[1].term).toBe('numeric(sex)');
    expect(numeric.coefficients[1].estimate).toBeCloseTo(fit.coefficients[1].estimate as number, 13);
  });

  it('says which rows were dropped and why', () => {
    const holed = surveyFromColumns({ y: [1, 2, 3, 4, NaN, 6, 7, 9], x: [1, -2, NaN, 4, 5, 6, 8, 8], w: [1, 1, 1, 1, 1, 0, 1, 1] });
    const fit = regress('y ~ log(x)', holed, { weights: 'w' });
    expect(fit.sample).toEqual({ used: 4, total: 8, dropped: [{ reason: 'missing values (listwise)', count: 2 }, { reason: 'weight `w` is zero', count: 1 }, { reason: '`log(x)` is not a number', count: 1 }] });
    expect([...fit.rowNumbers()]).toEqual([1, 4, 7, 8]);
    expect(codeOf(() => regress('y ~ x', holed, { missing: 'fail' }))).toBe('missing-values');
  });

  it('screened rows are not seen, but counted', () => {
    const excludedBy = Uint16Array.from({ length: 300 }, (_, i) => (i < 100 ? 1 : 0));
    const screened = survey.withScreening({ returned: 300, steps: [], valid: 200, excludedBy });
    const fit = regress('y ~ a', screened);
    expect(fit.sample.dropped).toEqual([{ reason: 'excluded by screening', count: 100 }]);
    expect(fit.rowNumbers()[0]).toBe(101);
  });

  it('an exact fit has no tests of significance and says so', () => {
    const exact = surveyFromColumns({ x: [1, 2, 3, 4, 5], y: [3, 5, 7, 9, 11] });
    const fit = regress('y ~ x', exact);
    expect(fit.coefficients.map(({ estimate, statistic, pValue }) => [estimate, statistic, pValue])).toEqual([[1, null, null], [2, null, null]]);
    expect(fit.measures).toMatchObject({ rSquared: 1, fStatistic: null, pValue: null, durbinWatson: null });
    expect(fit.warnings[0].code).toBe('exact-fit');
  });

  it('a saturated model has no standard errors and says so', () => {
    const fit = regress('y ~ x', surveyFromColumns({ x: [1, 2], y: [3, 4] }));
    expect(fit.measures).toMatchObject({ rSquared: 1, adjRSquared: null, sigma: null, fStatistic: null });
    expect(fit.coefficients[1].stdError).toBeNull();
    expect(fit.warnings.map(({ code }) => code)).toContain('no-residual-df');
  });

  it('a constant predictor and a duplicated one have no estimate and are named', () => {
    const data = survey.withColumn('one', new Float64Array(300).fill(3)).withColumn('twice', survey.numeric('a').map((x) => 2 * x - 1));
    const fit = regress('y ~ a + one + twice + b', data);
    expect(fit.coefficients.map(({ aliased }) => aliased)).toEqual([false, false, true, true, false]);
    expect(fit.warnings.map(({ message }) => message)).toEqual(['`one` does not vary in the rows used and has no estimate', '`twice` is a combination of the terms before it and has no estimate']);
    expect(fit.tables()[2].rows[2].term).toBe('one (aliased)');
  });

  it('a predictor that is nearly a combination of others keeps its estimate and is named with its tolerance', () => {
    const wobble = createRandom(8);
    const data = survey.withColumn('nearly', survey.numeric('a').map((x) => 3 * x + 1e-3 * wobble.normal()));
    const fit = regress('y ~ a + nearly + b', data);
    expect(fit.warnings.map(({ code }) => code)).toEqual(['near-collinear', 'near-collinear']);
    expect(fit.warnings[1].message).toBe(`\`nearly\` is nearly a combination of the other predictors (tolerance ${(fit.coefficients[2].tolerance as number).toExponential(1)})`);
    expect(regress('y ~ a + b', data).warnings).toEqual([]);
  });

  it.each<[string, string, RegressOptions]>([
    ['unknown-variable', 'y ~ aa', {}],
    ['unknown-function', 'y ~ sinh(a)', {}],
    ['bad-arguments', 'y ~ log(a, b)', {}],
    ['infinite-value', 'y ~ I(1 / (g - 1))', {}],
    ['unknown-option', 'y ~ a', { wieghts: 'g' } as RegressOptions],
    ['bad-option', 'y ~ a', { se: 'HC9' as 'HC3' }],
    ['bad-option', 'y ~ a', { se: 'cluster' }],
    ['bad-option', 'y ~ a', { se: 'HC3', cluster: 'g' }],
    ['bad-option', 'y ~ a', { confLevel: 95 }],
    ['unknown-variable', 'y ~ a', { weights: 'ww' }],
    ['bad-weights', 'y ~ a', { weights: 'a' }],
    ['constant-outcome', 'I(a * 0) ~ b', {}],
    ['single-level', 'y ~ factor(k)', {}]
  ])('throws %s for %s', (code, formula, options) => {
    const data = survey.withColumn('k', new Float64Array(300).fill(1));
    expect(codeOf(() => regress(formula, data, options))).toBe(code);
  });

  it('more predictors than can be meant are refused, fast', () => {
    const wide = surveyFromColumns(Array.from({ length: 100_000 }, (_, j) => [`v${j}`, [j, 1, 2 * j]] as const));
    expect(codeOf(() => regress('v0 ~ .', wide))).toBe('too-many-predictors');
    const many = survey.withColumn('id', Float64Array.from({ length: 300 }, (_, i) => i));
    expect(codeOf(() => regress('y ~ factor(id):factor(g):factor(id)*b + as.factor(id):I(b^2) + as.factor(id):I(b^3) + as.factor(id):I(b^4) + as.factor(id):I(b^5)', many))).toBe('too-many-predictors');
  });

  it('hostile column names are plain names', () => {
    const data = surveyFromColumns([['__proto__', [1, 2, 3, 5]], ['constructor', [2, 1, 4, 3]]] as const);
    const fit = regress('__proto__ ~ constructor', data);
    expect(fit.coefficients.map(({ term }) => term)).toEqual(['(Intercept)', 'constructor']);
    expect(fit.augment(data).columns.map(({ label }) => label.en)).toContain('constructor');
  });

  it('augment gives one row per used row, with the survey’s columns when asked', () => {
    const holed = survey.withColumn('a', survey.numeric('a').map((x, i) => (i === 4 ? NaN : x)));
    const fit = regress('y ~ a', holed);
    const table = fit.augment(holed);
    expect(table.rows.length).toBe(299);
    expect(table.rows[4].row).toBe(6);
    expect(table.rows[4].data0).toBe(holed.numeric('y')[5]);
    expect((table.rows[4].fitted as number) + (table.rows[4].residual as number)).toBeCloseTo(holed.numeric('y')[5], 12);
  });

  it('tables are JSON-safe and say n', () => {
    for (const each of [...regress('y ~ a | factor(g)', survey).tables(), regress('y ~ a', survey).tidy(), regress('y ~ a', survey).glance()]) {
      expect(JSON.stringify(each.rows)).not.toMatch(/NaN|Infinity/);
      expect(each.notes.some(({ en }) => en.includes('n = 300'))).toBe(true);
      expect(each.columns.every(({ key }) => each.rows.every((row) => key in row))).toBe(true);
    }
  });
});
