import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { multiplyTransposed, symmetricProduct } from '../../../numerics/dense/product.js';
import { addCrossCurvature, addExpectedInformation, addGradient, addSecondDerivatives } from '../implied/curvature.js';
import { NO_MEAN, type Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { ClusterMoments } from './clusterMoments.js';
import type { ClusteredGroup, ClusterSize } from './clusteredGroup.js';
import type { LevelPart } from './levelPart.js';

/** One distinct cluster size at the current point. */
interface SizeState {
  readonly of: ClusterSize;
  /** V_s = (Σ_B + Σ_W/s)⁻¹, q × q. */
  readonly v: Float64Array;
  /** T_s: covariance of the vectors around the implied mean, q × q. */
  readonly target: Float64Array;
  /** ω_s = V_s r_s. */
  readonly drift: Float64Array;
  /** Ω_s = V_s − V_s T_s V_s. */
  readonly omega: Float64Array;
  /** Derivatives with the weights of level 1 divided by s. */
  readonly d: Derivatives;
}

/**
 * A group under two-level maximum likelihood. With Σ_s = Σ_B + Σ_W/s embedded
 * in the q entries of a cluster's vector,
 *
 *   N·F = (N − J)[ln|Σ_W| + tr(S_PW Σ_W⁻¹)] + Σ_s N_s [ln|Σ_s| + tr(T_s Σ_s⁻¹)] − N·F_h1,
 *
 * −2 log-likelihood less what does not depend on the model.
 *
 * @see McDonald & Goldstein (1989); Muthén (1990), Mean and covariance structure analysis of hierarchical data
 */
export class TwoLevelPart implements LevelPart {
  private readonly sizes: readonly SizeState[];
  private readonly cluster: ClusterMoments;
  private readonly clusterBuilder: GramBuilder;
  private readonly withinBuilder: GramBuilder;
  private readonly betweenBuilder: GramBuilder;
  private readonly vWithin: Float64Array;
  private readonly omegaPooled: Float64Array;
  private readonly factor: Float64Array;
  private readonly scratch: Float64Array;
  private readonly residual: Float64Array;
  /** Level-1 derivatives without means: rows around their cluster mean have none. */
  private readonly centred: Derivatives;
  private readonly omegaWithin: Float64Array;
  private readonly omegaBetween: Float64Array;
  private readonly driftWithin: Float64Array;
  private readonly driftBetween: Float64Array;
  private readonly gramWithin: Float64Array;
  private readonly gramBetween: Float64Array;
  private readonly projectedWithin: Float64Array;
  private readonly projectedBetween: Float64Array;
  private derived = false;

  /** @param saturatedValue N·F_h1, the same function at the saturated moments; 0 for the saturated model itself. */
  constructor(readonly group: ClusteredGroup, readonly within: ImpliedMoments, readonly between: ImpliedMoments, private readonly dWithin: Derivatives, private readonly dBetween: Derivatives, readonly saturatedValue: number) {
    const q = group.names.length;
    const p = within.structure.p;
    this.cluster = new ClusterMoments(within, between, group);
    this.clusterBuilder = new GramBuilder(this.cluster.moments);
    this.withinBuilder = new GramBuilder(within);
    this.betweenBuilder = new GramBuilder(between);
    const joined = this.cluster.derivatives(dWithin, dBetween);
    const square = (n: number): Float64Array => new Float64Array(n * n);
    this.sizes = group.sizes.map((of) => ({
      of, v: square(q), target: square(q), drift: new Float64Array(q), omega: square(q),
      d: { ...joined, w: joined.w.map((w, k) => (k < dWithin.count ? w / of.size : w)) }
    }));
    this.centred = { ...dWithin, mean: new Int32Array(dWithin.count).fill(NO_MEAN) };
    this.vWithin = square(p);
    this.omegaPooled = square(p);
    this.factor = square(q);
    this.scratch = square(q);
    this.residual = new Float64Array(q);
    this.omegaWithin = square(p);
    this.omegaBetween = square(between.structure.p);
    this.driftWithin = new Float64Array(p);
    this.driftBetween = new Float64Array(between.structure.p);
    this.gramWithin = square(this.withinBuilder.stride);
    this.gramBetween = square(this.betweenBuilder.stride);
    this.projectedWithin = new Float64Array(this.withinBuilder.stride);
    this.projectedBetween = new Float64Array(this.betweenBuilder.stride);
  }

  over(within: ImpliedMoments, between: ImpliedMoments, dWithin: Derivatives, dBetween: Derivatives): TwoLevelPart {
    return new TwoLevelPart(this.group, within, between, dWithin, dBetween, this.saturatedValue);
  }

  evaluate(values: Float64Array): number | null {
    const { within, between, group, factor, scratch, vWithin } = this;
    const { p } = within.structure;
    this.derived = false;
    within.setCells(values);
    between.setCells(values);
    if (!within.update() || !between.update()) return null;
    factor.set(within.sigma);
    if (cholesky(factor, p) >= 0) return null;
    let total = logDeterminant(factor, p);
    choleskyInverse(factor, p, vWithin, scratch);
    total = (group.n - group.clusters) * (total + dot(vWithin, 0, group.pooled, 0, p * p));
    for (const size of this.sizes) {
      const value = this.evaluateSize(size);
      if (value === null) return null;
      total += size.of.count * value;
    }
    return Number.isFinite(total) ? (total - this.saturatedValue) / group.n : null;
  }

  private evaluateSize({ of, v, target, drift }: SizeState): number | null {
    const { within, between, group, factor, scratch, residual } = this;
    const q = group.names.length;
    const { p } = within.structure;
    const level2 = between.structure.p;
    factor.fill(0);
    residual.set(of.mean);
    for (let i = 0; i < level2; i++) {
      const row = group.between[i] * q;
      residual[group.between[i]] -= between.mu[i];
      for (let j = 0; j < level2; j++) factor[row + group.between[j]] = between.sigma[i * level2 + j];
    }
    for (let i = 0; i < p; i++) {
      const row = group.within[i] * q;
      residual[group.within[i]] -= within.mu[i];
      for (let j = 0; j < p; j++) factor[row + group.within[j]] += within.sigma[i * p + j] / of.size;
    }
    if (cholesky(factor, q) >= 0) return null;
    const logDet = logDeterminant(factor, q);
    choleskyInverse(factor, q, v, scratch);
    if (of.covariance) target.set(of.covariance);
    else target.fill(0);
    for (let i = 0; i < q; i++) {
      drift[i] = dot(v, i * q, residual, 0, q);
      for (let j = 0; j < q; j++) target[i * q + j] += residual[i] * residual[j];
    }
    return logDet + dot(v, 0, target, 0, q * q);
  }

  /** Ω and ω of each size, and of each level: what ∂F is made of. */
  private derive(): void {
    if (this.derived) return;
    this.derived = true;
    const { group, vWithin, omegaPooled, omegaWithin, omegaBetween, driftWithin, driftBetween } = this;
    const q = group.names.length;
    const p = this.within.structure.p;
    const level2 = this.between.structure.p;
    const four = new Float64Array(4);
    const product = new Float64Array(q * q);
    multiplyTransposed(vWithin, group.pooled, p, product, four);
    symmetricProduct(product, vWithin, p, -1, 1, vWithin, omegaPooled, four);
    for (let i = 0; i < p * p; i++) omegaWithin[i] = (group.n - group.clusters) * omegaPooled[i];
    omegaBetween.fill(0);
    driftWithin.fill(0);
    driftBetween.fill(0);
    for (const { of, v, target, drift, omega } of this.sizes) {
      multiplyTransposed(v, target, q, product, four);
      symmetricProduct(product, v, q, -1, 1, v, omega, four);
      const share = of.count / of.size;
      for (let i = 0; i < p; i++) {
        const row = group.within[i] * q;
        driftWithin[i] += of.count * drift[group.within[i]];
        for (let j = 0; j < p; j++) omegaWithin[i * p + j] += share * omega[row + group.within[j]];
      }
      for (let i = 0; i < level2; i++) {
        const row = group.between[i] * q;
        driftBetween[i] += of.count * drift[group.between[i]];
        for (let j = 0; j < level2; j++) omegaBetween[i * level2 + j] += of.count * omega[row + group.between[j]];
      }
    }
    this.withinBuilder.build(omegaWithin, this.gramWithin);
    this.betweenBuilder.build(omegaBetween, this.gramBetween);
    this.withinBuilder.project(driftWithin, this.projectedWithin);
    this.betweenBuilder.project(driftBetween, this.projectedBetween);
  }

  addGradient(weight: number, out: Float64Array): void {
    this.derive();
    const scale = weight / this.group.n;
    addGradient(this.dWithin, this.gramWithin, this.projectedWithin, this.within.kappa, this.withinBuilder.stride, scale, out);
    addGradient(this.dBetween, this.gramBetween, this.projectedBetween, this.between.kappa, this.betweenBuilder.stride, scale, out);
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    const { group, clusterBuilder, cluster, withinBuilder } = this;
    const scale = weight / group.n;
    const pooled = new Float64Array(withinBuilder.stride ** 2);
    withinBuilder.build(this.vWithin, pooled);
    addExpectedInformation(this.centred, pooled, this.within.kappa, withinBuilder.stride, scale * (group.n - group.clusters), q, out, false);
    cluster.refresh();
    const gram = new Float64Array(clusterBuilder.stride ** 2);
    for (const { of, v, d } of this.sizes) {
      clusterBuilder.build(v, gram);
      addExpectedInformation(d, gram, cluster.moments.kappa, clusterBuilder.stride, scale * of.count, q, out, true);
    }
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    this.derive();
    const { group, clusterBuilder, cluster, withinBuilder } = this;
    const scale = weight / group.n;
    const stride = withinBuilder.stride;
    const pooled = new Float64Array(stride * stride);
    const pooledOmega = new Float64Array(stride * stride);
    withinBuilder.build(this.vWithin, pooled);
    withinBuilder.build(this.omegaPooled, pooledOmega);
    addCrossCurvature(this.centred, pooled, pooledOmega, new Float64Array(stride), this.within.kappa, stride, scale * (group.n - group.clusters), q, out);
    cluster.refresh();
    const wide = clusterBuilder.stride;
    const gram = new Float64Array(wide * wide);
    const omegaGram = new Float64Array(wide * wide);
    const drifts = new Float64Array(wide);
    for (const { of, v, omega, drift, d } of this.sizes) {
      clusterBuilder.build(v, gram);
      clusterBuilder.build(omega, omegaGram);
      clusterBuilder.project(drift, drifts);
      addCrossCurvature(d, gram, omegaGram, drifts, cluster.moments.kappa, wide, scale * of.count, q, out);
    }
    if (!curved) return;
    addSecondDerivatives(this.dWithin, this.within, this.gramWithin, this.projectedWithin, scale, q, out);
    addSecondDerivatives(this.dBetween, this.between, this.gramBetween, this.projectedBetween, scale, q, out);
  }

  /**
   * Scores of the clusters over the distinct free parameters, J × size: with u
   * the projections of V_s(v_j − μ) and of Σ_W⁻¹(y − ȳ_j) onto the derivative
   * vectors, w(u_a u_b − V_ab) + c u_a for the vector and, at level 1,
   * w(Σ_rows u_a u_b − (s − 1) V_ab).
   */
  scores(size: number): Float64Array {
    const { group, cluster, clusterBuilder, withinBuilder, within, centred } = this;
    const q = group.names.length;
    const { p } = within.structure;
    const out = new Float64Array(group.clusters * size);
    cluster.refresh();
    const wide = clusterBuilder.stride;
    const gram = new Float64Array(wide * wide);
    const residual = new Float64Array(q);
    const weighted = new Float64Array(q);
    const u = new Float64Array(wide);
    const { kappa } = cluster.moments;
    for (const { of, v, d } of this.sizes) {
      clusterBuilder.build(v, gram);
      for (const j of of.clusters) {
        for (let i = 0; i < q; i++) residual[i] = group.vectors[j * q + i];
        for (let i = 0; i < group.between.length; i++) residual[group.between[i]] -= this.between.mu[i];
        for (let i = 0; i < p; i++) residual[group.within[i]] -= within.mu[i];
        for (let i = 0; i < q; i++) weighted[i] = dot(v, i * q, residual, 0, q);
        clusterBuilder.project(weighted, u);
        for (let k = 0; k < d.count; k++) {
          const index = d.mean[k];
          const c = index === NO_MEAN ? 0 : index >= 0 ? kappa[index] : 1;
          out[j * size + d.position[k]] += d.w[k] * (u[d.a[k]] * u[d.b[k]] - gram[d.a[k] * wide + d.b[k]]) + c * u[d.a[k]];
        }
      }
    }
    const stride = withinBuilder.stride;
    const pooled = new Float64Array(stride * stride);
    withinBuilder.build(this.vWithin, pooled);
    const row = new Float64Array(p);
    const projected = new Float64Array(stride);
    for (let r = 0; r < group.n; r++) {
      const j = group.clusterOf[r];
      // (s − 1)/s of V for each of the s rows
      const share = 1 - 1 / group.sizeOf[j];
      for (let i = 0; i < p; i++) row[i] = dot(this.vWithin, i * p, group.deviations, r * p, p);
      withinBuilder.project(row, projected);
      for (let k = 0; k < centred.count; k++) out[j * size + centred.position[k]] += centred.w[k] * (projected[centred.a[k]] * projected[centred.b[k]] - share * pooled[centred.a[k] * stride + centred.b[k]]);
    }
    return out;
  }

  clusterDrifts(): Float64Array {
    const { group, within, between } = this;
    const q = group.names.length;
    const level2 = between.structure.p;
    const out = new Float64Array(group.clusters * level2);
    const residual = new Float64Array(q);
    for (const { of, v } of this.sizes)
      for (const j of of.clusters) {
        for (let i = 0; i < q; i++) residual[i] = group.vectors[j * q + i];
        for (let i = 0; i < level2; i++) residual[group.between[i]] -= between.mu[i];
        for (let i = 0; i < group.within.length; i++) residual[group.within[i]] -= within.mu[i];
        for (let i = 0; i < level2; i++) out[j * level2 + i] = dot(v, group.between[i] * q, residual, 0, q);
      }
    return out;
  }
}
