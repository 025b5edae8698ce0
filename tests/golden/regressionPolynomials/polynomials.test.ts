import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logistic, regress, SurveyError, surveyFromColumns } from '../../../src/index.js';
import { polynomial } from '../../../src/models/regression/design/polynomial.js';

type Numbers = readonly number[];
interface Fit {
  readonly formula: string;
  readonly terms: readonly string[];
  readonly estimate: Numbers;
  readonly stdError: Numbers;
  readonly rSquared: number;
  readonly n: number;
  readonly tests: { readonly term: string | readonly string[]; readonly f: number | Numbers; readonly p: number | Numbers } | null;
}
const told = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as {
  readonly data: Readonly<Record<string, (number | string | null)[]>>;
  readonly fits: readonly Fit[];
  readonly weighted: Fit;
  readonly binary: readonly Pick<Fit, 'formula' | 'terms' | 'estimate' | 'stdError'>[];
  readonly bases: readonly { readonly x: Numbers; readonly degree: number; readonly columns: readonly Numbers[] }[];
};
const survey = surveyFromColumns(told.data);

function agree(found: number | null | undefined, wanted: number, what: string): void {
  expect(Math.abs((found ?? NaN) - wanted), `${what}: ${String(found)} but ${wanted} expected`).toBeLessThan(1e-8 * Math.max(1, Math.abs(wanted)));
}

function list<Item>(value: Item | readonly Item[]): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [value as Item];
}

describe('poly() in formulas agrees with R', () => {
  it.each(told.bases.map((basis, i) => [i + 1, basis] as const))('orthogonal basis %i', (_, { x, degree, columns }) => {
    const node = { type: 'name', name: 'x', span: { start: 0, end: 1 } } as const;
    const { degrees } = polynomial({ hi: Float64Array.from(x) }, { argument: node, degree, raw: false }, 'poly(x)', node, { name: 'formula', text: 'x' });
    degrees.forEach(({ hi }, k) => hi.forEach((value, i) => agree(value, columns[k][i], `p${k + 1}[${i}]`)));
  });

  it.each(told.fits)('$formula', ({ formula, terms, estimate, stdError, rSquared, n, tests }) => {
    const fit = regress(formula, survey);
    expect(fit.coefficients.map(({ term }) => term)).toEqual(terms);
    expect(fit.measures.n).toBe(n);
    agree(fit.measures.rSquared, rSquared, 'R²');
    fit.coefficients.forEach((row, i) => {
      agree(row.estimate, estimate[i], row.term);
      agree(row.stdError, stdError[i], `SE of ${row.term}`);
    });
    if (tests) list(tests.term).forEach((term, i) => agree(fit.termTests.find((test) => test.term === term)?.statistic, list(tests.f)[i], `F of ${term}`));
  });

  it('with weights', () => {
    const fit = regress(told.weighted.formula, survey, { weights: 'wt' });
    fit.coefficients.forEach((row, i) => agree(row.estimate, told.weighted.estimate[i], row.term));
  });

  it.each(told.binary)('logistic: $formula', ({ formula, terms, estimate, stdError }) => {
    const fit = logistic(formula, survey, { event: 'yes' });
    expect(fit.coefficients.map(({ term }) => term)).toEqual(terms);
    fit.coefficients.forEach((row, i) => {
      agree(row.estimate, estimate[i], row.term);
      agree(row.stdError, stdError[i], `SE of ${row.term}`);
    });
  });

  it('orthogonal and raw polynomials are one model', () => {
    expect(regress('mpg ~ poly(hp, 3)', survey).measures.rSquared).toBeCloseTo(regress('mpg ~ hp + I(hp^2) + I(hp^3)', survey).measures.rSquared ?? NaN, 12);
  });

  it.each([
    ['mpg ~ poly(hp, 0)', 'bad-arguments'],
    ['mpg ~ poly(hp, 2.5)', 'bad-arguments'],
    ['mpg ~ poly(hp, wt)', 'bad-arguments'],
    ['mpg ~ poly()', 'bad-arguments'],
    ['mpg ~ poly(hp, 2, raw = 1)', 'bad-arguments'],
    ['mpg ~ poly(hp, 2, simple = TRUE)', 'bad-arguments'],
    ['mpg ~ I(poly(hp, 2))', 'bad-expression'],
    ['mpg ~ poly(few, 2)', 'bad-degree'],
    ['poly(mpg, 2) ~ hp', 'bad-expression']
  ])('%s is refused', (formula, code) => {
    const few = surveyFromColumns({ ...told.data, few: told.data['mpg'].map((_, i) => i % 2) });
    let found = '';
    try {
      regress(formula, few);
    } catch (error) {
      found = error instanceof SurveyError ? error.code : String(error);
    }
    expect(found).toBe(code);
  });
});
