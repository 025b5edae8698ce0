import { describe, expect, it } from 'vitest';
import type { Codebook } from '../../../src/survey/codebook.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { frequencies } from '../../../src/statistics/describe/frequencies.js';
import { quantile } from '../../../src/statistics/describe/quantile.js';

const codebook: Codebook = {
  variables: new Map([
    [
      'years',
      {
        name: 'years',
        label: { en: 'Service life', zh: '使用年限' },
        valueLabels: new Map([
          [1, { en: 'under 1 year', zh: '1年以下' }],
          [2, { en: '1-2 years', zh: '1-2年' }],
          [3, { en: '3-4 years', zh: '3-4年' }],
          [9, { en: 'no answer', zh: '未回答' }]
        ]),
        missing: { codes: [9] }
      }
    ]
  ]),
  constructs: new Map(),
  notes: []
};
const survey = surveyFromColumns({ years: [2, 1, 2, 9, 2, NaN, 1, 2], town: ['b', 'a', null, 'b', 'b', 'a', 'b', 'b'] }, { codebook });

describe('frequencies', () => {
  const [years, town] = frequencies(survey, ['years', 'town']).variables;

  it('percent counts missing answers, valid percent does not, cumulative ends at one', () => {
    expect(years.rows.map((row) => [row.value, row.frequency, row.percent, row.validPercent, row.cumulativePercent])).toEqual([
      [1, 2, 2 / 8, 2 / 6, 2 / 6],
      [2, 4, 4 / 8, 4 / 6, 1],
      [3, 0, 0, 0, 1]
    ]);
    expect([years.n, years.missing]).toEqual([6, 2]);
  });

  it('a labelled answer that nobody gave is shown, a missing code is not', () => {
    expect(years.rows.map((row) => row.label?.en)).toEqual(['under 1 year', '1-2 years', '3-4 years']);
  });

  it('words are counted in alphabetical order', () => {
    expect(town.rows.map((row) => [row.value, row.frequency])).toEqual([['a', 2], ['b', 5]]);
    expect(town.missing).toBe(1);
  });

  it('the printed table ends with valid, missing and total', () => {
    const printed = frequencies(survey, ['years']).tables()[0];
    expect(printed.title).toEqual({ en: 'Frequencies of years: Service life', zh: 'years（使用年限）的频率' });
    expect(printed.rows.slice(-3).map((row) => [row['value'], row['frequency'], row['percent']])).toEqual([['Valid total', 6, 0.75], ['Missing', 2, 0.25], ['Total', 8, 1]]);
    expect(printed.rows[0]['valueZh']).toBe('1年以下');
  });

  it('a measurement with thousands of values is refused with a way out', () => {
    const many = surveyFromColumns({ x: Array.from({ length: 3000 }, (_, i) => i) });
    expect(() => frequencies(many, ['x'])).toThrow(/more than 2000 different values[\s\S]*describe/);
  });
});

describe('quantile', () => {
  it('type 6 and 7 differ as SPSS and R do, and stay within the values', () => {
    const sorted = [1, 2, 4, 8];
    expect([quantile(sorted, 0.25, 6), quantile(sorted, 0.25, 7)]).toEqual([1.25, 1.75]);
    expect([quantile(sorted, 0.01, 6), quantile(sorted, 0.99, 6), quantile([], 0.5)]).toEqual([1, 8, null]);
  });
});
