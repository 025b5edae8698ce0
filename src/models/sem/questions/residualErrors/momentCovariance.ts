import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { dot } from '../../../../numerics/dense/dot.js';
import type { GroupRows } from '../../../../statistics/rows.js';
import { momentCount } from '../../implied/jacobian.js';

/** Γ, n times the covariance matrix of one group's unrestricted moments (means when modelled, then the lower triangle column by column). */
export interface MomentCovariance {
  readonly diagonal: Float64Array;
  /** ΓM of a matrix moments × q, row-major. */
  times(m: Float64Array, q: number): Float64Array;
}

/** What fixed exogenous variables explain of a covariance matrix: S_yx S_xx⁻¹ S_xy, for themselves all of it. Null without any. */
export interface Explained {
  readonly covariance: Float64Array;
  /** p × k: regression coefficients. */
  readonly slopes: Float64Array;
  readonly exogenous: readonly number[];
}

export function explainedBy(s: Float64Array, p: number, exogenous: readonly number[]): Explained | null {
  const k = exogenous.length;
  if (k === 0) return null;
  const factor = new Float64Array(k * k);
  exogenous.forEach((a, r) => exogenous.forEach((b, c) => (factor[r * k + c] = s[a * p + b])));
  if (cholesky(factor, k) >= 0) return null;
  const slopes = new Float64Array(p * k);
  for (let i = 0; i < p; i++) {
    exogenous.forEach((a, r) => (slopes[i * k + r] = s[i * p + a]));
    choleskySolve(factor, k, slopes, i * k);
  }
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) exogenous.forEach((a, r) => (covariance[i * p + j] += slopes[i * k + r] * s[a * p + j]));
  return { covariance, slopes, exogenous };
}

/**
 * Normal theory: cov(s_ij, s_kl) = s_ik s_jl + s_il s_jk, less the same of what
 * fixed exogenous variables explain; means vary as s, and by themselves.
 */
export function normalCovariance(s: Float64Array, p: number, means: boolean, explained: Explained | null): MomentCovariance {
  const width = momentCount(p, means);
  const diagonal = new Float64Array(width);
  const parts = [{ matrix: s, sign: 1 }, ...(explained ? [{ matrix: explained.covariance, sign: -1 }] : [])];
  for (const { matrix, sign } of parts) {
    let at = 0;
    if (means) for (let i = 0; i < p; i++) diagonal[at++] += sign * matrix[i * p + i];
    for (let j = 0; j < p; j++) for (let i = j; i < p; i++) diagonal[at++] += sign * (matrix[i * p + i] * matrix[j * p + j] + matrix[i * p + j] ** 2);
  }
  const times = (m: Float64Array, q: number): Float64Array => {
    const out = new Float64Array(width * q);
    const inner = new Float64Array(p * p);
    const half = new Float64Array(p * p);
    for (let k = 0; k < q; k++) {
      const offset = means ? p : 0;
      let at = offset;
      for (let j = 0; j < p; j++) for (let i = j; i < p; i++) inner[i * p + j] = inner[j * p + i] = m[at++ * q + k] / (i === j ? 1 : 2);
      for (const { matrix, sign } of parts) {
        for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) half[i * p + j] = dot(matrix, i * p, inner, j * p, p);
        at = offset;
        for (let j = 0; j < p; j++) for (let i = j; i < p; i++) out[at++ * q + k] += 2 * sign * dot(half, i * p, matrix, j * p, p);
        if (means) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) out[i * q + k] += sign * matrix[i * p + j] * m[j * q + k];
      }
    }
    return out;
  };
  return { diagonal, times };
}

/** Any symmetric matrix. */
export function explicitCovariance(matrix: Float64Array, width: number): MomentCovariance {
  return {
    diagonal: Float64Array.from({ length: width }, (_, i) => matrix[i * width + i]),
    times: (m, q) => {
      const out = new Float64Array(width * q);
      for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) for (let k = 0; k < q; k++) out[i * q + k] += matrix[i * width + j] * m[j * q + k];
      return out;
    }
  };
}

/**
 * Distribution-free: the mean of c_i c_iᵀ, c_i the deviations of a row's
 * products from the moments. Sampling weights (which average 1) multiply
 * their row; clusters take the place of rows, with the factor C/(C − 1).
 */
export function casewiseCovariance(rows: GroupRows, s: Float64Array, mean: Float64Array, means: boolean, explained: Explained | null): MomentCovariance {
  const p = mean.length;
  const { n } = rows;
  const width = momentCount(p, means);
  const { sums, scale } = summed(rows, centred(momentRows(rows, s, mean, means, explained), width), width);
  const count = sums.length / width;
  const factor = scale / n;
  const diagonal = new Float64Array(width);
  for (let c = 0; c < count; c++) for (let r = 0; r < width; r++) diagonal[r] += factor * sums[c * width + r] ** 2;
  const times = (m: Float64Array, q: number): Float64Array => {
    const out = new Float64Array(width * q);
    const row = new Float64Array(q);
    for (let c = 0; c < count; c++) {
      row.fill(0);
      for (let r = 0; r < width; r++) for (let k = 0; k < q; k++) row[k] += sums[c * width + r] * m[r * q + k];
      for (let r = 0; r < width; r++) for (let k = 0; k < q; k++) out[r * q + k] += factor * sums[c * width + r] * row[k];
    }
    return out;
  };
  return { diagonal, times };
}

/** Deviations of every row's moments from `mean` and `s`, n × moments, times its sampling weight. */
export function momentRows({ n, values, weights }: GroupRows, s: Float64Array, mean: Float64Array, means: boolean, explained: Explained | null): Float64Array {
  const p = mean.length;
  const width = momentCount(p, means);
  const out = new Float64Array(n * width);
  const d = new Float64Array(p);
  const f = new Float64Array(p);
  const total = weights ? weights.reduce((sum, w) => sum + w, 0) : n;
  for (let i = 0; i < n; i++) {
    const w = weights ? (weights[i] * n) / total : 1;
    for (let j = 0; j < p; j++) d[j] = values[i * p + j] - mean[j];
    if (explained) {
      const { slopes, exogenous } = explained;
      const k = exogenous.length;
      for (let j = 0; j < p; j++) {
        f[j] = 0;
        for (let r = 0; r < k; r++) f[j] += slopes[j * k + r] * d[exogenous[r]];
      }
    }
    let at = i * width;
    if (means) for (let j = 0; j < p; j++) out[at++] = w * (d[j] - f[j]);
    for (let j = 0; j < p; j++) for (let l = j; l < p; l++) out[at++] = w * (d[l] * d[j] - f[l] * f[j] - s[l * p + j] + (explained ? explained.covariance[l * p + j] : 0));
  }
  return out;
}

/** Least squares divides S by n − 1, so that the deviations from it do not quite sum to 0. */
function centred(c: Float64Array, width: number): Float64Array {
  const n = c.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < c.length; i++) mean[i % width] += c[i] / n;
  return c.map((value, i) => value - mean[i % width]);
}

/** Sums over clusters, or the rows themselves. */
function summed({ n, cluster }: GroupRows, c: Float64Array, width: number): { readonly sums: Float64Array; readonly scale: number } {
  if (!cluster) return { sums: c, scale: 1 };
  const place = new Map<number, number>();
  for (const each of cluster) if (!place.has(each)) place.set(each, place.size);
  const sums = new Float64Array(place.size * width);
  for (let i = 0; i < n; i++) {
    const to = (place.get(cluster[i]) as number) * width;
    for (let r = 0; r < width; r++) sums[to + r] += c[i * width + r];
  }
  return { sums, scale: place.size / (place.size - 1) };
}
