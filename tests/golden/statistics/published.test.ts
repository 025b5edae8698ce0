import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { efaOfMatrix } from '../../../src/statistics/factor/efa.js';
import type { FactorAnalysis } from '../../../src/statistics/factor/factorAnalysis.js';
import { factorabilityOfMatrix } from '../../../src/statistics/factor/factorability.js';
import { oneWayAnovaOfMoments } from '../../../src/statistics/groups/oneWayAnova.js';
import { independentTTest } from '../../../src/statistics/groups/tTest.js';
import { pearsonTest } from '../../../src/statistics/correlate/coefficient.js';
import { normalQuantile } from '../../../src/numerics/distributions/index.js';
import { cronbachAlpha, guttmanLambda2, scaleSums, alphaWithout } from '../../../src/statistics/reliability/alpha.js';
import { expectAgrees } from './fixture.js';

function published<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`published/${name}.json`, import.meta.url), 'utf8')) as T;
}

interface Loadings {
  rotatedSsLoadings: number[];
  loadings: { variable: string; loadings: (number | null)[]; uniqueness: number }[];
}
interface Saq {
  n: number;
  variables: string[];
  correlations: number[][];
  covariances: number[][];
  publishedResults: {
    kmoOverall: number;
    kmoByItem: Record<string, number>;
    bartlett: { chisq: number; df: number };
    determinant: number;
    pca: Loadings & { eigenvalues4: number[]; eigenvalues5to6: number[]; unrotatedProportion: number[]; cumulative: number };
    paf: Loadings & { unrotatedSsLoadings: number[]; df: number };
    alpha7: { items: string[]; alpha: number; lambda2: number; alphaIfDeleted: Record<string, number>; itemRest: Record<string, number> };
  };
}

describe('the SPSS anxiety questionnaire as published', () => {
  const saq = published<Saq>('spss-anxiety-questionnaire-efa');
  const results = saq.publishedResults;
  const input = { names: saq.variables, correlation: saq.correlations, n: saq.n };

  it('KMO, MSA, Bartlett, determinant', () => {
    const found = factorabilityOfMatrix(input);
    expectAgrees(found.kmo, results.kmoOverall, 'KMO', 1e-13);
    saq.variables.forEach((name, i) => expectAgrees(found.msa[i], results.kmoByItem[name], name, 1e-13));
    expectAgrees(found.bartlett?.chiSquare, results.bartlett.chisq, 'Bartlett', 1e-13);
    expect(found.bartlett?.df).toBe(results.bartlett.df);
    expect(found.determinant?.toFixed(10)).toBe(results.determinant.toFixed(10));
  });

  /** Columns are arbitrary in order and sign, so each published column is matched by its sum of squares. */
  function expectLoadings(found: FactorAnalysis, wanted: Loadings, tolerance: number): void {
    wanted.rotatedSsLoadings.forEach((value, k) => expectAgrees(found.rotationSums[k], value, `sum ${k + 1}`, tolerance));
    const m = found.factors;
    const columns = [0, 1, 2, 3].map((k) => wanted.loadings.map((row) => row.loadings[k]));
    const used = new Set<number>();
    columns.forEach((column, k) => {
      const match = [0, 1, 2, 3].find((c) => !used.has(c) && column.every((value, i) => value === null || Math.abs(Math.abs(found.loadings[i * m + c]) - Math.abs(value)) < tolerance));
      expect(match, `published column ${k + 1}`).toBeDefined();
      used.add(match ?? -1);
    });
    wanted.loadings.forEach((row, i) => expectAgrees(1 - found.communalities[i], row.uniqueness, `uniqueness ${row.variable}`, tolerance));
  }

  it('principal components with the varimax stop of R reproduce every printed digit', () => {
    const found = efaOfMatrix(input, { stop: 'r' });
    expect(found.factors).toBe(4);
    results.pca.eigenvalues4.forEach((value, k) => expectAgrees(found.eigenvalues[k], value, `eigenvalue ${k + 1}`, 1e-13));
    results.pca.eigenvalues5to6.forEach((value, k) => expect(found.eigenvalues[4 + k].toFixed(7)).toBe(value.toFixed(7)));
    expectLoadings(found, results.pca, 1e-8);
    expectAgrees(found.rotationSums.reduce((a, b) => a + b, 0) / 23, results.pca.cumulative, 'cumulative', 1e-12);
  });

  it('principal axis factoring with the stop of R reproduces every printed digit', () => {
    const found = efaOfMatrix(input, { extraction: 'paf', factors: 4, stop: 'r' });
    results.paf.unrotatedSsLoadings.forEach((value, k) => expectAgrees(found.extractionSums[k], value, `unrotated ${k + 1}`, 1e-10));
    expectLoadings(found, results.paf, 1e-8);
  });

  it('the stop of SPSS gives the sums that SPSS prints', () => {
    expect(efaOfMatrix(input, { stop: 'spss' }).rotationSums.map((value) => value.toFixed(3))).toEqual(['3.730', '3.340', '2.553', '1.949']);
  });

  it('alpha, lambda 2, alpha if deleted, corrected item-total correlations of seven items', () => {
    const { items, alpha, lambda2, alphaIfDeleted, itemRest } = results.alpha7;
    const places = items.map((name) => saq.variables.indexOf(name));
    const k = places.length;
    const covariance = Float64Array.from(places.flatMap((i) => places.map((j) => saq.covariances[i][j])));
    const sums = scaleSums(covariance, k);
    expectAgrees(cronbachAlpha(sums), alpha, 'alpha', 1e-13);
    expectAgrees(guttmanLambda2(sums, covariance), lambda2, 'lambda 2', 1e-13);
    items.forEach((name, i) => {
      const own = covariance[i * k + i];
      expectAgrees(alphaWithout(sums, covariance, i), alphaIfDeleted[name], `alpha without ${name}`, 1e-13);
      expectAgrees((sums.rows[i] - own) / Math.sqrt(own * (sums.total - 2 * sums.rows[i] + own)), itemRest[name], `item-rest ${name}`, 1e-12);
    });
  });
});

