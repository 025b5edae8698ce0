import { describe, expect, it } from 'vitest';
import { littleMcar } from '../../../../src/statistics/missingness/littleMcar.js';
import { missingReport } from '../../../../src/statistics/missingness/missingReport.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const survey = surveyFromColumns({ a: [1, 9, 3, NaN, 5], b: [2, 4, NaN, NaN, 1], g: ['x', null, 'y', 'n/a', 'x'] }, { codebook: 'variables: {a: {label: First | 第一, missing: 9}, g: {missing: [n/a]}}' });

describe('the missing-data report', () => {
  const report = missingReport(survey);

  it('counts missing answers with their reasons', () => {
    expect(report.variables.map(({ name, missing, share, reasons }) => [name, missing, share, [...reasons]])).toEqual([
      ['a', 2, 0.4, [[9, 1]]],
      ['b', 2, 0.4, []],
      ['g', 2, 0.4, [['n/a', 1]]]
    ]);
    expect([report.rows, report.completeRows, report.missingCells, report.missingShare]).toEqual([5, 2, 6, 0.4]);
  });

  it('lists patterns, most frequent first', () => {
    expect(report.tables()[1].rows).toEqual([
      { missing: '—', count: 0, n: 2, share: 0.4 },
      { missing: 'a, g', count: 2, n: 1, share: 0.2 },
      { missing: 'b', count: 1, n: 1, share: 0.2 },
      { missing: 'a, b, g', count: 3, n: 1, share: 0.2 }
    ]);
    expect(report.tidy().rows[0]).toMatchObject({ variable: 'a', label: 'First', labelZh: '第一', valid: 3, reasons: '9: 1' });
  });

  it('sees valid rows only', () => {
    const screened = survey.withScreening({ returned: 5, steps: [], valid: 4, excludedBy: Uint16Array.of(0, 1, 0, 0, 0) });
    expect(missingReport(screened).variables.map(({ missing, reasons }) => [missing, reasons.size])).toEqual([[1, 0], [2, 0], [1, 1]]);
  });
});

describe("Little's test", () => {
  it('has nothing to test without missing answers, and says so', () => {
    const test = littleMcar(surveyFromColumns({ a: [1, 2, 3], b: [3, 1, 2] }), ['a', 'b']);
    expect([test.chiSquare, test.pValue]).toEqual([null, null]);
    expect(test.warnings[0].message).toContain('nothing to test');
  });

  it('names the variable that makes it impossible', () => {
    const constant = littleMcar(surveyFromColumns({ a: [1, 1, 1, NaN], b: [3, 1, 2, 5] }), ['a', 'b']);
    expect(constant.warnings[0].message).toContain('all answers to `a` are equal');
    const twice = littleMcar(surveyFromColumns({ a: [1, 2, 4, 3, NaN], b: [2, 4, 8, 6, 10], c: [1, 3, 2, 5, 4] }), ['a', 'b', 'c']);
    expect(twice.chiSquare).toBeNull();
    expect(twice.warnings[0].message).toContain('`b`');
  });

  it('does not depend on units', () => {
    const columns = { a: [1, 5, 3, NaN, 5, 2, 7], b: [2, 4, NaN, 3, 1, 6, 6], c: [1, 2, 4, 2, 1, 8, 2] };
    const scaled = { ...columns, b: columns.b.map((x) => 1e6 * x - 4) };
    expect(littleMcar(surveyFromColumns(scaled), ['a', 'b', 'c']).chiSquare).toBeCloseTo(littleMcar(surveyFromColumns(columns), ['a', 'b', 'c']).chiSquare ?? NaN, 8);
  });
});
