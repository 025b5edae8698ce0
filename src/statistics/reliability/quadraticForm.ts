import { dot, dotNine } from '../../numerics/dense/dot.js';

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

/** x′Gx for each of the n rows of k numbers of `values`. */
export function formsOf({ outer, diagonal, dense }: QuadraticForm, values: Float64Array, n: number, k: number): Float64Array {
  const forms = new Float64Array(n);
  for (const { u, v, weight } of outer) {
    for (let i = 0; i < n; i++) {
      const left = dot(u, 0, values, i * k, k);
      forms[i] += weight * left * (u === v ? left : dot(v, 0, values, i * k, k));
    }
  }
  if (diagonal) for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < k; j++, at++) forms[i] += diagonal[j] * values[at] * values[at];
  if (dense) addDense(forms, dense, values, n, k);
  return forms;
}

/** The same of a dense matrix, three rows by three columns at a time; what lies right of its diagonal is taken by symmetry. */
function addDense(forms: Float64Array, dense: Float64Array, values: Float64Array, n: number, k: number): void {
  const nine = new Float64Array(9);
  const whole = n - (n % 3);
  for (let j = 0; j < k; j += 3) {
    const width = Math.min(3, k - j);
    for (let i = 0; i < n; i += 3) {
      const height = i < whole ? 3 : n - i;
      const at = i * k + j;
      if (width === 3 && height === 3) dotNine(values, i * k, k, dense, j * k, k, j, nine);
      else for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) nine[3 * r + c] = dot(values, (i + r) * k, dense, (j + c) * k, j);
      for (let r = 0; r < height; r++) {
        for (let c = 0; c < width; c++) {
          let within = dense[(j + c) * k + j + c] * values[at + r * k + c];
          for (let d = 0; d < c; d++) within += 2 * dense[(j + c) * k + j + d] * values[at + r * k + d];
          forms[i + r] += values[at + r * k + c] * (2 * nine[3 * r + c] + within);
        }
      }
    }
  }
}
