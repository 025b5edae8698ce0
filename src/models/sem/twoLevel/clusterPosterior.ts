import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ClusteredGroup } from './clusteredGroup.js';
import type { IncompleteClusters } from './incompleteClusters.js';

/** What a set of answered between-only variables z says of the variables b of both levels. */
interface BetweenState {
  readonly observed: Int32Array;
  /** Σ_zz⁻¹. */
  readonly inverse: Float64Array;
  /** H = Σ_bz Σ_zz⁻¹, b × z. */
  readonly slopes: Float64Array;
  /** Σ_b|z = Σ_bb − HΣ_zb. */
  readonly conditional: Float64Array;
  logDet: number;
}

/**
 * Clusters with missing answers at the current point. With V_i the inverse of
 * row i's observed block of Σ_W, padded with zeros, b the cluster's parts of
 * the variables of both levels, E their places among the level-1 variables,
 *
 *   A_j = Σ_i EᵀV_iE,   g_j = Σ_i EᵀV_i(y_i − E(y_i | z)),   Q_j = (A_j⁻¹ + Σ_b|z)⁻¹,   C_j = A_j⁻¹ − A_j⁻¹Q_jA_j⁻¹,
 *
 * the inverse covariance matrix of all answers of a cluster is diag(V_i) −
 * [V_iE C_j EᵀV_i′], and d_j = C_j g_j is what b is expected to be beyond what
 * z says. Variables of b that nobody in the cluster answers have zeros.
 *
 * @see Lee (1990), Biometrika 77(4); du Toit & du Toit (2008) in Handbook of Multilevel Analysis
 */
export class ClusterPosterior {
  /** Level-1 and level-2 indices of the variables of both levels. */
  readonly bothWithin: Int32Array;
  readonly bothBetween: Int32Array;
  /** Per pattern: V_i, p × p, and ln|Σ_W,oo|. */
  readonly v: readonly Float64Array[];
  private readonly logDets: Float64Array;
  /** Per pattern EᵀV_iE, b × b. */
  private readonly shares: readonly Float64Array[];
  private readonly betweenStates: readonly BetweenState[];
  /** C_j, Q_j and A_j⁻¹Q_j, clusters × b × b. */
  readonly c: Float64Array;
  readonly q: Float64Array;
  readonly reach: Float64Array;
  /** y − μ − E(H r_z + d_j) of every segment, segments × p, zeros at what is missing. */
  readonly residual: Float64Array;
  /** e_j of every cluster, clusters × level-2 variables, see `LevelPart.clusterDrifts`. */
  readonly drifts: Float64Array;
  readonly data: IncompleteClusters;
  private readonly a: Float64Array;
  private readonly g: Float64Array;
  private readonly weighted: Float64Array;

  constructor(readonly group: ClusteredGroup, private readonly within: ImpliedMoments, private readonly between: ImpliedMoments) {
    const data = group.incomplete as IncompleteClusters;
    const level2 = between.structure.p;
    const entryOf = Array.from(group.within);
    this.data = data;
    this.bothBetween = Int32Array.from(entryOf.filter((entry) => entry < level2));
    this.bothWithin = Int32Array.from(this.bothBetween, (entry) => entryOf.indexOf(entry));
    const b = this.bothBetween.length;
    const { p } = data;
    this.v = data.patterns.map(() => new Float64Array(p * p));
    this.shares = data.patterns.map(() => new Float64Array(b * b));
    this.a = new Float64Array(b * b);
    this.g = new Float64Array(b);
    this.weighted = new Float64Array(p);
    this.logDets = new Float64Array(data.patterns.length);
    this.betweenStates = data.betweenPatterns.map((observed) => ({ observed, inverse: new Float64Array(observed.length ** 2), slopes: new Float64Array(b * observed.length), conditional: new Float64Array(b * b), logDet: 0 }));
    this.c = new Float64Array(group.clusters * b * b);
    this.q = new Float64Array(group.clusters * b * b);
    this.reach = new Float64Array(group.clusters * b * b);
    this.residual = new Float64Array(data.mean.length);
    this.drifts = new Float64Array(group.clusters * level2);
  }

  /** −2 log-likelihood without constants of π at the moments of both levels; null where it is not defined. */
  update(): number | null {
    const { data, group } = this;
    let total = 0;
    for (let s = 0; s < data.patterns.length; s++) {
      const value = this.updatePattern(s);
      if (value === null) return null;
      total += value;
    }
    for (const state of this.betweenStates) if (!this.updateBetween(state)) return null;
    for (let j = 0; j < group.clusters; j++) {
      const value = this.updateCluster(j);
      if (value === null) return null;
      total += value;
    }
    return Number.isFinite(total) ? total : null;
  }

