import { describe, expect, it } from 'vitest';
import { correlationFromCovariance, covarianceMatrix } from '../../../src/statistics/covariance.js';
import { itemValues } from '../../../src/statistics/itemValues.js';
import { itemAnalysis } from '../../../src/statistics/reliability/itemAnalysis.js';
import { completeRows, takeRows } from '../../../src/statistics/variables.js';
import { averageVarianceExtracted, constructReliability } from '../../../src/statistics/validity/convergent.js';
import { harmanTest } from '../../../src/statistics/validity/harman.js';
import { heterotraitMonotrait } from '../../../src/statistics/validity/heterotraitMonotrait.js';
import { scaleValidity } from '../../../src/statistics/validity/scaleValidity.js';
import { expected, expectAgrees, expectSensitive, goldenSurvey } from './fixture.js';

const wanted = expected<{
  n: number;
  constructs: Record<string, { loadings: number[]; cr: number; ave: number }>;
  htmt: number[];
  htmt2: number[];
  scores: number[];
  harman: { first: number; share: number; factors: number };
  itemAnalysis: { n: number; low: number; high: number; items: Record<string, number>[] };
}>('validity');
const survey = goldenSurvey();

describe('validity against R', () => {
  it('loadings, CR, AVE, score correlations, HTMT', () => {
    const found = scaleValidity(survey, ['EXP', 'TRU', 'FUN']);
    expect(found.n).toBe(wanted.n);
    for (const construct of found.constructs) {
      const row = wanted.constructs[construct.construct];
      construct.items.forEach(({ loading }, i) => expectAgrees(loading, row.loadings[i], `${construct.construct} loading ${i}`, 1e-9));
      expectAgrees(construct.compositeReliability, row.cr, 'CR', 1e-9);
      expectAgrees(construct.averageVarianceExtracted, row.ave, 'AVE', 1e-9);
      // the same from the loadings alone, as a paper prints them
      expectAgrees(constructReliability(row.loadings), row.cr, 'CR of loadings', 1e-12);
      expectAgrees(averageVarianceExtracted(row.loadings), row.ave, 'AVE of loadings', 1e-12);
      expectSensitive(construct.averageVarianceExtracted, row.ave);
    }
    wanted.htmt.forEach((value, at) => expectAgrees(found.htmt[at], value, `HTMT ${at}`, 1e-12));
    wanted.scores.forEach((value, at) => expectAgrees(found.correlation[at], value, `score r ${at}`, 1e-12));
  });

  it('HTMT2', () => {
    const groups = [['EXP1', 'EXP2', 'EXP3', 'EXP4r'], ['TRU1', 'TRU2', 'TRU3r', 'TRU4'], ['FUN1', 'FUN2', 'FUN3']];
    const columns = groups.flat().map((name) => itemValues(survey, name).values);
    const rows = completeRows(columns);
    const { covariance, p } = covarianceMatrix(columns.map((column) => takeRows(column, rows)));
    const found = heterotraitMonotrait(correlationFromCovariance(covariance, p), p, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10]], 'htmt2');
    wanted.htmt2.forEach((value, at) => expectAgrees(found[at], value, `HTMT2 ${at}`, 1e-12));
  });

  it('Harman’s single-factor test', () => {
    const found = harmanTest(survey);
    expectAgrees(found.eigenvalues[0], wanted.harman.first, 'first', 1e-12);
    expectAgrees(found.firstShare, wanted.harman.share, 'share', 1e-12);
    expect(found.factors).toBe(wanted.harman.factors);
  });

  it('item analysis by extreme groups', () => {
    const found = itemAnalysis(survey, 'TRU');
    expect([found.n, found.lowCount, found.highCount]).toEqual([wanted.itemAnalysis.n, wanted.itemAnalysis.low, wanted.itemAnalysis.high]);
    found.items.forEach((item, i) => {
      const row = wanted.itemAnalysis.items[i];
      expectAgrees(item.lowMean, row['lowMean'], 'low', 1e-12);
      expectAgrees(item.highMean, row['highMean'], 'high', 1e-12);
      expectAgrees(item.levene?.pValue, row['leveneP'], 'Levene', 1e-10);
      expectAgrees(item.test.student.t, row['student'], 'Student', 1e-10);
      expectAgrees(item.test.welch.t, row['welch'], 'Welch', 1e-10);
      expectAgrees(item.test.welch.df, row['welchDf'], 'df', 1e-10);
      expectAgrees(item.test.welch.pValue, row['welchP'], 'p', 1e-10);
      expectAgrees(item.itemTotal, row['itemTotal'], 'item-total', 1e-12);
    });
  });
});
