import { dot } from '../../../numerics/dense/dot.js';
import type { GroupRows } from '../../../statistics/rows.js';
import type { FimlPart } from '../estimation/fimlPart.js';
import { NO_MEAN, UNIT_MEAN, type Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';

/**
 * Projections u_i = Xᵀ V d_i of every row's deviation d_i = y_i − centre onto
 * the p + 2m derivative vectors, and the Mahalanobis forms q_i = d_iᵀ V d_i.
 */
export interface RowProjections {
  /** n × (p + 2m). */
  readonly u: Float64Array;
  /** n. */
  readonly q: Float64Array;
  readonly stride: number;
}

export function rowProjections(rows: GroupRows, implied: ImpliedMoments, v: Float64Array, centre: Float64Array): RowProjections {
  const { structure, effects, phi, lambda } = implied;
  const { p, m, loadingStart, loadingColumn } = structure;
  const s = p + 2 * m;
  const { n, values } = rows;
  const u = new Float64Array(n * s);
  const q = new Float64Array(n);
  const d = new Float64Array(p);
  const common = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) d[j] = values[i * p + j] - centre[j];
    const at = i * s;
    common.fill(0);
    let form = 0;
    for (let j = 0; j < p; j++) {
      const value = dot(v, j * p, d, 0, p);
      u[at + j] = value;
      form += value * d[j];
      for (let e = loadingStart[j]; e < loadingStart[j + 1]; e++) common[loadingColumn[e]] += value * lambda[j * m + loadingColumn[e]];
    }
    q[i] = form;
    for (let k = 0; k < m; k++) {
      const value = common[k];
      for (let j = 0; j < m; j++) {
        u[at + p + j] += value * effects[k * m + j];
        u[at + p + m + j] += value * phi[k * m + j];
      }
    }
  }
  return { u, q, stride: s };
}

/**
 * Casewise scores of the distinct free parameters,
 * s_ik = w_k (u_ia u_ib − T_ab) + c_k u_ia, added into `out` (n × size).
 *
 * @param target Gram that is subtracted: of V for likelihood scores, of VSV for deviations from the mean of the moments.
 */
export function addRowScores(d: Derivatives, projections: RowProjections, target: Float64Array, kappa: Float64Array, means: boolean, size: number, out: Float64Array): void {
  const { u, stride } = projections;
  const n = projections.q.length;
  for (let k = 0; k < d.count; k++) {
    const a = d.a[k];
    const b = d.b[k];
    const w = d.w[k];
    const subtract = target[a * stride + b];
    const index = d.mean[k];
    const c = !means || index === NO_MEAN ? 0 : index === UNIT_MEAN ? 1 : kappa[index];
    const column = d.position[k];
    for (let i = 0; i < n; i++) {
      const ua = u[i * stride + a];
      out[i * size + column] += w * (ua * u[i * stride + b] - subtract) + c * ua;
    }
  }
}

/** Adds scale · Σ_i f_i² s_i s_iᵀ, lower triangle; with clusters, the sums within a cluster take the place of rows. */
export function addCrossProducts(scores: Float64Array, n: number, size: number, scale: number, out: Float64Array, weights?: Float64Array, cluster?: Int32Array): void {
  let rows = scores;
  let count = n;
  if (weights || cluster) {
    const numbers = new Map<number, number>();
    if (cluster) for (let i = 0; i < n; i++) if (!numbers.has(cluster[i])) numbers.set(cluster[i], numbers.size);
    count = cluster ? numbers.size : n;
    rows = new Float64Array(count * size);
    for (let i = 0; i < n; i++) {
      const to = cluster ? (numbers.get(cluster[i]) as number) : i;
      const factor = weights ? weights[i] : 1;
      for (let k = 0; k < size; k++) rows[to * size + k] += factor * scores[i * size + k];
    }
  }
  // columns are contiguous in the transpose, so that each product is one dot
  const columns = new Float64Array(count * size);
  for (let i = 0; i < count; i++) for (let k = 0; k < size; k++) columns[k * count + i] = rows[i * size + k];
  // the usual small-sample factor of clustered sums
  const factor = cluster ? (scale * count) / (count - 1) : scale;
  for (let k = 0; k < size; k++) for (let l = 0; l <= k; l++) out[k * size + l] += factor * dot(columns, k * count, columns, l * count, count);
}

/** Casewise scores with missing answers: each row under its own pattern's V_p. */
export function incompleteScores(part: FimlPart, rows: GroupRows, d: Derivatives, size: number, out: Float64Array): void {
  const { implied } = part;
  const { p } = implied.structure;
  part.forPatterns((pattern, vp, gram) => {
    const index = pattern.rows;
    const values = new Float64Array(index.length * p);
    index.forEach((from, to) => {
      for (let j = 0; j < p; j++) {
        const x = rows.values[from * p + j];
        values[to * p + j] = Number.isNaN(x) ? implied.mu[j] : x;
      }
    });
    const own = new Float64Array(index.length * size);
    addRowScores(d, rowProjections({ label: '', n: index.length, values, index }, implied, vp, implied.mu), gram, implied.kappa, true, size, own);
    index.forEach((to, from) => {
      for (let k = 0; k < size; k++) out[to * size + k] += own[from * size + k];
    });
  });
}
