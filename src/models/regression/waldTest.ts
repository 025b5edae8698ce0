import { choleskyFactor, choleskySolve } from '../../numerics/matrix/index.js';

/** The q × q part of a symmetric matrix at these indices. */
export function submatrix(matrix: Float64Array, size: number, at: readonly number[]): Float64Array {
  return Float64Array.from({ length: at.length * at.length }, (_, k) => matrix[at[Math.floor(k / at.length)] * size + at[k % at.length]]);
}

/**
 * bᵀ V⁻¹ b for the estimates at `at`; null when V is not positive definite.
 * V is scaled to unit diagonal first, so that units do not matter.
 */
export function waldStatistic(estimates: ArrayLike<number>, covariance: Float64Array, size: number, at: readonly number[]): number | null {
  if (at.length === 0) return null;
  const part = submatrix(covariance, size, at);
  const q = at.length;
  const scale = at.map((_, i) => Math.sqrt(part[i * q + i]));
  for (let i = 0; i < q; i++) for (let j = 0; j < q; j++) part[i * q + j] /= scale[i] * scale[j];
  const factor = choleskyFactor(part, q);
  if (!factor.ok) return null;
  const scaled = Float64Array.from(at, (k, i) => estimates[k] / scale[i]);
  const solved = choleskySolve(factor.lower, q, scaled);
  return solved.reduce((sum, value, i) => sum + value * scaled[i], 0);
}

/** Determinant of a symmetric positive definite matrix, or null. */
export function determinant(matrix: Float64Array, size: number): number | null {
  const factor = choleskyFactor(matrix, size);
  if (!factor.ok) return null;
  let product = 1;
  for (let i = 0; i < size; i++) product *= factor.lower[i * size + i] ** 2;
  return product;
}
