import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { littleMcar } from '../../../../src/statistics/missingness/littleMcar.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

interface Test {
  readonly n: number;
  readonly patterns: number;
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
}
const told = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Pick<Test, 'chiSquare' | 'df' | 'pValue'> & { readonly data: Readonly<Record<string, (number | string | null)[]>>; readonly groups: readonly (Test & { readonly group: string })[] };
const near = (found: number | null | undefined, wanted: number): void => expect(Math.abs((found ?? NaN) - wanted)).toBeLessThan(1e-7 * Math.max(1, wanted));

describe('Little’s test within groups', () => {
  const survey = surveyFromColumns(told.data);
  const found = littleMcar(survey, ['v1', 'v2', 'v3', 'v4'], { by: 'g' });

  it('agrees with the test of each group and their sum in R', () => {
    for (const wanted of told.groups) {
      const test = found.groups.find(({ group }) => group.en === wanted.group);
      expect([test?.n, test?.patternCount, test?.df]).toEqual([wanted.n, wanted.patterns, wanted.df]);
      near(test?.chiSquare, wanted.chiSquare);
      near(test?.pValue, wanted.pValue);
    }
    near(found.chiSquare, told.chiSquare);
    near(found.pValue, told.pValue);
    expect(found.df).toBe(told.df);
  });

  it('says which group has nothing to test, and prints one row per group and their sum', () => {
    expect(found.groups[2]).toMatchObject({ chiSquare: null, df: null, pValue: null });
    expect(found.warnings.map(({ code }) => code)).toEqual(['nothing-to-test']);
    expect(found.warnings[0].message).toContain('c');
    expect(found.tables()[0].rows.map((row) => row['group'])).toEqual(['a', 'b', 'c', 'Sum']);
  });

  it('leaves rows without a group out, and says so', () => {
    const holes = surveyFromColumns({ ...told.data, g: told.data['g'].map((value, i) => (i < 3 ? null : value)) });
    const { warnings, n } = littleMcar(holes, ['v1', 'v2', 'v3', 'v4'], { by: 'g' });
    expect(warnings.map(({ code }) => code)).toContain('no-group');
    expect(n).toBe(found.n - 3);
  });
});
