import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { weightedCount, type GroupRows } from '../../../statistics/rows.js';
import type { SemSample } from '../estimation/sample.js';
import { submatrix } from '../measures/likelihoodIndices.js';
import { rowsOf } from './rowsOf.js';

/**
 * tr(A₁⁻¹B₁) of the saturated normal model:
 * per group the mean of ½(q² − 2q + p) + q, q the Mahalanobis form; with fixed
 * exogenous variables less the same of those alone.
 */
export function saturatedTrace(sample: SemSample, means: boolean, exogenous: (group: number) => readonly number[]): number {
  let sum = 0;
  sample.groups.forEach((group, g) => {
    const rows = rowsOf(sample)[g];
    const all = Array.from(group.mean, (_, i) => i);
    sum += oneTrace(rows, group, all, means) - oneTrace(rows, group, exogenous(g), means);
  });
  return sum;
}

function oneTrace(rows: GroupRows, group: { readonly mean: Float64Array; readonly covariance: Float64Array }, index: readonly number[], means: boolean): number {
  const k = index.length;
  const p = group.mean.length;
  if (k === 0) return 0;
  const factor = submatrix(group.covariance, p, index);
  const v = new Float64Array(k * k);
  if (cholesky(factor, k) >= 0) return NaN;
  choleskyInverse(factor, k, v, new Float64Array(k * k));
  if (rows.cluster) return clusteredTrace(rows, rows.cluster, group, index, v, means);
  const d = new Float64Array(k);
  let sum = 0;
  for (let i = 0; i < rows.n; i++) {
    for (let a = 0; a < k; a++) d[a] = rows.values[i * p + index[a]] - group.mean[index[a]];
    let q = 0;
    for (let a = 0; a < k; a++) q += d[a] * dot(v, a * k, d, 0, k);
    const w = rows.weights ? rows.weights[i] ** 2 : 1;
    sum += w * (0.5 * (q * q - 2 * q + k) + (means ? q : 0));
  }
  return sum / weightedCount(rows);
}

/** The same with sums over clusters in the place of rows: Σ_c [½ tr((VC_c)²) + d_cᵀVd_c] C/(C − 1), C_c = Σ w(ddᵀ − S). */
function clusteredTrace(rows: GroupRows, cluster: Int32Array, group: { readonly mean: Float64Array; readonly covariance: Float64Array }, index: readonly number[], v: Float64Array, means: boolean): number {
  const k = index.length;
  const p = group.mean.length;
  const sums = new Map<number, { readonly square: Float64Array; readonly first: Float64Array }>();
  const d = new Float64Array(k);
  for (let i = 0; i < rows.n; i++) {
    let own = sums.get(cluster[i]);
    if (!own) sums.set(cluster[i], (own = { square: new Float64Array(k * k), first: new Float64Array(k) }));
    const w = rows.weights ? rows.weights[i] : 1;
    for (let a = 0; a < k; a++) d[a] = rows.values[i * p + index[a]] - group.mean[index[a]];
    for (let a = 0; a < k; a++) {
      own.first[a] += w * d[a];
      for (let b = 0; b < k; b++) own.square[a * k + b] += w * (d[a] * d[b] - group.covariance[index[a] * p + index[b]]);
    }
  }
  const product = new Float64Array(k * k);
  let sum = 0;
  for (const { square, first } of sums.values()) {
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) product[a * k + b] = dot(v, a * k, square, b * k, k);
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += 0.5 * product[a * k + b] * product[b * k + a];
    if (means) for (let a = 0; a < k; a++) sum += first[a] * dot(v, a * k, first, 0, k);
  }
  return (sum / weightedCount(rows)) * (sums.size / (sums.size - 1));
}
