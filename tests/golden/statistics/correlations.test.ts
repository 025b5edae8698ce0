import { describe, expect, it } from 'vitest';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import type { Correlations } from '../../../src/statistics/correlate/correlations.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

interface Pair {
  a: string;
  b: string;
  n: number;
  r: number;
  statistic: number;
  df?: number;
  p: number;
  low?: number;
  high?: number;
}
const wanted = expected<Record<string, Pair[]>>('correlate');
const survey = goldenSurvey();
const names = ['age', 'EXP1', 'EXP2', 'TRU1', 'before', 'after'];

const cases: [string, Correlations][] = [
  ['pearson', correlate(survey, names)],
  ['spearman', correlate(survey, names, { method: 'spearman' })],
  ['kendall', correlate(survey, names, { method: 'kendall' })],
  ['listwise', correlate(survey, names, { missing: 'listwise' })],
  ['partialPearson', correlate(survey, names.slice(0, 4), { control: ['before', 'gender'] })],
  ['partialSpearman', correlate(survey, names.slice(0, 4), { control: ['before', 'gender'], method: 'spearman' })]
];

describe('correlations against R', () => {
  for (const [name, result] of cases) {
    it(`${name}: coefficient, test, interval and n of every pair`, () => {
      for (const pair of wanted[name]) {
        const at = (variable: string): number => result.variables.findIndex((v) => v.name === variable);
        const found = result.at(at(pair.a), at(pair.b));
        const what = `${name} ${pair.a}-${pair.b}`;
        expect(found.n, what).toBe(pair.n);
        expectAgrees(found.r, pair.r, `r ${what}`, 1e-12);
        expectAgrees(found.statistic, pair.statistic, `statistic ${what}`, 1e-10);
        expectAgrees(found.df, pair.df, `df ${what}`);
        expectAgrees(found.pValue, pair.p, `p ${what}`, 1e-10);
        if (pair.low !== undefined) {
          expectAgrees(found.confLow, pair.low, `low ${what}`, 1e-10);
          expectAgrees(found.confHigh, pair.high, `high ${what}`, 1e-10);
        }
        expectSensitive(found.r, pair.r);
      }
    });
  }
});
