import { dot } from '../../../numerics/dense/dot.js';
import { addCrossCurvature, addExpectedInformation, addGradient, addSecondDerivatives } from '../implied/curvature.js';
import type { Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ClusteredGroup } from './clusteredGroup.js';
import { addLevelCrossings } from './levelCrossings.js';
import { ClusterPosterior } from './clusterPosterior.js';
import { addSquare } from './incompleteClusters.js';
import type { LevelPart } from './levelPart.js';

/** What the rows of one pattern give to the derivatives by Σ_W and μ_W. */
interface PatternState {
  /** V_iE(Σ_j n_j C_j)EᵀV_i, p × p: what the clusters' own parts take from the rows' precision. */
  readonly shared: Float64Array;
  /** Ω = n V − shared − Σ ω_iω_iᵀ. */
  readonly omega: Float64Array;
  /** Σ ω_i, ω_i the rows of V_j⁻¹(y_j − μ_j). */
  readonly drift: Float64Array;
}

/**
 * A group under two-level full-information maximum likelihood: N·F is −2
 * log-likelihood of all answers, less constants and less that of the
 * unrestricted model. Rows enter as segments, so that the cost goes with the
 * clusters and patterns, not with the rows.
 *
 * @see `ClusterPosterior` for symbols; Lee (1990), Biometrika 77(4)
 */
export class IncompleteTwoLevelPart implements LevelPart {
  readonly posterior: ClusterPosterior;
  private readonly withinBuilder: GramBuilder;
  private readonly betweenBuilder: GramBuilder;
  private readonly states: readonly PatternState[];
  private readonly gramWithin: Float64Array;
  private readonly gramBetween: Float64Array;
  private readonly projectedWithin: Float64Array;
  private readonly projectedBetween: Float64Array;
  private derived = false;

  /** @param saturatedValue N·F_h1, the same function at the saturated moments; 0 for the saturated model itself. */
  constructor(readonly group: ClusteredGroup, readonly within: ImpliedMoments, readonly between: ImpliedMoments, private readonly dWithin: Derivatives, private readonly dBetween: Derivatives, readonly saturatedValue: number) {
    this.posterior = new ClusterPosterior(group, within, between);
    this.withinBuilder = new GramBuilder(within);
    this.betweenBuilder = new GramBuilder(between);
    const { p } = within.structure;
    this.states = this.posterior.data.patterns.map(() => ({ shared: new Float64Array(p * p), omega: new Float64Array(p * p), drift: new Float64Array(p) }));
    this.gramWithin = new Float64Array(this.withinBuilder.stride ** 2);
    this.gramBetween = new Float64Array(this.betweenBuilder.stride ** 2);
    this.projectedWithin = new Float64Array(this.withinBuilder.stride);
    this.projectedBetween = new Float64Array(this.betweenBuilder.stride);
  }

  over(within: ImpliedMoments, between: ImpliedMoments, dWithin: Derivatives, dBetween: Derivatives): IncompleteTwoLevelPart {
    return new IncompleteTwoLevelPart(this.group, within, between, dWithin, dBetween, this.saturatedValue);
  }

  evaluate(values: Float64Array): number | null {
    const { within, between, group } = this;
    this.derived = false;
    within.setCells(values);
    between.setCells(values);
    if (!within.update() || !between.update()) return null;
    const total = this.posterior.update();
    return total === null ? null : (total - this.saturatedValue) / group.n;
  }