  private updatePattern(s: number): number | null {
    const { within, bothWithin } = this;
    const { observed, count, scatter } = this.data.patterns[s];
    const { p } = this.data;
    const k = observed.length;
    const factor = new Float64Array(k * k);
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) factor[i * k + j] = within.sigma[observed[i] * p + observed[j]];
    if (cholesky(factor, k) >= 0) return null;
    this.logDets[s] = logDeterminant(factor, k);
    const inverse = new Float64Array(k * k);
    choleskyInverse(factor, k, inverse, new Float64Array(k * k));
    const v = this.v[s];
    let trace = 0;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) {
        const at = observed[i] * p + observed[j];
        v[at] = inverse[i * k + j];
        trace += inverse[i * k + j] * scatter[at];
      }
    const b = bothWithin.length;
    for (let i = 0; i < b; i++) for (let j = 0; j < b; j++) this.shares[s][i * b + j] = v[bothWithin[i] * p + bothWithin[j]];
    return count * this.logDets[s] + trace;
  }

  private updateBetween(state: BetweenState): boolean {
    const { between, bothBetween } = this;
    const { observed, inverse, slopes, conditional } = state;
    const q = between.structure.p;
    const z = observed.length;
    const b = bothBetween.length;
    const { sigma } = between;
    const factor = new Float64Array(z * z);
    for (let i = 0; i < z; i++) for (let j = 0; j <= i; j++) factor[i * z + j] = sigma[observed[i] * q + observed[j]];
    if (cholesky(factor, z) >= 0) return false;
    state.logDet = logDeterminant(factor, z);
    choleskyInverse(factor, z, inverse, new Float64Array(z * z));
    for (let i = 0; i < b; i++) {
      for (let j = 0; j < z; j++) {
        let sum = 0;
        for (let k = 0; k < z; k++) sum += sigma[bothBetween[i] * q + observed[k]] * inverse[k * z + j];
        slopes[i * z + j] = sum;
      }
      for (let j = 0; j < b; j++) {
        let value = sigma[bothBetween[i] * q + bothBetween[j]];
        for (let k = 0; k < z; k++) value -= slopes[i * z + k] * sigma[observed[k] * q + bothBetween[j]];
        conditional[i * b + j] = value;
      }
    }
    return true;
  }

  private updateCluster(j: number): number | null {
    const { data, between, bothWithin, bothBetween, residual, drifts, a, g } = this;
    const { p } = data;
    const level2 = between.structure.p;
    const b = bothBetween.length;
    const { observed, inverse, slopes, conditional, logDet } = this.betweenStates[data.betweenPattern[j]];
    const z = observed.length;
    let total = logDet;
    // what z says
    const zWeighted = new Float64Array(z);
    const shift = Float64Array.from(bothBetween, (at) => between.mu[at]);
    for (let k = 0; k < z; k++) {
      const own = data.betweenValues[j * level2 + observed[k]] - between.mu[observed[k]];
      for (let l = 0; l < z; l++) zWeighted[l] += inverse[l * z + k] * own;
      for (let i = 0; i < b; i++) shift[i] += slopes[i * z + k] * own;
    }
    for (let k = 0; k < z; k++) total += zWeighted[k] * (data.betweenValues[j * level2 + observed[k]] - between.mu[observed[k]]);
    // what the rows add
    a.fill(0);
    g.fill(0);
    for (let s = data.start[j]; s < data.start[j + 1]; s++) total += this.addSegment(s, shift);
    const seen: number[] = [];
    for (let i = 0; i < b; i++) if (a[i * (b + 1)] > 0) seen.push(i);
    const k = seen.length;
    const factor = new Float64Array(k * k);
    const aInverse = new Float64Array(k * k);
    const scratch = new Float64Array(k * k);
    for (let r = 0; r < k; r++) for (let t = 0; t <= r; t++) factor[r * k + t] = a[seen[r] * b + seen[t]];
    if (cholesky(factor, k) >= 0) return null;
    total += logDeterminant(factor, k);
    choleskyInverse(factor, k, aInverse, scratch);
    for (let r = 0; r < k; r++) for (let t = 0; t <= r; t++) factor[r * k + t] = aInverse[r * k + t] + conditional[seen[r] * b + seen[t]];
    if (cholesky(factor, k) >= 0) return null;
    total += logDeterminant(factor, k);
    const q = new Float64Array(k * k);
    choleskyInverse(factor, k, q, scratch);
    const h = new Float64Array(k);
    const e = new Float64Array(k);
    const d = new Float64Array(b);
    for (let r = 0; r < k; r++) for (let t = 0; t < k; t++) h[r] += aInverse[r * k + t] * g[seen[t]];
    for (let r = 0; r < k; r++) {
      for (let t = 0; t < k; t++) e[r] += q[r * k + t] * h[t];
      total += h[r] * (e[r] - g[seen[r]]);
    }
    const base = j * b * b;
    this.c.fill(0, base, base + b * b);
    this.q.fill(0, base, base + b * b);
    this.reach.fill(0, base, base + b * b);
    for (let r = 0; r < k; r++) {
      d[seen[r]] = h[r];
      for (let t = 0; t < k; t++) {
        d[seen[r]] -= aInverse[r * k + t] * e[t];
        let reach = 0;
        for (let l = 0; l < k; l++) reach += aInverse[r * k + l] * q[l * k + t];
        scratch[r * k + t] = reach;
        const at = base + seen[r] * b + seen[t];
        this.q[at] = q[r * k + t];
        this.reach[at] = reach;
      }
    }
    for (let r = 0; r < k; r++)
      for (let t = 0; t < k; t++) {
        let value = aInverse[r * k + t];
        for (let l = 0; l < k; l++) value -= scratch[r * k + l] * aInverse[l * k + t];
        this.c[base + seen[r] * b + seen[t]] = value;
      }
    for (let s = data.start[j]; s < data.start[j + 1]; s++) for (let i = 0; i < b; i++) if (this.v[data.pattern[s]][bothWithin[i] * (p + 1)] > 0) residual[s * p + bothWithin[i]] -= d[i];
    const to = j * level2;
    drifts.fill(0, to, to + level2);
    for (let r = 0; r < k; r++) drifts[to + bothBetween[seen[r]]] = e[r];
    for (let l = 0; l < z; l++) {
      let value = zWeighted[l];
      for (let r = 0; r < k; r++) value -= slopes[seen[r] * z + l] * e[r];
      drifts[to + observed[l]] = value;
    }
    return total;
  }

  /** Adds a segment to A_j and g_j and answers Σ rᵀV r around what z says. */
  private addSegment(s: number, shift: Float64Array): number {
    const { data, within, bothWithin, residual, weighted, a, g } = this;
    const { p } = data;
    const { observed } = data.patterns[data.pattern[s]];
    const v = this.v[data.pattern[s]];
    const own = this.shares[data.pattern[s]];
    const n = data.count[s];
    const base = s * p;
    const b = bothWithin.length;
    for (let t = 0; t < observed.length; t++) residual[base + observed[t]] = data.mean[base + observed[t]] - within.mu[observed[t]];
    for (let i = 0; i < b; i++) if (v[bothWithin[i] * (p + 1)] > 0) residual[base + bothWithin[i]] -= shift[i];
    weighted.fill(0);
    let total = 0;
    for (let t = 0; t < observed.length; t++) {
      const i = observed[t];
      weighted[i] = dot(v, i * p, residual, base, p);
      total += n * weighted[i] * residual[base + i];
    }
    for (let i = 0; i < b; i++) g[i] += n * weighted[bothWithin[i]];
    for (let i = 0; i < b * b; i++) a[i] += n * own[i];
    return total;
  }

  /** GᵀV_j⁻¹G of one cluster over the level-2 variables. */
  betweenPrecision(j: number, out: Float64Array): void {
    const { bothBetween, between, q } = this;
    const { observed, inverse, slopes } = this.betweenStates[this.data.betweenPattern[j]];
    const level2 = between.structure.p;
    const b = bothBetween.length;
    const z = observed.length;
    const base = j * b * b;
    out.fill(0);
    const qh = new Float64Array(b * z);
    for (let i = 0; i < b; i++) {
      for (let k = 0; k < b; k++) out[bothBetween[i] * level2 + bothBetween[k]] = q[base + i * b + k];
      for (let l = 0; l < z; l++) {
        let sum = 0;
        for (let k = 0; k < b; k++) sum += q[base + i * b + k] * slopes[k * z + l];
        qh[i * z + l] = sum;
        out[bothBetween[i] * level2 + observed[l]] = out[observed[l] * level2 + bothBetween[i]] = -sum;
      }
    }
    for (let l = 0; l < z; l++)
      for (let m = 0; m < z; m++) {
        let value = inverse[l * z + m];
        for (let i = 0; i < b; i++) value += slopes[i * z + l] * qh[i * z + m];
        out[observed[l] * level2 + observed[m]] = value;
      }
  }

  /** R_j = A_j⁻¹Q_j [I, −H]: V_iE R_j are the rows of V_j⁻¹G, b × level-2 variables. */
  reachOf(j: number, out: Float64Array): void {
    const { bothBetween, between, reach } = this;
    const { observed, slopes } = this.betweenStates[this.data.betweenPattern[j]];
    const level2 = between.structure.p;
    const b = bothBetween.length;
    const z = observed.length;
    const base = j * b * b;
    out.fill(0);
    for (let i = 0; i < b; i++)
      for (let k = 0; k < b; k++) {
        const value = reach[base + i * b + k];
        out[i * level2 + bothBetween[k]] = value;
        for (let l = 0; l < z; l++) out[i * level2 + observed[l]] -= value * slopes[k * z + l];
      }
  }
}
