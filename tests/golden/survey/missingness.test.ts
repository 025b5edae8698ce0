import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { littleMcar } from '../../../src/statistics/missingness/littleMcar.js';
import { normalEm } from '../../../src/statistics/missingness/normalEm.js';
import { missingPatterns } from '../../../src/statistics/missingness/patterns.js';

interface Expected {
  readonly mean: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly n: number;
  readonly patterns: number;
  readonly chiSquare: number;
  readonly corrected: number;
  readonly df: number;
  readonly pValue: number;
}

const folder = new URL('missingness/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<'airquality' | 'simulated', Expected>;
const relative = (ours: number, theirs: number): number => Math.abs(ours - theirs) / Math.abs(theirs);

describe.each(['airquality', 'simulated'] as const)('missing answers of %s, against lavaan\'s EM', async (name) => {
  const survey = await readSurvey(readFileSync(new URL(`${name}.csv`, folder)), { name: `${name}.csv` });
  const wanted = expected[name];

  it('maximum likelihood means and covariances agree to 1e-7', () => {
    const columns = survey.names().map((column) => survey.numeric(column));
    const em = normalEm(columns, missingPatterns(columns));
    if (!em.ok) throw new Error(em.reason);
    expect(em.converged).toBe(true);
    wanted.mean.forEach((value, j) => expect(relative(em.mean[j], value)).toBeLessThan(1e-7));
    wanted.covariance.flat().forEach((value, j) => expect(Math.abs(em.covariance[j] - value)).toBeLessThan(1e-7 * Math.max(...wanted.covariance.flat().map(Math.abs))));
  });

  it('Little\'s test agrees to 1e-6, with both divisors', () => {
    const test = littleMcar(survey, survey.names());
    expect([test.n, test.patternCount, test.df]).toEqual([wanted.n, wanted.patterns, wanted.df]);
    expect(relative(test.chiSquare ?? NaN, wanted.chiSquare)).toBeLessThan(1e-6);
    expect(relative(test.pValue ?? NaN, wanted.pValue)).toBeLessThan(1e-5);
    expect(relative(littleMcar(survey, survey.names(), { divisor: 'n-1' }).chiSquare ?? NaN, wanted.corrected)).toBeLessThan(1e-6);
    expect(relative(test.chiSquare ?? NaN, wanted.chiSquare * 1.0001)).toBeGreaterThan(1e-6);
  });

  it('prints what the help of naniar prints', () => {
    if (name !== 'airquality') return;
    const test = littleMcar(survey, survey.names());
    expect([test.chiSquare?.toFixed(1), test.df, test.pValue?.toFixed(5), test.patternCount]).toEqual(['35.1', 14, '0.00142', 4]);
  });
});