interface Verified {
  parts: {
    tTest: { summary: Record<string, { n: number; mean: number; variance: number }>; publishedResults: Record<'student' | 'welch', Record<string, number>> };
    anova: { summary: Record<string, { n: number; mean: number; variance: number }>; publishedResults: Record<'between' | 'within', Record<string, number>> };
    regression: { summary: { n: number; r: number } };
    correlation: { publishedResults: { pearson: { r: number; ciLower: number; ciUpper: number; p: number } } };
  };
}

describe('tests verified across R, SPSS, SAS and Minitab', () => {
  const { parts } = published<Verified>('verified-t-anova-regression');

  it('Student and Welch from moments', () => {
    const found = independentTTest(parts.tTest.summary['1'], parts.tTest.summary['2']);
    for (const name of ['student', 'welch'] as const) {
      const wanted = parts.tTest.publishedResults[name];
      const test = found[name];
      for (const [key, value] of [['t', test.t], ['df', test.df], ['p', test.pValue], ['meanDifference', test.difference], ['se', test.stdError], ['ciLower', test.confLow], ['ciUpper', test.confHigh]] as const) expectAgrees(value, wanted[key], `${name} ${key}`, 1e-12);
    }
  });

  it('one-way ANOVA from moments', () => {
    const found = oneWayAnovaOfMoments(Object.values(parts.anova.summary));
    const { between, within } = parts.anova.publishedResults;
    expectAgrees(found.between.sumOfSquares, between['ss'], 'between', 1e-12);
    expectAgrees(found.within.sumOfSquares, within['ss'], 'within', 1e-12);
    expectAgrees(found.f, between['F'], 'F', 1e-12);
    expectAgrees(found.pValue, between['p'], 'p', 1e-12);
  });

  it('Pearson correlation with interval', () => {
    const { pearson } = parts.correlation.publishedResults;
    const found = pearsonTest(parts.regression.summary.r, parts.regression.summary.n, normalQuantile(0.975));
    expectAgrees(found.pValue, pearson.p, 'p', 1e-12);
    expectAgrees(found.confLow, pearson.ciLower, 'low', 1e-12);
    expectAgrees(found.confHigh, pearson.ciUpper, 'high', 1e-12);
  });
});
