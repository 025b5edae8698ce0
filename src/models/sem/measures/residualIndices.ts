import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { Measures } from './fitIndices.js';

const NAMES = ['rmr', 'rmr_nomean', 'srmr', 'srmr_bentler', 'srmr_bentler_nomean', 'crmr', 'crmr_nomean', 'srmr_mplus', 'srmr_mplus_nomean'] as const;

/** Means and covariances that a model implies. */
export interface ImpliedPair {
  readonly mu: Float64Array;
  /** p × p. */
  readonly sigma: Float64Array;
}

/** Sums of squared residuals of one group, each kind with the number of elements it is averaged over. */
interface ResidualMeans {
  readonly raw: number;
  readonly bentler: number;
  readonly correlation: number;
  readonly mplus: number;
  readonly rawMean: number;
  readonly standardMean: number;
  readonly mplusMean: number;
}

/**
 * Root mean square residuals over the lower triangle with diagonal,
 * k = p(p+1)/2 (and p means): raw (rmr); divided by √(s_ii s_jj) (srmr of
 * Bentler); difference of correlations without diagonal (crmr of Bollen);
 * each matrix by its own standard deviations, diagonal as a relative
 * difference (srmr of Mplus). Groups are weighted by their size.
 * @see Bentler (1995), EQS manual; Maydeu-Olivares (2017), Structural Equation Modeling 24(5)
 */
export function residualIndices(samples: readonly GroupSample[], implied: readonly ImpliedPair[], means: boolean, out: Measures): void {
  const total = samples.reduce((sum, sample) => sum + sample.n, 0);
  const sums = new Float64Array(NAMES.length);
  samples.forEach((sample, g) => {
    const p = sample.mean.length;
    const k = (p * (p + 1)) / 2;
    const off = (p * (p - 1)) / 2;
    const r = groupResiduals(sample, implied[g], p);
    const withMeans = (covariances: number, meanSum: number, count: number): number => (means ? Math.sqrt((covariances + meanSum) / (count + p)) : Math.sqrt(covariances / count));
    const values = [
      withMeans(r.raw, r.rawMean, k), Math.sqrt(r.raw / k),
      withMeans(r.bentler, r.standardMean, k), withMeans(r.bentler, r.standardMean, k), Math.sqrt(r.bentler / k),
      off + (means ? p : 0) > 0 ? withMeans(r.correlation, r.standardMean, off) : 0, off > 0 ? Math.sqrt(r.correlation / off) : 0,
      withMeans(r.mplus, r.mplusMean, k), Math.sqrt(r.mplus / k)
    ];
    values.forEach((value, i) => (sums[i] += (sample.n / total) * value));
  });
  NAMES.forEach((name, i) => out.set(name, Number.isFinite(sums[i]) ? sums[i] : null));
}

function groupResiduals(sample: GroupSample, implied: ImpliedPair, p: number): ResidualMeans {
  const s = sample.covariance;
  const { sigma, mu } = implied;
  let [raw, bentler, correlation, mplus, rawMean, standardMean, mplusMean] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < p; i++) {
    const sii = s[i * p + i];
    const vii = sigma[i * p + i];
    for (let j = 0; j <= i; j++) {
      const sjj = s[j * p + j];
      const difference = s[i * p + j] - sigma[i * p + j];
      raw += difference ** 2;
      bentler += difference ** 2 / (sii * sjj);
      if (i === j) mplus += (difference / sii) ** 2;
      else {
        const d = s[i * p + j] / Math.sqrt(sii * sjj) - sigma[i * p + j] / Math.sqrt(vii * sigma[j * p + j]);
        correlation += d * d;
        mplus += d * d;
      }
    }
    const difference = sample.mean[i] - mu[i];
    rawMean += difference ** 2;
    standardMean += difference ** 2 / sii;
    mplusMean += (sample.mean[i] / Math.sqrt(sii) - mu[i] / Math.sqrt(vii)) ** 2;
  }
  return { raw, bentler, correlation, mplus, rawMean, standardMean, mplusMean };
}
