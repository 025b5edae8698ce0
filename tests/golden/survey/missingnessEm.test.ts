import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { littleMcar } from '../../../src/statistics/missingness/littleMcar.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

interface Case {
  readonly data: readonly (readonly (number | null)[])[];
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
  readonly n: number;
  readonly patterns: number;
}

const { cases } = JSON.parse(readFileSync(new URL('missingnessEm/expected.json', import.meta.url), 'utf8')) as { cases: readonly Case[] };
const relative = (ours: number | null, theirs: number): number => Math.abs((ours ?? NaN) - theirs) / Math.abs(theirs);

describe("Little's test with many patterns, against an EM algorithm in base R", () => {
  it.each(cases.map((one) => [`${one.data.length} variables, ${one.n} rows, ${one.patterns} patterns`, one] as const))('%s', (_, wanted) => {
    const test = littleMcar(surveyFromColumns(wanted.data.map((values, j): [string, readonly (number | null)[]] => [`v${j}`, values])), wanted.data.map((_values, j) => `v${j}`));
    expect([test.df, test.n, test.patternCount, test.converged]).toEqual([wanted.df, wanted.n, wanted.patterns, true]);
    expect(relative(test.chiSquare, wanted.chiSquare)).toBeLessThan(1e-8);
    expect(relative(test.pValue, wanted.pValue)).toBeLessThan(1e-8);
    expect(relative(test.chiSquare, wanted.chiSquare * (1 + 1e-6))).toBeGreaterThan(1e-8);
  });
});
