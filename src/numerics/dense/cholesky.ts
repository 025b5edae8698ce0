import { axpy, dot, dotFour } from './dot.js';

/**
 * Cholesky factor of a symmetric positive definite matrix, A = L Lᵀ.
 *
 * Zeros before the first element of a row cost nothing.
 *
 * @param a n × n, row-major; the lower triangle is read and replaced by L, the upper one is left alone.
 * @returns `-1`, or the index of the first pivot that is not above `tolerance` times its diagonal.
 * @see Golub & Van Loan (2013), Matrix Computations, 4.2
 */
export function cholesky(a: Float64Array, n: number, tolerance: number = PIVOT_TOLERANCE): number {
  if (n < SMALL) return smallCholesky(a, n, tolerance);
  const four = new Float64Array(4);
  // zeros before a row's first element stay zeros (its envelope): sums start behind them
  const first = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const blocks = i - (i % 4);
    let begin = 0;
    while (begin < i && a[row + begin] === 0) begin++;
    first[i] = begin;
    for (let j = begin - (begin % 4); j < blocks; j += 4) {
      const r0 = j * n;
      const r1 = r0 + n;
      const r2 = r1 + n;
      const r3 = r2 + n;
      const from = Math.min(j, Math.max(begin, Math.min(first[j], first[j + 1], first[j + 2], first[j + 3])));
      dotFour(a, row + from, a, r0 + from, n, j - from, four);
      const l0 = (a[row + j] - four[0]) / a[r0 + j];
      const l1 = (a[row + j + 1] - four[1] - l0 * a[r1 + j]) / a[r1 + j + 1];
      const l2 = (a[row + j + 2] - four[2] - l0 * a[r2 + j] - l1 * a[r2 + j + 1]) / a[r2 + j + 2];
      a[row + j] = l0;
      a[row + j + 1] = l1;
      a[row + j + 2] = l2;
      a[row + j + 3] = (a[row + j + 3] - four[3] - l0 * a[r3 + j] - l1 * a[r3 + j + 1] - l2 * a[r3 + j + 2]) / a[r3 + j + 3];
    }
    for (let j = Math.max(blocks, begin); j < i; j++) {
      const from = Math.min(j, Math.max(begin, first[j]));
      a[row + j] = (a[row + j] - dot(a, row + from, a, j * n + from, j - from)) / a[j * n + j];
    }
    const diagonal = a[row + i];
    const pivot = diagonal - dot(a, row + begin, a, row + begin, i - begin);
    if (!(pivot > tolerance * diagonal) || !(pivot < Infinity)) return i;
    a[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

/** Below this order neither blocks of four nor the zeros at the start of rows pay for their bookkeeping. */
const SMALL = 24;

function smallCholesky(a: Float64Array, n: number, tolerance: number): number {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = a[row + j];
      for (let k = 0; k < j; k++) sum -= a[row + k] * a[other + k];
      a[row + j] = sum / a[other + j];
    }
    const diagonal = a[row + i];
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= a[row + k] * a[row + k];
    if (!(pivot > tolerance * diagonal) || !(pivot < Infinity)) return i;
    a[row + i] = Math.sqrt(pivot);
  }
  return -1;
}

function smallInverse(l: Float64Array, n: number, out: Float64Array, scratch: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const column = j * n;
    scratch.fill(0, column, column + j);
    scratch[column + j] = 1 / l[column + j];
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum += l[i * n + k] * scratch[column + k];
      scratch[column + i] = -sum / l[i * n + i];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += scratch[i * n + k] * scratch[j * n + k];
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
  }
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
 * @param scratch n × n; row j holds column j of L⁻¹ afterwards.
 */
export function choleskyInverse(l: Float64Array, n: number, out: Float64Array, scratch: Float64Array): void {
  if (n < SMALL) return smallInverse(l, n, out, scratch);
  const four = new Float64Array(4);
  const blocks = n - (n % 4);
  // columns j … j + 3 of L⁻¹ together: each row of L is read once for the four
  for (let j = 0; j < blocks; j += 4) {
    scratch.fill(0, j * n, (j + 4) * n);
    for (let i = j; i < n; i++) {
      const inverse = 1 / l[i * n + i];
      dotFour(l, i * n + j, scratch, j * n + j, n, i - j, four);
      for (let r = 0; r < 4; r++) if (i >= j + r) scratch[(j + r) * n + i] = i === j + r ? inverse : -four[r] * inverse;
    }
  }
  for (let j = blocks; j < n; j++) {
    scratch.fill(0, j * n, (j + 1) * n);
    for (let i = j; i < n; i++) scratch[j * n + i] = i === j ? 1 / l[i * n + i] : -dot(l, i * n + j, scratch, j * n + j, i - j) / l[i * n + i];
  }
  for (let i = 0; i < n; i++) {
    const whole = i + 1 - ((i + 1) % 4);
    const length = n - i;
    for (let j = 0; j < whole; j += 4) {
      dotFour(scratch, i * n + i, scratch, j * n + i, n, length, four);
      for (let r = 0; r < 4; r++) {
        out[i * n + j + r] = four[r];
        out[(j + r) * n + i] = four[r];
      }
    }
    for (let j = whole; j <= i; j++) {
      const value = dot(scratch, i * n + i, scratch, j * n + i, length);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
}
