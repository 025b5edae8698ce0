import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { filterPacked, mapPacked } from '../../../../shared/packedArray.js';

/** Slopes of latent variable `i` on its parents; given slopes are kept. */
export function regressionStart(columns: readonly number[], given: readonly number[], i: number, phi: Float64Array, m: number): { slopes: number[]; residual: number } {
  const slopes = mapPacked(given, (value) => (Number.isNaN(value) ? 0 : value));
  const open = filterPacked(mapPacked(columns, (_, k) => k), (k) => Number.isNaN(given[k]));
  const n = open.length;
  const matrix = new Float64Array(n * n);
  const right = new Float64Array(n);
  open.forEach((a, r) => {
    open.forEach((b, c) => (matrix[r * n + c] = phi[columns[a] * m + columns[b]] * (a === b ? 1.001 : 1)));
    right[r] = phi[columns[a] * m + i] - columns.reduce((sum, column, k) => sum + slopes[k] * phi[columns[a] * m + column], 0);
  });
  if (n > 0 && cholesky(matrix, n, 1e-6) < 0) {
    choleskySolve(matrix, n, right);
    open.forEach((k, r) => (slopes[k] = right[r]));
  }
  let explained = 0;
  columns.forEach((a, k) => {
    explained += 2 * slopes[k] * phi[a * m + i];
    columns.forEach((b, l) => (explained -= slopes[k] * slopes[l] * phi[a * m + b]));
  });
  return { slopes, residual: phi[i * m + i] - explained };
}
