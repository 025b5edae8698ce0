import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/statistics/groups/compare.js';
import type { ManyGroupComparison, TwoGroupComparison } from '../../../src/statistics/groups/comparison.js';
import { POST_HOC_METHODS } from '../../../src/statistics/groups/postHoc/postHoc.js';
import { oneSampleTTest, pairedTTest } from '../../../src/statistics/groups/tTest.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

type Numbers = Record<string, number>;
interface Two {
  n: number;
  student: Numbers;
  welch: Numbers;
  effect: Numbers;
  leveneMean: Numbers;
  leveneMedian: Numbers;
}
interface Many extends Numbers2 {
  welch: Numbers;
  brownForsythe: Numbers;
  leveneMean: Numbers;
  leveneMedian: Numbers;
  pairs: (Numbers & { method: never; pValue: number })[];
}
interface Numbers2 {
  n: number;
  betweenSS: number;
  withinSS: number;
  f: number;
  pValue: number;
  etaSquared: number;
  etaLow: number;
  etaHigh: number;
  omegaSquared: number;
  epsilonSquared: number;
}
const wanted = expected<{ strong: Many; two: Record<string, Two>; many: Record<string, Many>; paired: Numbers & { effect: Numbers }; oneSample: Numbers & { effect: Numbers } }>('groups');
const survey = goldenSurvey();

function expectAll(actual: object | null | undefined, numbers: Numbers, what: string, tolerance?: number): void {
  for (const [key, value] of Object.entries(numbers)) if (typeof value === 'number') expectAgrees((actual as Numbers | null)?.[key], value, `${what}.${key}`, tolerance);
}

describe('comparison of groups against R', () => {
  const two = compare(survey, Object.keys(wanted.two), 'gender');
  for (const variable of two.variables) {
    it(`${variable.variable} by gender: t tests, Levene, d and g with intervals`, () => {
      const row = wanted.two[variable.variable];
      const found = variable as TwoGroupComparison;
      expect(found.n).toBe(row.n);
      for (const key of ['student', 'welch', 'effect', 'leveneMean', 'leveneMedian'] as const) expectAll(found[key], row[key], key);
      expectSensitive(found.student.t, row.student['t']);
    });
  }

  const many = compare(survey, Object.keys(wanted.many), 'years', { postHoc: POST_HOC_METHODS });
  const strong = compare(survey, ['before'], 'EXP1', { postHoc: POST_HOC_METHODS });
  for (const [variable, row, by] of [...many.variables.map((v) => [v, wanted.many[v.variable], 'years'] as const), [strong.variables[0], wanted.strong, 'EXP1'] as const]) {
    it(`${variable.variable} by ${by}: ANOVA, robust tests, effect sizes, six post hoc methods`, () => {
      const found = variable as ManyGroupComparison;
      expect(found.n).toBe(row.n);
      expectAgrees(found.anova.between.sumOfSquares, row.betweenSS, 'between', 1e-11);
      expectAgrees(found.anova.within.sumOfSquares, row.withinSS, 'within', 1e-11);
      expectAgrees(found.anova.f, row.f, 'F', 1e-11);
      expectAgrees(found.anova.pValue, row.pValue, 'p');
      expectAll(found.anova.effect, { etaSquared: row.etaSquared, omegaSquared: row.omegaSquared, epsilonSquared: row.epsilonSquared, confLow: row.etaLow, confHigh: row.etaHigh }, 'effect');
      for (const key of ['welch', 'brownForsythe', 'leveneMean', 'leveneMedian'] as const) expectAll(found[key], row[key], key);
      for (const pair of row.pairs) {
        const method = found.postHoc.find((m) => m.method === pair.method);
        const match = method?.pairs.find((p) => p.i === pair['i'] && p.j === pair['j']);
        const { pValue, ...rest } = pair;
        expectAll(match, rest, `${String(pair.method)} ${pair['i']}-${pair['j']}`);
        // R's ptukey errs by up to 2e-10 at fractional df (direct quadrature sides with ours), so tiny p values are compared in absolute terms
        if (pair.method === 'tukey' || pair.method === 'games-howell') expect(Math.abs((match?.pValue ?? NaN) - pValue)).toBeLessThan(1e-9);
        else expectAgrees(match?.pValue, pValue, `${String(pair.method)} p`);
      }
      expectSensitive(found.anova.f, row.f);
    });
  }

  it('paired and one-sample tests', () => {
    const both = ['before', 'after'].map((name) => survey.numeric(name));
    const rows = [...both[0].keys()].filter((i) => !Number.isNaN(both[0][i] + both[1][i]));
    const paired = pairedTTest(Float64Array.from(rows, (i) => both[0][i]), Float64Array.from(rows, (i) => both[1][i]));
    expectAll(paired, wanted.paired, 'paired');
    expectAll(paired.effect, wanted.paired.effect, 'paired effect');
    const one = oneSampleTTest(survey.numeric('age'), 30);
    expectAll(one, wanted.oneSample, 'one sample');
    expectAll(one.effect, wanted.oneSample.effect, 'one sample effect');
  });
});
