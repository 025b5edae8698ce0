import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oneWayAnova } from '../../../src/statistics/groups/oneWayAnova.js';
import { univariate } from '../../../src/statistics/univariate.js';
import { describeValues } from '../../../src/statistics/describe/describe.js';

interface NistSet {
  data: (number | [number, number])[];
  certified: Record<string, number | Record<string, number>>;
  exactOnDoubles: { lre: Record<string, number> };
}

function set(name: string): NistSet {
  return JSON.parse(readFileSync(new URL(`../nist/${name}.json`, import.meta.url), 'utf8')) as NistSet;
}

/** Digits that agree, capped at 15. */
function digits(actual: number | null, certified: number): number {
  return actual === null ? 0 : actual === certified ? 15 : Math.min(15, -Math.log10(Math.abs(actual - certified) / Math.abs(certified)));
}

/** What doubles can hold, less one digit, and never more than eleven. */
function expectDigits(found: Record<string, number>, { exactOnDoubles }: NistSet): void {
  for (const [key, value] of Object.entries(found)) expect(value, key).toBeGreaterThanOrEqual(Math.min(exactOnDoubles.lre[key] - 1, 11));
}

describe('NIST univariate sets through the public statistics', () => {
  for (const name of ['PiDigits', 'Lottery', 'Lew', 'Mavro', 'Michelso', 'NumAcc1', 'NumAcc2', 'NumAcc3', 'NumAcc4']) {
    it(name, () => {
      const nist = set(name);
      const values = Float64Array.from(nist.data.flat());
      const certified = nist.certified as Record<string, number>;
      const found = univariate(values);
      expectDigits({ mean: digits(found.mean, certified['mean']), standardDeviation: digits(found.standardDeviation, certified['standardDeviation']), autocorrelationLag1: digits(found.autocorrelationLag1, certified['autocorrelationLag1']) }, nist);
      const described = describeValues(values);
      expectDigits({ mean: digits(described.mean, certified['mean']), standardDeviation: digits(described.sd, certified['standardDeviation']) }, nist);
    });
  }
});

describe('NIST analyses of variance through oneWayAnova', () => {
  for (const name of ['SiRstv', 'AtmWtAg', 'SmLs01', 'SmLs02', 'SmLs03', 'SmLs04', 'SmLs05', 'SmLs06', 'SmLs07', 'SmLs08', 'SmLs09']) {
    it(name, () => {
      const nist = set(name);
      const groups = new Map<number, number[]>();
      for (const [treatment, y] of nist.data as [number, number][]) groups.set(treatment, [...(groups.get(treatment) ?? []), y]);
      const found = oneWayAnova([...groups.values()]);
      const { between, within, rSquared, residualStandardDeviation } = nist.certified as { between: Record<string, number>; within: Record<string, number>; rSquared: number; residualStandardDeviation: number };
      expect([found.between.df, found.within.df]).toEqual([between['df'], within['df']]);
      expectDigits(
        {
          betweenSS: digits(found.between.sumOfSquares, between['ss']),
          betweenMS: digits(found.between.meanSquare, between['ms']),
          F: digits(found.f, between['F']),
          withinSS: digits(found.within.sumOfSquares, within['ss']),
          withinMS: digits(found.within.meanSquare, within['ms']),
          rSquared: digits(found.rSquared, rSquared),
          residualStandardDeviation: digits(found.residualStandardDeviation, residualStandardDeviation)
        },
        nist
      );
    });
  }
});
