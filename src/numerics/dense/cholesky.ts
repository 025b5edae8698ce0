import { axpy, dot } from './dot.js';

/**
 * Cholesky factor of a symmetric positive definite matrix, A = L Lᵀ.
 *
 * @param a n × n, row-major; the lower triangle is read and replaced by L, the upper one is left alone.
 * @returns `-1`, or the index of the first pivot that is not above `tolerance` times its diagonal.
 * @see Golub & Van Loan (2013), Matrix Computations, 4.2
 */
export function cholesky(a: Float64Array, n: number, tolerance: number = PIVOT_TOLERANCE): number {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      a[row + j] = (a[row + j] - dot(a, row, a, other, j)) / a[other + j];
    }
    const diagonal = a[row + i];
    const pivot = diagonal - dot(a, row, a, row, i);
    if (!(pivot > tolerance * diagonal) || !(pivot < Infinity)) return i;
    a[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

/** Share of a diagonal element that must survive elimination: below it the column is a combination of the others in double precision. */
export const PIVOT_TOLERANCE = 1e-14;

/** ln |A| from its Cholesky factor. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]);
  return 2 * sum;
}

/** x ← A⁻¹ x for the factor L of A; `x` starts at `offset`. */
export function choleskySolve(l: Float64Array, n: number, x: Float64Array, offset = 0): void {
  for (let i = 0; i < n; i++) x[offset + i] = (x[offset + i] - dot(l, i * n, x, offset, i)) / l[i * n + i];
  for (let i = n - 1; i >= 0; i--) {
    const value = x[offset + i] / l[i * n + i];
    x[offset + i] = value;
    axpy(x, offset, -value, l, i * n, i);
  }
}

/** x ← L⁻¹ x. */
export function forwardSolve(l: Float64Array, n: number, x: Float64Array, offset = 0): void {
  for (let i = 0; i < n; i++) x[offset + i] = (x[offset + i] - dot(l, i * n, x, offset, i)) / l[i * n + i];
}

/**
 * A⁻¹ (full symmetric) from the factor L of A.
 * @param scratch n × n; holds L⁻¹ (lower triangle) afterwards.
 */
export function choleskyInverse(l: Float64Array, n: number, out: Float64Array, scratch: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const inverse = 1 / l[row + i];
    scratch.fill(0, row, row + i);
    for (let k = 0; k < i; k++) {
      const factor = l[row + k];
      if (factor !== 0) axpy(scratch, row, factor, scratch, k * n, k + 1);
    }
    for (let j = 0; j < i; j++) scratch[row + j] *= -inverse;
    scratch[row + i] = inverse;
  }
  out.fill(0, 0, n * n);
  for (let k = 0; k < n; k++) {
    const row = k * n;
    for (let i = 0; i <= k; i++) {
      const factor = scratch[row + i];
      if (factor !== 0) axpy(out, i * n, factor, scratch, row, i + 1);
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) out[j * n + i] = out[i * n + j];
}
