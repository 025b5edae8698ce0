import { describe, expect, it } from 'vitest';
import { exclusionTable, screen } from '../../../../src/statistics/screening/screen.js';
import { longestRun, responseDeviation } from '../../../../src/statistics/screening/responsePattern.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';

const codebook = `constructs: {X: [a, b, c]}
range: 1-5
missing: 9
screening: {sent: 10, attention: {att: 3}, seconds: time, minSeconds: 30, maxMissing: 0.5, impossible: true, longString: 2, duplicates: true}
`;
const columns = {
  a: [1, 2, 3, 9, 4, 2, 1, 7],
  b: [2, 2, 4, 9, 4, 3, 2, 1],
  c: [3, 1, 5, 1, 4, 4, 3, 2],
  att: [3, 3, 1, 3, 3, 3, 3, 3],
  time: [90, 20, 90, 90, 90, NaN, 90, 90]
};

describe('screening', () => {
  const survey = surveyFromColumns(columns, { codebook, name: 'wom' });
  const screened = screen(survey);

  it('counts each row at the first rule that excludes it, and the steps add up', () => {
    expect(screened.screening?.steps.map(({ rule, excluded, remaining }) => [rule, excluded, remaining])).toEqual([
      ['attention', 1, 7],
      ['minSeconds', 1, 6],
      ['maxMissing', 1, 5],
      ['impossible', 1, 4],
      ['longString', 1, 3],
      ['duplicates', 1, 2]
    ]);
    expect([...(screened.screening?.excludedBy ?? [])]).toEqual([0, 2, 1, 3, 5, 0, 6, 4]);
    expect(screened.validCount).toBe(2);
    expect([...screened.numeric('a')]).toEqual([1, 2]);
    expect(survey.validCount).toBe(8);
  });

  it('says for each excluded row what was found', () => {
    expect(exclusionTable(screened).rows.map(({ row, found }) => [row, found])).toEqual([
      [2, 'time = 20'],
      [3, 'att = 1'],
      [4, '2 of 3 unanswered'],
      [5, '3 identical answers in a row'],
      [7, 'same as row 1'],
      [8, 'a = 7']
    ]);
  });

  it('replaces an earlier screening', () => {
    expect(screen(screened, { minSeconds: 30, seconds: 'time' }).validCount).toBe(7);
  });

  it('does not count questions that were not put as unanswered', () => {
    const skipping = surveyFromColumns({ q1: [1, 2, 1], q2: [NaN, NaN, 4], q3: [1, 1, 1] }, { codebook: 'constructs: {X: [q1, q2, q3]}\nasked: {q2: {q1: 1}}\n' });
    expect([...(screen(skipping, { maxMissing: 0.1 }).screening?.excludedBy ?? [])]).toEqual([1, 0, 0]);
  });

  it('warns when distances cannot be computed', () => {
    const collinear = surveyFromColumns({ a: [1, 2, 3, 4, 5], b: [2, 4, 6, 8, 10] });
    const result = screen(collinear, { mahalanobis: 0.001, items: ['a', 'b'] });
    expect(result.validCount).toBe(5);
    expect(result.warnings.map((said) => said.message)).toEqual(['Mahalanobis distances were not computed: item `b` is a combination of the items before it']);
    expect(screen(result, { impossible: true }).warnings).toEqual([]);
  });

  it('excludes outliers by the chi-square tail of their distance', () => {
    const n = 60;
    const a = Array.from({ length: n }, (_, i) => Math.sin(i * 12.9898) * 2);
    const b = a.map((x, i) => x + Math.sin(i * 78.233) * 0.5);
    a[7] = 2;
    b[7] = -4;
    const result = screen(surveyFromColumns({ a, b }), { mahalanobis: 0.001, items: ['a', 'b'] });
    expect([...(result.screening?.steps[0].found?.keys() ?? [])]).toEqual([7]);
  });

  it('refuses rules it cannot follow', () => {
    expect(() => screen(surveyFromColumns({ a: [1] }))).toThrow('has no screening rules');
    expect(() => screen(survey, { longString: 3, items: ['aa'] })).toThrow('did you mean `a`?');
    expect(() => screen(surveyFromColumns({ a: [1] }), { longString: 3 })).toThrow('declare constructs');
    expect(() => screen(survey, { sent: 3 })).toThrow('3 questionnaires were sent but 8 came back');
  });
});

describe('response patterns', () => {
  it('count runs of identical neighbours, broken by missing answers', () => {
    expect(longestRun(Float64Array.of(1, 1, 2, 2, 2, NaN, 2))).toBe(3);
    expect(longestRun(Float64Array.of(NaN, NaN))).toBe(0);
    expect(responseDeviation(Float64Array.of(1, NaN, 3))).toBeCloseTo(Math.SQRT2, 14);
    expect(responseDeviation(Float64Array.of(1, NaN))).toBeNull();
  });
});
