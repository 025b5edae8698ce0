import { dot } from '../../../numerics/dense/dot.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { MomentPart } from '../estimation/momentPart.js';
import type { NormalPart } from '../estimation/normalPart.js';
import type { Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import { jacobian, momentCount } from '../implied/jacobian.js';
import { addRowScores, type RowProjections } from './casewise.js';
import { meanDeviation, type Deviations } from './deviations.js';

/**
 * One group's rows as the sandwich and the scaled tests need them. With c_i a
 * row's deviation from the mean of the moments and W = LLᵀ the weight matrix:
 * t_i = ΔᵀWc_i (size), and z_i = Lᵀc_i with Σ‖z_i‖² = Σ c_iᵀWc_i.
 */
export interface WeightedDeviations {
  readonly n: number;
  readonly t: Float64Array;
  readonly squares: number;
  /** n × width; absent when only the trace was asked for. */
  readonly z?: Float64Array;
  /** Where W is not positive definite: W = LSLᵀ with these signs, so that Σ zᵀSz = Σ c_iᵀWc_i. */
  readonly signs?: Float64Array;
  readonly width: number;
}

/**
 * For a normal-theory weight, cᵀWc = ½ tr(VCVC) (+ the mean part), so that no
 * matrix of the size of the moments is needed.
 */
export function normalDeviations(part: NormalPart, d: Derivatives, rows: Deviations, v: Float64Array, means: boolean, size: number, wantZ: boolean): WeightedDeviations {
  const { implied } = part;
  const { n, p } = rows;
  const s = part.stride;
  const mean = meanDeviation(rows);
  const vmv = new Float64Array(p * p);
  const half = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) half[i * p + j] = dot(v, i * p, mean, j * p, p);
  let constant = 0;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      vmv[i * p + j] = dot(half, i * p, v, j * p, p);
      constant += half[i * p + j] * half[j * p + i];
    }
  }
  const gram = new Float64Array(s * s);
  new GramBuilder(implied).build(vmv, gram);
  const whole = project(rows.d, n, part, v);
  const t = new Float64Array(n * size);
  addRowScores(d, whole, gram, implied.kappa, means, size, t);
  let squares = 0;
  const fitted = rows.fitted;
  const explained = fitted ? project(fitted, n, part, v) : null;
  if (explained) {
    const zero = new Float64Array(s * s);
    const reduce = new Float64Array(n * size);
    addRowScores(d, explained, zero, implied.kappa, means, size, reduce);
    for (let i = 0; i < t.length; i++) t[i] -= reduce[i];
  }
  for (let i = 0; i < n; i++) {
    const at = i * p;
    const q = form(rows.d, at, rows.d, at, v, p);
    let value = q * q - 2 * form(rows.d, at, rows.d, at, vmv, p) + constant;
    let meanPart = q;
    if (fitted) {
      const qf = form(fitted, at, fitted, at, v, p);
      const qc = form(rows.d, at, fitted, at, v, p);
      value += qf * qf - 2 * qc * qc + 2 * form(fitted, at, fitted, at, vmv, p);
      meanPart = q - 2 * qc + qf;
    }
    squares += value / 2 + (means ? meanPart : 0);
  }
  if (!wantZ) return { n, t, squares, width: 0 };
  const { z, width } = rotated(rows, mean, v, means);
  return { n, t, squares, z, width };
}

function project(values: Float64Array, n: number, part: NormalPart, v: Float64Array): RowProjections {
  const { p } = part.implied.structure;
  const s = part.stride;
  const builder = new GramBuilder(part.implied);
  const u = new Float64Array(n * s);
  const vd = new Float64Array(p);
  const projected = new Float64Array(s);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) vd[j] = dot(v, j * p, values, i * p, p);
    builder.project(vd, projected);
    u.set(projected, i * s);
  }
  return { u, q: new Float64Array(n), stride: s };
}

function form(a: Float64Array, at: number, b: Float64Array, bt: number, v: Float64Array, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) sum += a[at + i] * dot(v, i * p, b, bt, p);
  return sum;
}

