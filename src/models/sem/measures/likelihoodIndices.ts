import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import type { Measures } from './fitIndices.js';

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * Normal log-likelihood of n rows with mean m and covariance S (divided by n)
 * under Σ: −n/2 (p ln 2π + ln|Σ| + tr(SΣ⁻¹) + (m − μ)ᵀΣ⁻¹(m − μ)).
 * Null when Σ is not positive definite.
 */
export function normalLogLikelihood(n: number, p: number, covariance: Float64Array, sigma: Float64Array, difference: Float64Array | null): number | null {
  if (p === 0) return 0;
  const factor = sigma.slice(0, p * p);
  if (cholesky(factor, p) >= 0) return null;
  const logDet = logDeterminant(factor, p);
  const inverse = new Float64Array(p * p);
  choleskyInverse(factor, p, inverse, new Float64Array(p * p));
  let trace = 0;
  for (let i = 0; i < p * p; i++) trace += inverse[i] * covariance[i];
  if (difference) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) trace += difference[i] * inverse[i * p + j] * difference[j];
  return -0.5 * n * (p * LOG_2PI + logDet + trace);
}

/** The same of the saturated model, Σ = S: −n/2 (p ln 2π + ln|S| + p). */
export function saturatedLogLikelihood(n: number, p: number, logDetSample: number): number {
  return -0.5 * n * (p * LOG_2PI + logDetSample + p);
}

/** The square block of a matrix at the given rows and columns. */
export function submatrix(matrix: Float64Array, p: number, index: readonly number[]): Float64Array {
  const k = index.length;
  const out = new Float64Array(k * k);
  index.forEach((i, a) => index.forEach((j, b) => (out[a * k + b] = matrix[i * p + j])));
  return out;
}

/** AIC = −2ℓ + 2q, BIC = −2ℓ + q ln n, sample-size adjusted BIC with (n + 2)/24. @see Sclove (1987), Psychometrika 52(3) */
export function informationCriteria(logl: number, unrestricted: number | null, npar: number, n: number, out: Measures): void {
  out.set('logl', logl);
  out.set('unrestricted.logl', unrestricted);
  out.set('aic', -2 * logl + 2 * npar);
  out.set('bic', -2 * logl + npar * Math.log(n));
  out.set('ntotal', n);
  out.set('bic2', -2 * logl + npar * Math.log((n + 2) / 24));
}

/** ln|A|, or null when A is not positive definite. */
export function logDet(matrix: Float64Array, p: number): number | null {
  if (p === 0) return 0;
  const factor = matrix.slice();
  return cholesky(factor, p) < 0 ? logDeterminant(factor, p) : null;
}
