import { cholesky, forwardSolve } from '../../../../numerics/dense/cholesky.js';
import { dot, dotFour } from '../../../../numerics/dense/dot.js';

/**
 * Coordinates in which the saturated covariance matrix is the identity:
 * Σ = CCᵀ, y* = C⁻¹y. Moments are the means μ* and the lower triangle of Σ*,
 * its diagonal divided by √2, so that the complete-data information of one row
 * is the identity matrix too.
 *
 * Fixed exogenous variables come first in C. Their means and covariances stay
 * the first coordinates then, and are left out: the model says nothing of them.
 */
export interface Whitening {
  readonly p: number;
  /** Variables, the fixed ones first. */
  readonly order: readonly number[];
  readonly fixed: number;
  /** C, lower triangular, rows and columns in `order`. */
  readonly factor: Float64Array;
  /** Coordinates kept: p − fixed means, then the pairs (i ≥ j) without those among fixed variables. */
  readonly width: number;
  readonly means: number;
}

/** Null when the saturated covariance matrix is not positive definite. */
export function whitening(covariance: Float64Array, p: number, exogenous: readonly number[]): Whitening | null {
  const isFixed = new Set(exogenous);
  const order = [...exogenous, ...Array.from({ length: p }, (_, i) => i).filter((i) => !isFixed.has(i))];
  const factor = new Float64Array(p * p);
  order.forEach((i, a) => order.forEach((j, b) => (factor[a * p + b] = covariance[i * p + j])));
  if (cholesky(factor, p) >= 0) return null;
  for (let a = 0; a < p; a++) factor.fill(0, a * p + a + 1, (a + 1) * p);
  const k = exogenous.length;
  return { p, order, fixed: k, factor, means: p - k, width: p - k + (p * (p + 1)) / 2 - (k * (k + 1)) / 2 };
}

/** Cᵀx of a vector that multiplies as an inverse covariance does (Vd, columns of U). */
export function whitenDual({ p, order, factor }: Whitening, x: Float64Array, from: number, out: Float64Array, to: number): void {
  out.fill(0, to, to + p);
  for (let a = 0; a < p; a++) {
    const value = x[from + order[a]];
    if (value !== 0) for (let b = 0; b <= a; b++) out[to + b] += factor[a * p + b] * value;
  }
}

/** Adds scale · (xyᵀ + yxᵀ) in moment coordinates to out[at + k · stride]; the means are left alone. */
export function addPair({ p, fixed, means }: Whitening, x: Float64Array, xAt: number, y: Float64Array, yAt: number, scale: number, out: Float64Array, at: number, stride: number): void {
  let k = at + means * stride;
  for (let i = fixed; i < p; i++) {
    const xi = scale * x[xAt + i];
    const yi = scale * y[yAt + i];
    for (let j = 0; j < i; j++, k += stride) out[k] += xi * y[yAt + j] + yi * x[xAt + j];
    out[k] += Math.SQRT2 * xi * y[yAt + i];
    k += stride;
  }
}

/** Adds scale · x to the mean coordinates. */
export function addMean({ p, fixed }: Whitening, x: Float64Array, xAt: number, scale: number, out: Float64Array, at: number, stride: number): void {
  for (let i = fixed; i < p; i++) out[at + (i - fixed) * stride] += scale * x[xAt + i];
}

/**
 * Derivatives of the moments (means and lower triangle, columns of a matrix
 * moments × q) in whitened coordinates: q × width.
 */
export function whitenJacobian(w: Whitening, delta: Float64Array, q: number): Float64Array {
  const { p, order, factor, width, means, fixed } = w;
  const out = new Float64Array(q * width);
  const place = new Int32Array(p);
  order.forEach((variable, a) => (place[variable] = a));
  const matrix = new Float64Array(p * p);
  const vector = new Float64Array(p);
  const half = new Float64Array(p * p);
  for (let k = 0; k < q; k++) {
    for (let i = 0; i < p; i++) vector[place[i]] = delta[i * q + k];
    let row = p;
    for (let j = 0; j < p; j++) for (let i = j; i < p; i++, row++) matrix[place[i] * p + place[j]] = matrix[place[j] * p + place[i]] = delta[row * q + k];
    forwardSolve(factor, p, vector);
    for (let a = fixed; a < p; a++) out[k * width + a - fixed] = vector[a];
    // C⁻¹MC⁻ᵀ: rows of M are its columns
    for (let a = 0; a < p; a++) forwardSolve(factor, p, matrix, a * p);
    for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) half[b * p + a] = matrix[a * p + b];
    for (let a = 0; a < p; a++) forwardSolve(factor, p, half, a * p);
    let at = k * width + means;
    for (let a = fixed; a < p; a++) {
      for (let b = 0; b < a; b++) out[at++] = half[a * p + b];
      out[at++] = half[a * p + a] * Math.SQRT1_2;
    }
  }
  return out;
}

/** ABᵀ of an a × n and a b × n matrix. */
export function crossRows(left: Float64Array, a: number, right: Float64Array, b: number, n: number): Float64Array {
  const out = new Float64Array(a * b);
  const four = new Float64Array(4);
  const blocks = b - (b % 4);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j < blocks; j += 4) {
      dotFour(left, i * n, right, j * n, n, n, four);
      out.set(four, i * b + j);
    }
    for (let j = blocks; j < b; j++) out[i * b + j] = dot(left, i * n, right, j * n, n);
  }
  return out;
}

/** Adds share · ΔᵀMΔ for the rows of Δᵀ. */
export function addForm(delta: Float64Array, matrix: Float64Array, q: number, width: number, share: number, out: Float64Array): void {
  const half = crossRows(delta, q, matrix, width, width);
  for (let i = 0; i < q; i++) for (let j = 0; j < q; j++) out[i * q + j] += share * dot(half, i * width, delta, j * width, width);
}
