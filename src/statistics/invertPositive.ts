import { cholesky, choleskyInverse, logDeterminant } from '../numerics/dense/cholesky.js';

export type PositiveInverse = { readonly ok: true; readonly inverse: Float64Array; readonly logDeterminant: number } | { readonly ok: false; readonly pivot: number };

/** Inverse and ln determinant of a symmetric positive definite matrix; `pivot` is the first dependent row. */
export function invertPositive(matrix: Float64Array, p: number): PositiveInverse {
  const factor = matrix.slice();
  const pivot = cholesky(factor, p);
  if (pivot >= 0) return { ok: false, pivot };
  const inverse = new Float64Array(p * p);
  choleskyInverse(factor, p, inverse, new Float64Array(p * p));
  return { ok: true, inverse, logDeterminant: logDeterminant(factor, p) };
}
