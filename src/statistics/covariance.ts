import { accurateMean } from '../numerics/exact/accurateSums.js';
import { crossProducts } from '../numerics/dense/product.js';

/** Second moments of complete columns. */
export interface CovarianceMatrix {
  readonly n: number;
  readonly p: number;
  readonly means: Float64Array;
  /** p × p, row-major, divisor n − 1. */
  readonly covariance: Float64Array;
}

/** Covariances (divisor n − 1) of columns without missing values, about accurate means. */
export function covarianceMatrix(columns: readonly Float64Array[]): CovarianceMatrix {
  const p = columns.length;
  const n = p === 0 ? 0 : columns[0].length;
  const means = new Float64Array(p);
  const centred = new Float64Array(p * n);
  for (let j = 0; j < p; j++) {
    const { high, low } = accurateMean(columns[j]);
    means[j] = high;
    const column = columns[j];
    for (let i = 0; i < n; i++) centred[j * n + i] = column[i] - high - low;
  }
  const covariance = new Float64Array(p * p);
  crossProducts(centred, p, n, 1, covariance);
  for (let at = 0; at < p * p; at++) covariance[at] /= n - 1;
  return { n, p, means, covariance };
}

/** D^{-1/2} C D^{-1/2}; rows and columns of zero variance become `NaN` off the diagonal. */
export function correlationFromCovariance(covariance: Float64Array, p: number): Float64Array {
  const correlation = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    correlation[j * p + j] = 1;
    for (let k = 0; k < j; k++) {
      const r = covariance[j * p + k] / Math.sqrt(covariance[j * p + j] * covariance[k * p + k]);
      const value = Number.isFinite(r) ? Math.max(-1, Math.min(1, r)) : NaN;
      correlation[j * p + k] = value;
      correlation[k * p + j] = value;
    }
  }
  return correlation;
}
