import { dot } from '../../numerics/dense/dot.js';

/**
 * A symmetric matrix G by its parts, G = Σ w (uv′ + vu′)/2 + diag + dense: most
 * gradients of reliability coefficients need no dense part, and x′Gx then
 * costs a few products of vectors for each row of answers.
 */
export interface QuadraticForm {
  readonly outer: readonly { readonly u: Float64Array; readonly v: Float64Array; readonly weight: number }[];
  readonly diagonal?: Float64Array;
  /** k × k, symmetric. */
  readonly dense?: Float64Array;
}

/** x′Gx for the k numbers of x from `at` on. */
export function formAt({ outer, diagonal, dense }: QuadraticForm, x: Float64Array, at: number, k: number): number {
  let sum = 0;
  for (const { u, v, weight } of outer) {
    const left = dot(u, 0, x, at, k);
    sum += weight * left * (u === v ? left : dot(v, 0, x, at, k));
  }
  if (diagonal) for (let j = 0; j < k; j++) sum += diagonal[j] * x[at + j] * x[at + j];
  if (dense) for (let j = 0; j < k; j++) sum += x[at + j] * (dense[j * k + j] * x[at + j] + 2 * dot(dense, j * k, x, at, j));
  return sum;
}