/** z_i = vech of Lᵀ C_i L, diagonal divided by √2, V = LLᵀ; then Lᵀ(d_i − d̂_i) for means. */
function rotated(rows: Deviations, mean: Float64Array, v: Float64Array, means: boolean): { z: Float64Array; width: number } {
  const { n, p, d, fitted } = rows;
  const width = momentCount(p, means);
  const lower = v.slice();
  cholesky(lower, p);
  const turn = (from: Float64Array, at: number, to: Float64Array): void => {
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let i = j; i < p; i++) sum += lower[i * p + j] * from[at + i];
      to[j] = sum;
    }
  };
  const centre = new Float64Array(p * p);
  const row = new Float64Array(p);
  const halfway = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    turn(mean, i * p, row);
    for (let j = 0; j < p; j++) halfway[j * p + i] = row[j];
  }
  for (let j = 0; j < p; j++) {
    turn(halfway, j * p, row);
    for (let i = 0; i < p; i++) centre[j * p + i] = row[i];
  }
  const z = new Float64Array(n * width);
  const a = new Float64Array(p);
  const b = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    turn(d, i * p, a);
    if (fitted) turn(fitted, i * p, b);
    let at = i * width;
    if (means) for (let j = 0; j < p; j++) z[at++] = a[j] - b[j];
    for (let j = 0; j < p; j++) for (let k = 0; k <= j; k++) z[at++] = (a[j] * a[k] - b[j] * b[k] - centre[j * p + k]) * (j === k ? Math.SQRT1_2 : 1);
  }
  return { z, width };
}

/** Rows' deviations of the moments themselves, n × moments: means (when modelled), then the lower triangle column by column. */
export function rawDeviations(rows: Deviations, means: boolean): Float64Array {
  const { n, p, d, fitted } = rows;
  const width = momentCount(p, means);
  const mean = meanDeviation(rows);
  const out = new Float64Array(n * width);
  for (let i = 0; i < n; i++) {
    let at = i * width;
    const row = i * p;
    if (means) for (let j = 0; j < p; j++) out[at++] = d[row + j] - (fitted ? fitted[row + j] : 0);
    for (let k = 0; k < p; k++) for (let j = k; j < p; j++) out[at++] = d[row + j] * d[row + k] - (fitted ? fitted[row + j] * fitted[row + k] : 0) - mean[j * p + k];
  }
  return out;
}

/** The same for an explicit weight matrix of the moments. */
export function weightedDeviations(part: MomentPart, d: Derivatives, rows: Deviations, means: boolean, size: number): WeightedDeviations {
  const { n, p } = rows;
  const width = momentCount(p, means);
  const c = rawDeviations(rows, means);
  const delta = new Float64Array(width * size);
  jacobian(d, part.implied, size, means, delta);
  const { kind, values } = part.weight;
  const t = new Float64Array(n * size);
  const z = new Float64Array(n * width);
  const weighted = new Float64Array(width);
  const lower = kind === 'full' ? values.slice() : null;
  const indefinite = lower !== null && cholesky(lower, width) >= 0 ? signedRoot(values, width) : null;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const at = i * width;
    for (let r = 0; r < width; r++) {
      weighted[r] = kind === 'diagonal' ? values[r] * c[at + r] : dot(values, r * width, c, at, width);
      squares += weighted[r] * c[at + r];
      for (let k = 0; k < size; k++) t[i * size + k] += weighted[r] * delta[r * size + k];
    }
    if (!lower) for (let r = 0; r < width; r++) z[at + r] = Math.sqrt(values[r]) * c[at + r];
    else if (indefinite) for (let r = 0; r < width; r++) z[at + r] = dot(indefinite.rows, r * width, c, at, width);
    else for (let r = 0; r < width; r++) for (let j = r; j < width; j++) z[at + r] += lower[j * width + r] * c[at + j];
  }
  return { n, t, squares, z, width, ...(indefinite ? { signs: indefinite.signs } : {}) };
}

/** |λ|^½ qᵀ by rows, and the signs of λ, for a symmetric matrix Σ λ q qᵀ. */
function signedRoot(matrix: Float64Array, n: number): { readonly rows: Float64Array; readonly signs: Float64Array } {
  const { values, vectors } = symmetricEigen(matrix.slice(), n);
  const rows = new Float64Array(n * n);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) rows[k * n + i] = Math.sqrt(Math.abs(values[k])) * vectors[i * n + k];
  return { rows, signs: Float64Array.from(values, (value) => (value < 0 ? -1 : 1)) };
}
