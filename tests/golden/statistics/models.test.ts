import { describe, expect, it } from 'vitest';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { polychoric } from '../../../src/statistics/correlate/polychoric.js';
import { normality } from '../../../src/statistics/describe/normality.js';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import type { FactorialAnova } from '../../../src/statistics/factorial/factorialResult.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

interface Term {
  term: string;
  sumOfSquares: number;
  df: number;
  f: number;
  pValue: number;
}
interface Model {
  n: number;
  rSquared: number;
  adjRSquared: number;
  errorSS: number;
  modelF: number;
  type1?: Term[];
  type2: Term[];
  type3: Term[];
  levene?: { f: number; p: number };
  emm: Record<'g' | 'w', { mean: number; stdError: number }[]>;
}
const wanted = expected<{
  twoWay: Model;
  ancova: Model;
  normality: Record<string, { d: number; p: number | null; w: number; wP: number }>;
  polychoric: { a: string; b: string; rho: number; n: number; se: number }[];
}>('models');
const survey = goldenSurvey();
const TERMS = new Map([['g', 'gender'], ['w', 'years'], ['g:w', 'gender × years'], ['age', 'age']]);

function expectTerms(found: FactorialAnova, terms: readonly Term[], what: string): void {
  expect(found.terms.length).toBe(terms.length);
  for (const term of terms) {
    const match = found.terms.find((t) => t.term === TERMS.get(term.term));
    expect(match?.df).toBe(term.df);
    expectAgrees(match?.sumOfSquares, term.sumOfSquares, `${what} ${term.term} SS`, 1e-9);
    expectAgrees(match?.f, term.f, `${what} ${term.term} F`, 1e-9);
    expectAgrees(match?.pValue, term.pValue, `${what} ${term.term} p`, 1e-9);
    expectSensitive(match?.f, term.f);
  }
}

function expectModel(found: FactorialAnova, model: Model): void {
  expect(found.n).toBe(model.n);
  expectAgrees(found.rSquared, model.rSquared, 'R²', 1e-11);
  expectAgrees(found.adjRSquared, model.adjRSquared, 'adjusted R²', 1e-11);
  expectAgrees(found.error.sumOfSquares, model.errorSS, 'error', 1e-11);
  expectAgrees(found.model.f, model.modelF, 'model F', 1e-9);
  const means = found.marginalMeans;
  [...model.emm.g, ...model.emm.w].forEach((row, i) => {
    expectAgrees(means[i].mean, row.mean, `marginal mean ${i}`, 1e-10);
    expectAgrees(means[i].stdError, row.stdError, `SE of marginal mean ${i}`, 1e-10);
  });
}

describe('factorial ANOVA against car', () => {
  it('two-way, types I, II, III, marginal means, Levene over cells', () => {
    const found = factorialAnova(survey, 'before', ['gender', 'years'], { covariates: [] });
    // the golden drops rows without age too; age has no missing value
    expectModel(found, wanted.twoWay);
    expectTerms(found, wanted.twoWay.type3, 'III');
    expectTerms(factorialAnova(survey, 'before', ['gender', 'years'], { type: 2 }), wanted.twoWay.type2, 'II');
    expectTerms(factorialAnova(survey, 'before', ['gender', 'years'], { type: 1 }), wanted.twoWay.type1 ?? [], 'I');
    expectAgrees(found.levene?.f, wanted.twoWay.levene?.f, 'Levene F', 1e-9);
    expectAgrees(found.levene?.pValue, wanted.twoWay.levene?.p, 'Levene p', 1e-9);
  });

  it('ANCOVA with adjusted means', () => {
    const found = factorialAnova(survey, 'before', ['gender', 'years'], { covariates: ['age'] });
    expectModel(found, wanted.ancova);
    expectTerms(found, wanted.ancova.type3, 'III');
    expectTerms(factorialAnova(survey, 'before', ['gender', 'years'], { covariates: ['age'], type: 2 }), wanted.ancova.type2, 'II');
  });
});

describe('normality against R', () => {
  it('Lilliefors D and p, Shapiro-Wilk', () => {
    for (const variable of normality(survey, Object.keys(wanted.normality)).variables) {
      const row = wanted.normality[variable.variable];
      expectAgrees(variable.lilliefors?.d, row.d, 'D', 1e-12);
      // Above .10 the formula does not hold: see lilliefors/.
      if (row.p === null) expect(variable.lilliefors?.pValue).toBeGreaterThan(0.1);
      else expectAgrees(variable.lilliefors?.pValue, row.p, 'p', 1e-10);
      expectAgrees(variable.shapiroWilk?.statistic, row.w, 'W', 1e-8);
      expectAgrees(variable.shapiroWilk?.pValue, row.wP, 'W p', 1e-6);
    }
  });
});

describe('polychoric correlations against R', () => {
  for (const pair of wanted.polychoric) {
    it(`${pair.a} and ${pair.b}`, () => {
      const found = polychoric(survey.numeric(pair.a), survey.numeric(pair.b));
      expect(found.n).toBe(pair.n);
      expectAgrees(found.rho, pair.rho, 'rho', 1e-8);
      expectAgrees(found.stdError, pair.se, 'SE', 1e-8);
      expectAgrees(correlate(survey, [pair.a, pair.b], { method: 'polychoric' }).at(1, 0).r, pair.rho, 'matrix', 1e-8);
      expectSensitive(found.rho, pair.rho);
    });
  }
});
