import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factorialAnova } from '../../../src/statistics/factorial/factorialAnova.js';
import type { FactorialOptions } from '../../../src/statistics/factorial/factorialResult.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { POST_HOC_METHODS } from '../../../src/statistics/groups/postHoc/postHoc.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { expectAgrees, expectSensitive } from '../statistics/fixture.js';

type Numbers = Record<string, number | string>;
type Few<T> = T | readonly T[];
interface Design {
  n: number;
  outcome: string;
  factors: Few<string>;
  covariates: Few<string>;
  adjust: FactorialOptions['adjust'];
  terms: Numbers[];
  means: Numbers[];
  cells: Numbers[];
  pairs: Numbers[];
  simple: Numbers[] | null;
  simplePairs: Numbers[] | null;
  slopes: Numbers[];
}
interface PostHocPairs {
  variable: string;
  by: string;
  pairs: { i: number; j: number; pooled: Numbers; averaged: Numbers }[];
}
const { value } = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as { value: { data: Record<string, (number | null)[]>; designs: Design[]; posthoc: PostHocPairs[] } };
const survey = surveyFromColumns(new Map(Object.entries(value.data).map(([name, cells]) => [name, cells.map((cell) => cell ?? NaN)])), { name: 'fresh' });
const list = <T>(few: Few<T>): readonly T[] => (Array.isArray(few) ? (few as readonly T[]) : [few as T]);

function expectRow(actual: object | undefined, wanted: Numbers, what: string): void {
  for (const [key, number] of Object.entries(wanted)) if (typeof number === 'number') expectAgrees((actual as Numbers | undefined)?.[key] as number, number, `${what}.${key}`);
}

function expectRows(actual: readonly object[], wanted: readonly Numbers[], what: string): void {
  expect(actual.length, what).toBe(wanted.length);
  wanted.forEach((row, i) => expectRow(actual[i], row, `${what}[${i}]`));
}

describe('factorial designs against R', () => {
  for (const wanted of value.designs) {
    const [factors, covariates] = [list(wanted.factors), list(wanted.covariates)];
    it(`${wanted.outcome} by ${factors.join(', ')}${covariates.length > 0 ? ` with ${covariates.join(', ')}` : ''}, pairs by ${wanted.adjust}`, () => {
      const found = factorialAnova(survey, wanted.outcome, factors, { covariates, adjust: wanted.adjust });
      expect(found.n).toBe(wanted.n);
      for (const row of wanted.terms) expectRow(found.terms.find(({ term }) => term === String(row['term']).replaceAll(':', ' × ')), row, String(row['term']));
      expectRows(found.marginalMeans, wanted.means, 'means');
      expectRows(found.cells, wanted.cells, 'cells');
      expectRows(found.pairs, wanted.pairs, 'pairs');
      expectRows(found.simpleEffects, wanted.simple ?? [], 'simple effects');
      expectRows(found.simplePairs, wanted.simplePairs ?? [], 'simple pairs');
      expectRows(found.slopeHomogeneity, wanted.slopes, 'slopes');
      expectSensitive(found.pairs[0].stdError, wanted.pairs[0]['stdError'] as number);
      expect(found.warnings.some(({ code }) => code === 'unequal-slopes')).toBe(wanted.slopes.some((row) => Number(row['pValue']) < 0.05));
    });
  }
  it('some design has unequal slopes and says so, in both languages', () => {
    const { warnings } = factorialAnova(survey, 'slopes', ['sex', 'years'], { covariates: ['age'] });
    expect(warnings.map(({ code }) => code)).toEqual(['unequal-slopes']);
    expect(warnings[0].zh).toContain('斜率');
  });
  it('an outcome without variation within the cells has means, but no tests', () => {
    const exact = surveyFromColumns(new Map([['a', [1, 1, 2, 2, 1, 2]], ['b', [1, 2, 1, 2, 1, 2]], ['y', [1, 2, 3, 5, 1, 5]]]), { name: 'exact' });
    const found = factorialAnova(exact, 'y', ['a', 'b']);
    expect(found.cells.map(({ observedMean }) => observedMean)).toEqual([1, 2, 3, 5]);
    expect(JSON.stringify(found)).not.toContain('NaN');
  });
});

describe('standardized differences of post hoc pairs against R', () => {
  for (const { variable, by, pairs } of value.posthoc) {
    const [found] = compare(survey, [variable], by, { postHoc: POST_HOC_METHODS }).variables;
    it(`${variable} by ${by}`, () => {
      if (found.design !== 'anova') throw new Error('more than two groups expected');
      for (const method of found.postHoc) pairs.forEach((pair, k) => expectRow(method.pairs[k].effect ?? undefined, method.pooled ? pair.pooled : pair.averaged, `${method.method} ${pair.i}-${pair.j}`));
      expect(found.postHoc.length).toBe(6);
    });
  }
});
