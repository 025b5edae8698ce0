import { cholesky, choleskyInverse, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { axpy, dot } from '../../../numerics/dense/dot.js';
import { PatternInverse } from '../discrepancy/patternInverse.js';
import { addCrossCurvature, addExpectedInformation, addGradient, addSecondDerivatives } from '../implied/curvature.js';
import type { Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { GroupPart } from './groupPart.js';
import type { MissingPattern } from './missingPatterns.js';

/**
 * A group under full-information maximum likelihood: with f_p the share of the
 * rows of pattern p, r = ȳ_p − μ,
 *
 *   F = Σ_p f_p [ln|Σ_p| + tr(S_pΣ_p⁻¹) + rᵀΣ_p⁻¹r] − F_h1,
 *
 * F_h1 the same of the saturated model.
 * @see Arbuckle (1996); Savalei (2010), Psychological Methods 15(4)
 */
export class FimlPart implements GroupPart {
  /** Σ f_p (V_p − V_pT_pV_p), p × p. */
  private readonly omega: Float64Array;
  private readonly drift: Float64Array;
  private readonly v: Float64Array;
  private readonly factor: Float64Array;
  private readonly scratch: Float64Array;
  private readonly product: Float64Array;
  private readonly vp: Float64Array;
  private readonly residual: Float64Array;
  private readonly weighted: Float64Array;
  private readonly inverse: PatternInverse;
  private readonly builder: GramBuilder;
  private readonly omegaGram: Float64Array;
  private readonly vGram: Float64Array;
  private readonly driftProjection: Float64Array;
  private derived = false;

  constructor(readonly implied: ImpliedMoments, readonly patterns: readonly MissingPattern[], private readonly d: Derivatives, readonly saturatedValue: number) {
    const { p } = implied.structure;
    this.omega = new Float64Array(p * p);
    this.drift = new Float64Array(p);
    this.v = new Float64Array(p * p);
    this.factor = new Float64Array(p * p);
    this.scratch = new Float64Array(p * p);
    this.product = new Float64Array(p * p);
    this.vp = new Float64Array(p * p);
    this.residual = new Float64Array(p);
    this.weighted = new Float64Array(p);
    this.inverse = new PatternInverse(p);
    this.builder = new GramBuilder(implied);
    const s = this.builder.stride;
    this.omegaGram = new Float64Array(s * s);
    this.vGram = new Float64Array(s * s);
    this.driftProjection = new Float64Array(s);
  }

  /** The same discrepancy over a structure with more parameters. */
  over(implied: ImpliedMoments, d: Derivatives): FimlPart {
    return new FimlPart(implied, this.patterns, d, this.saturatedValue);
  }

  evaluate(values: Float64Array): number | null {
    const { implied, patterns, omega, drift, v, factor, scratch, inverse, weighted, residual } = this;
    const { p } = implied.structure;
    this.derived = false;
    implied.setCells(values);
    if (!implied.update()) return null;
    factor.set(implied.sigma);
    if (cholesky(factor, p) >= 0) return null;
    const logDet = logDeterminant(factor, p);
    choleskyInverse(factor, p, v, scratch);
    omega.set(v);
    drift.fill(0);
    let total = 0;
    for (const pattern of patterns) {
      const { missing, share, covariance } = pattern;
      if (!inverse.set(v, missing)) return null;
      const { u, count } = inverse;
      this.residualOf(pattern);
      this.weigh(pattern);
      let value = logDet + inverse.logDetBlock;
      for (let i = 0; i < p; i++) value += residual[i] * weighted[i];
      for (let a = 0; a < count; a++) for (let i = 0; i < p; i++) axpy(omega, i * p, -share * u[a * p + i], u, a * p, i + 1);
      for (let i = 0; i < p; i++) {
        axpy(omega, i * p, -share * weighted[i], weighted, 0, i + 1);
        drift[i] += share * weighted[i];
      }
      if (covariance) value += this.addSpread(pattern, share);
      total += share * value;
    }
    for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) omega[j * p + i] = omega[i * p + j];
    return Number.isFinite(total) ? total - this.saturatedValue : null;
  }

  private residualOf({ mean, observed }: MissingPattern): void {
    const { residual, implied } = this;
    residual.fill(0);
    for (const j of observed) residual[j] = mean[j] - implied.mu[j];
  }

  /** weighted = V_p r, after `inverse.set`. */
  private weigh({ missing }: MissingPattern): void {
    const { v, residual, weighted, inverse } = this;
    const p = residual.length;
    for (let i = 0; i < p; i++) weighted[i] = dot(v, i * p, residual, 0, p);
    for (let a = 0; a < inverse.count; a++) axpy(weighted, 0, -dot(inverse.u, a * p, residual, 0, p), inverse.u, a * p, p);
    for (const j of missing) weighted[j] = 0;
  }

  /** Subtracts share · V_pS_pV_p from Ω (lower triangle) and answers tr(V_pS_p). */
  private addSpread({ covariance, missing }: MissingPattern, share: number): number {
    const { v, vp, product, omega, inverse } = this;
    const p = this.residual.length;
    const s = covariance as Float64Array;
    inverse.matrix(v, missing, vp);
    let trace = 0;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) product[i * p + j] = dot(vp, i * p, s, j * p, p);
      trace += product[i * p + i];
    }
    for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) omega[i * p + j] -= share * dot(product, i * p, vp, j * p, p);
    return trace;
  }

  private derive(): void {
    if (this.derived) return;
    this.builder.build(this.omega, this.omegaGram);
    this.builder.project(this.drift, this.driftProjection);
    this.derived = true;
  }

  addGradient(weight: number, out: Float64Array): void {
    this.derive();
    addGradient(this.d, this.omegaGram, this.driftProjection, this.implied.kappa, this.builder.stride, weight, out);
  }

  /** Gram of V_p and V_p itself, for every pattern in turn. */
  forPatterns(visit: (pattern: MissingPattern, vp: Float64Array, gram: Float64Array) => void): void {
    const { patterns, inverse, v, vp, builder, vGram } = this;
    for (const pattern of patterns) {
      inverse.set(v, pattern.missing);
      inverse.matrix(v, pattern.missing, vp);
      builder.build(vp, vGram);
      visit(pattern, vp, vGram);
    }
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    this.forPatterns((pattern, _, gram) => addExpectedInformation(this.d, gram, this.implied.kappa, this.builder.stride, weight * pattern.share, q, out, true));
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    const { builder, implied, d, product, weighted } = this;
    const { p } = implied.structure;
    const s = builder.stride;
    const own = new Float64Array(p * p);
    const ownGram = new Float64Array(s * s);
    const ownDrift = new Float64Array(s);
    this.forPatterns((pattern, vp, gram) => {
      this.residualOf(pattern);
      for (let i = 0; i < p; i++) weighted[i] = dot(vp, i * p, this.residual, 0, p);
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) own[i * p + j] = vp[i * p + j] - weighted[i] * weighted[j];
      if (pattern.covariance) {
        for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) product[i * p + j] = dot(vp, i * p, pattern.covariance, j * p, p);
        for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) own[i * p + j] -= dot(product, i * p, vp, j * p, p);
      }
      builder.build(own, ownGram);
      builder.project(weighted, ownDrift);
      addCrossCurvature(d, gram, ownGram, ownDrift, implied.kappa, s, weight * pattern.share, q, out);
    });
    if (!curved) return;
    this.derive();
    addSecondDerivatives(d, implied, this.omegaGram, this.driftProjection, weight, q, out);
  }
}
