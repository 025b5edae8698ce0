import { axpy, dot, dotNine } from './dot.js';

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
  if (n < SMALL) return factorRows(a, n, tolerance, 0);
  const nine = new Float64Array(9);
  const whole = n - (n % 3);
  // zeros before a row's first element stay zeros (its envelope): sums start behind them
  const first = new Int32Array(n);
  for (let i = 0; i < whole; i += 3) {
    const r0 = i * n;
    const r1 = r0 + n;
    const r2 = r1 + n;
    const begin = Math.min(firstOf(a, r0, i), firstOf(a, r1, i), firstOf(a, r2, i));
    first[i] = begin;
    for (let j = begin - (begin % 3); j < i; j += 3) {
      const c0 = j * n;
      const c1 = c0 + n;
      const c2 = c1 + n;
      const from = Math.min(j, Math.max(begin, first[j]));
      dotNine(a, r0 + from, n, a, c0 + from, n, j - from, nine);
      const d0 = a[c0 + j];
      const d1 = a[c1 + j + 1];
      const d2 = a[c2 + j + 2];
      const l10 = a[c1 + j];
      const l20 = a[c2 + j];
      const l21 = a[c2 + j + 1];
      for (let r = 0, row = r0; r < 9; r += 3, row += n) {
        const x = (a[row + j] - nine[r]) / d0;
        const y = (a[row + j + 1] - nine[r + 1] - x * l10) / d1;
        a[row + j] = x;
        a[row + j + 1] = y;
        a[row + j + 2] = (a[row + j + 2] - nine[r + 2] - x * l20 - y * l21) / d2;
      }
    }
    // the three rows among themselves
    dotNine(a, r0 + begin, n, a, r0 + begin, n, i - begin, nine);
    let pivot = a[r0 + i] - nine[0];
    if (!isPivot(pivot, tolerance * a[r0 + i])) return i;
    const l00 = Math.sqrt(pivot);
    a[r0 + i] = l00;
    const l10 = (a[r1 + i] - nine[3]) / l00;
    a[r1 + i] = l10;
    pivot = a[r1 + i + 1] - nine[4] - l10 * l10;
    if (!isPivot(pivot, tolerance * a[r1 + i + 1])) return i + 1;
    const l11 = Math.sqrt(pivot);
    a[r1 + i + 1] = l11;
    const l20 = (a[r2 + i] - nine[6]) / l00;
    const l21 = (a[r2 + i + 1] - nine[7] - l20 * l10) / l11;
    a[r2 + i] = l20;
    a[r2 + i + 1] = l21;
    pivot = a[r2 + i + 2] - nine[8] - l20 * l20 - l21 * l21;
    if (!isPivot(pivot, tolerance * a[r2 + i + 2])) return i + 2;
    a[r2 + i + 2] = Math.sqrt(pivot);
  }
  return factorRows(a, n, tolerance, whole);
}

/** Offset of the first element of a row before `end` that is not zero. */
function firstOf(a: Float64Array, row: number, end: number): number {
  let at = 0;
  while (at < end && a[row + at] === 0) at++;
  return at;
}

function isPivot(pivot: number, least: number): boolean {
  return pivot > least && pivot < Infinity;
}

/** Below this order neither blocks of three nor the zeros at the start of rows pay for their bookkeeping. */
const SMALL = 24;

/** Rows from `begin` on, one after another; those before are factorized. */
function factorRows(a: Float64Array, n: number, tolerance: number, begin: number): number {
  for (let i = begin; i < n; i++) {
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
    if (!isPivot(pivot, tolerance * diagonal)) return i;
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
  const nine = new Float64Array(9);
  const whole = n - (n % 3);
  scratch.fill(0, 0, n * n);
  // columns j … j + 2 of L⁻¹ together, three of their elements at a time
  for (let j = 0; j < whole; j += 3) {
    const q0 = j * n;
    const q2 = q0 + 2 * n;
    for (let row = q0, c = j; c < j + 3; row += n, c++) for (let i = c; i < j + 3; i++) scratch[row + i] = inverseElement(l, n, scratch, row, c, i);
    for (let i = j + 3; i < whole; i += 3) {
      const r0 = i * n;
      const r1 = r0 + n;
      const r2 = r1 + n;
      dotNine(scratch, q0 + j, n, l, r0 + j, n, i - j, nine);
      const d0 = l[r0 + i];
      const d1 = l[r1 + i + 1];
      const d2 = l[r2 + i + 2];
      const l10 = l[r1 + i];
      const l20 = l[r2 + i];
      const l21 = l[r2 + i + 1];
      for (let r = 0, row = q0; r < 9; r += 3, row += n) {
        const x = -nine[r] / d0;
        const y = -(nine[r + 1] + l10 * x) / d1;
        scratch[row + i] = x;
        scratch[row + i + 1] = y;
        scratch[row + i + 2] = -(nine[r + 2] + l20 * x + l21 * y) / d2;
      }
    }
    for (let i = whole; i < n; i++) for (let row = q0; row <= q2; row += n) scratch[row + i] = inverseElement(l, n, scratch, row, row / n, i);
  }
  for (let j = whole; j < n; j++) for (let i = j; i < n; i++) scratch[j * n + i] = inverseElement(l, n, scratch, j * n, j, i);
  for (let i = 0; i < whole; i += 3) {
    for (let j = 0; j <= i; j += 3) {
      dotNine(scratch, i * n + i, n, scratch, j * n + i, n, n - i, nine);
      for (let r = 0; r < 3; r++) {
        for (let c = 0; c < 3; c++) {
          out[(i + r) * n + j + c] = nine[3 * r + c];
          out[(j + c) * n + i + r] = nine[3 * r + c];
        }
      }
    }
  }
  for (let i = whole; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(scratch, i * n + i, scratch, j * n + i, n - i);
      out[i * n + j] = value;
      out[j * n + i] = value;
    }
  }
}

/** Element i of column j of L⁻¹, which starts at `row` and is known before i. */
function inverseElement(l: Float64Array, n: number, scratch: Float64Array, row: number, j: number, i: number): number {
  return i === j ? 1 / l[i * n + i] : -dot(l, i * n + j, scratch, row + j, i - j) / l[i * n + i];
}