  /** Ω and ω of each pattern, and of each level: what ∂F is made of. */
  private derive(): void {
    if (this.derived) return;
    this.derived = true;
    const { posterior, states, group } = this;
    const { p, patterns, start, pattern, count } = posterior.data;
    const level2 = this.between.structure.p;
    const b = posterior.bothWithin.length;
    const spread = patterns.map(({ scatter }) => scatter.slice());
    const common = patterns.map(() => new Float64Array(b * b));
    const sums = patterns.map(() => new Float64Array(p));
    for (let j = 0; j < group.clusters; j++)
      for (let s = start[j]; s < start[j + 1]; s++) {
        const to = pattern[s];
        const own = posterior.residual.subarray(s * p, (s + 1) * p);
        addSquare(own, count[s], spread[to]);
        for (let i = 0; i < p; i++) sums[to][i] += count[s] * own[i];
        for (let i = 0; i < b * b; i++) common[to][i] += count[s] * posterior.c[j * b * b + i];
      }
    const omegaWithin = new Float64Array(p * p);
    const driftWithin = new Float64Array(p);
    states.forEach(({ shared, omega, drift }, s) => {
      const v = posterior.v[s];
      const whole = new Float64Array(p * p);
      spreadOver(common[s], posterior.bothWithin, p, whole);
      sandwich(v, whole, p, shared);
      sandwich(v, spread[s], p, omega);
      for (let i = 0; i < p * p; i++) {
        omega[i] = patterns[s].count * v[i] - shared[i] - omega[i];
        omegaWithin[i] += omega[i];
      }
      for (let i = 0; i < p; i++) {
        drift[i] = dot(v, i * p, sums[s], 0, p);
        driftWithin[i] += drift[i];
      }
    });
    const omegaBetween = new Float64Array(level2 * level2);
    const driftBetween = new Float64Array(level2);
    const precision = new Float64Array(level2 * level2);
    for (let j = 0; j < group.clusters; j++) {
      posterior.betweenPrecision(j, precision);
      const e = posterior.drifts.subarray(j * level2, (j + 1) * level2);
      for (let i = 0; i < level2; i++) {
        driftBetween[i] += e[i];
        for (let k = 0; k < level2; k++) omegaBetween[i * level2 + k] += precision[i * level2 + k] - e[i] * e[k];
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
    this.addCurvature(weight / this.group.n, q, out, false);
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    const scale = weight / this.group.n;
    this.addCurvature(scale, q, out, true);
    if (!curved) return;
    addSecondDerivatives(this.dWithin, this.within, this.gramWithin, this.projectedWithin, scale, q, out);
    addSecondDerivatives(this.dBetween, this.between, this.gramBetween, this.projectedBetween, scale, q, out);
  }

  /** Everything made of first derivatives: of the observed Hessian, or in expectation. */
  private addCurvature(scale: number, q: number, out: Float64Array, observed: boolean): void {
    this.derive();
    const { posterior, withinBuilder, betweenBuilder, within, between, dWithin, dBetween, states, group } = this;
    const { patterns } = posterior.data;
    const { p } = within.structure;
    const stride = withinBuilder.stride;
    const own = new Float64Array(p * p);
    const mean = new Float64Array(p);
    const ownGram = new Float64Array(stride * stride);
    const projected = new Float64Array(stride);
    const grams = patterns.map(({ count }, s) => {
      const gram = new Float64Array(stride * stride);
      withinBuilder.build(posterior.v[s], gram);
      // in expectation ½tr(VDVD) − tr(VD shared D): the same sum with P = V − shared/n
      const { omega, shared, drift } = states[s];
      for (let i = 0; i < p * p; i++) own[i] = (observed ? omega[i] : shared[i]) / count;
      for (let i = 0; i < p; i++) mean[i] = observed ? drift[i] / count : 0;
      withinBuilder.build(own, ownGram);
      withinBuilder.project(mean, projected);
      addCrossCurvature(dWithin, gram, ownGram, projected, within.kappa, stride, scale * count, q, out);
      return gram;
    });
    const level2 = between.structure.p;
    const wide = betweenBuilder.stride;
    const precision = new Float64Array(level2 * level2);
    const omega = new Float64Array(level2 * level2);
    const gram = new Float64Array(wide * wide);
    const omegaGram = new Float64Array(wide * wide);
    const drifts = new Float64Array(wide);
    for (let j = 0; j < group.clusters; j++) {
      const e = posterior.drifts.subarray(j * level2, (j + 1) * level2);
      posterior.betweenPrecision(j, precision);
      betweenBuilder.build(precision, gram);
      if (!observed) {
        addExpectedInformation(dBetween, gram, between.kappa, wide, scale, q, out, true);
        continue;
      }
      for (let i = 0; i < level2; i++) for (let k = 0; k < level2; k++) omega[i * level2 + k] = precision[i * level2 + k] - e[i] * e[k];
      betweenBuilder.build(omega, omegaGram);
      betweenBuilder.project(e, drifts);
      addCrossCurvature(dBetween, gram, omegaGram, drifts, between.kappa, wide, scale, q, out);
    }
    addLevelCrossings(posterior, within, between, dWithin, dBetween, grams, scale, q, out, observed);
  }

  scores(size: number): Float64Array {
    this.derive();
    const { posterior, group, withinBuilder, betweenBuilder, within, between } = this;
    const { p, patterns, start, pattern, count, first, order, answers, mean } = posterior.data;
    const level2 = between.structure.p;
    const b = posterior.bothWithin.length;
    const out = new Float64Array(group.clusters * size);
    const omega = new Float64Array(p * p);
    const drift = new Float64Array(p);
    const spread = new Float64Array(p * p);
    const product = new Float64Array(p * p);
    const d = new Float64Array(p);
    const precision = new Float64Array(level2 * level2);
    for (let j = 0; j < group.clusters; j++) {
      omega.fill(0);
      drift.fill(0);
      for (let s = start[j]; s < start[j + 1]; s++) {
        const v = posterior.v[pattern[s]];
        const n = count[s];
        const own = posterior.residual.subarray(s * p, (s + 1) * p);
        spreadOver(posterior.c.subarray(j * b * b, (j + 1) * b * b), posterior.bothWithin, p, spread, n);
        addSquare(own, n, spread);
        if (n > 1) for (let at = first[s]; at < first[s + 1]; at++) {
          d.fill(0);
          for (const i of patterns[pattern[s]].observed) d[i] = answers[order[at] * p + i] - mean[s * p + i];
          addSquare(d, 1, spread);
        }
        sandwich(v, spread, p, product);
        for (let i = 0; i < p * p; i++) omega[i] += n * v[i] - product[i];
        for (let i = 0; i < p; i++) drift[i] += n * dot(v, i * p, own, 0, p);
      }
      const row = out.subarray(j * size, (j + 1) * size);
      withinBuilder.build(omega, this.gramWithin);
      withinBuilder.project(drift, this.projectedWithin);
      addGradient(this.dWithin, this.gramWithin, this.projectedWithin, within.kappa, withinBuilder.stride, -1, row);
      const e = posterior.drifts.subarray(j * level2, (j + 1) * level2);
      posterior.betweenPrecision(j, precision);
      for (let i = 0; i < level2; i++) for (let k = 0; k < level2; k++) precision[i * level2 + k] -= e[i] * e[k];
      betweenBuilder.build(precision, this.gramBetween);
      betweenBuilder.project(e, this.projectedBetween);
      addGradient(this.dBetween, this.gramBetween, this.projectedBetween, between.kappa, betweenBuilder.stride, -1, row);
    }
    this.derived = false;
    return out;
  }

  clusterDrifts(): Float64Array {
    return this.posterior.drifts.slice();
  }
}

/** E M Eᵀ times `scale`: a matrix over the variables of both levels among all level-1 variables. */
function spreadOver(matrix: Float64Array, places: Int32Array, p: number, out: Float64Array, scale = 1): void {
  out.fill(0);
  const b = places.length;
  for (let i = 0; i < b; i++) for (let k = 0; k < b; k++) out[places[i] * p + places[k]] = scale * matrix[i * b + k];
}

/** out = V M V for symmetric matrices. */
function sandwich(v: Float64Array, m: Float64Array, p: number, out: Float64Array): void {
  const half = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let k = 0; k < p; k++) half[i * p + k] = dot(v, i * p, m, k * p, p);
  for (let i = 0; i < p; i++) for (let k = 0; k < p; k++) out[i * p + k] = dot(half, i * p, v, k * p, p);
}
