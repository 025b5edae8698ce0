import { describe, expect, it } from 'vitest';
import { chiSquareTest } from '../../../src/statistics/categorical/chiSquareTest.js';
import { crosstab } from '../../../src/statistics/categorical/crosstab.js';
import { fisherExact } from '../../../src/statistics/categorical/fisherExact.js';
import { compareRanks } from '../../../src/statistics/ranks/compareRanks.js';
import { mannWhitney } from '../../../src/statistics/ranks/mannWhitney.js';
import { wilcoxon } from '../../../src/statistics/ranks/wilcoxon.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

type Numbers = Record<string, number>;
interface CrossTable {
  counts: number[][];
  chiSquare: number;
  df: number;
  pValue: number;
  yates?: number;
  ratio: number;
  ratioP: number;
  fisher: number;
  v: number;
  low: number;
  high: number;
  residuals: number[];
}
const wanted = expected<{
  two: Record<string, Numbers>;
  many: Record<string, Numbers & { pairs: Numbers[] }>;
  small: { a: number[]; b: number[]; exactP: number; differences: number[]; signedP: number };
  paired: Numbers;
  tables: CrossTable[];
}>('ranks');
const survey = goldenSurvey();

describe('rank tests against R', () => {
  it('Mann-Whitney without continuity correction', () => {
    for (const variable of compareRanks(survey, Object.keys(wanted.two), 'gender').variables) {
      const row = wanted.two[variable.variable];
      expect(variable.n).toBe(row['n']);
      for (const key of ['u1', 'z', 'pValue', 'meanRank1', 'meanRank2', 'rankBiserial', 'confLow', 'confHigh'] as const) expectAgrees(variable.mannWhitney?.[key], row[key], `${variable.variable} ${key}`, 1e-11);
      expectSensitive(variable.mannWhitney?.z, row['z']);
    }
  });

  it('Kruskal-Wallis with Dunn’s pairs', () => {
    for (const variable of compareRanks(survey, Object.keys(wanted.many), 'years').variables) {
      const row = wanted.many[variable.variable];
      const found = variable.kruskalWallis;
      for (const key of ['n', 'h', 'df', 'pValue', 'epsilonSquared'] as const) expectAgrees(found?.[key], row[key], `${variable.variable} ${key}`, 1e-11);
      for (const pair of row.pairs) {
        const match = found?.pairs.find(({ i, j }) => i === pair['i'] && j === pair['j']);
        for (const key of ['z', 'pValue', 'bonferroniP', 'holmP'] as const) expectAgrees(match?.[key], pair[key], `${variable.variable} Dunn ${key}`, 1e-11);
      }
    }
  });

  it('exact p values of small samples', () => {
    const { a, b, exactP, differences, signedP } = wanted.small;
    expectAgrees(mannWhitney(Float64Array.from(a), Float64Array.from(b)).exactP, exactP, 'rank sum', 1e-13);
    const signed = wilcoxon(Float64Array.from(differences));
    expectAgrees(signed.exactP, signedP, 'signed rank', 1e-13);
    expect(signed.zeros).toBe(2);
  });

  it('Wilcoxon’s signed-rank test', () => {
    const [before, after] = ['before', 'after'].map((name) => survey.numeric(name));
    const found = wilcoxon(before.map((value, i) => value - after[i]).filter((value) => !Number.isNaN(value)));
    for (const key of ['n', 'positive', 'z', 'pValue', 'confLow'] as const) expectAgrees(found[key], wanted.paired[key], key, 1e-11);
  });
});

describe('cross tables against R', () => {
  wanted.tables.forEach((row, k) => {
    it(`table ${k + 1}: χ², Yates, likelihood ratio, V with interval, residuals, Fisher`, () => {
      const counts = Float64Array.from(row.counts.flat());
      const [r, c] = [row.counts.length, row.counts[0].length];
      const found = chiSquareTest(counts, r, c);
      expectAgrees(found.pearson.chiSquare, row.chiSquare, 'χ²', 1e-11);
      expectAgrees(found.pearson.pValue, row.pValue, 'p', 1e-11);
      expect(found.pearson.df).toBe(row.df);
      expectAgrees(found.yates?.chiSquare, row.yates, 'Yates', 1e-11);
      expectAgrees(found.likelihoodRatio.chiSquare, row.ratio, 'ratio', 1e-11);
      expectAgrees(found.likelihoodRatio.pValue, row.ratioP, 'ratio p', 1e-11);
      expectAgrees(found.cramerV, row.v, 'V', 1e-11);
      expectAgrees(found.confLow, row.low, 'V low', 1e-8);
      expectAgrees(found.confHigh, row.high, 'V high', 1e-8);
      row.residuals.forEach((value, at) => expectAgrees(found.residuals[at], value, `residual ${at}`, 1e-11));
      const fisher = fisherExact(counts, r, c);
      expect(fisher.method).toBe('exact');
      expectAgrees(fisher.pValue, row.fisher, 'Fisher', 1e-8);
      expectSensitive(found.pearson.chiSquare, row.chiSquare);
    });
  });

  it('crosstab counts the survey’s rows', () => {
    const found = crosstab(survey, 'gender', 'years');
    expect([...found.counts]).toEqual(wanted.tables[0].counts.flat());
    expect(found.rowLabels[0]).toEqual({ en: 'male', zh: '男' });
  });

  it('a table with too many arrangements is simulated, reproducibly, near χ²’s p', () => {
    const counts = Float64Array.from([30, 25, 20, 28, 22, 30, 27, 21, 24, 26, 31, 23, 20, 29, 25, 30]);
    const one = fisherExact(counts, 4, 4, 7);
    expect(one.method).toBe('simulated');
    expect(fisherExact(counts, 4, 4, 7)).toEqual(one);
    expect(Math.abs((one.pValue ?? NaN) - chiSquareTest(counts, 4, 4).pearson.pValue)).toBeLessThan(0.03);
  });
});
