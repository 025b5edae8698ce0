import { addGradient, addSecondDerivatives } from '../implied/curvature.js';
import type { Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { jacobian, momentCount, momentVector } from '../implied/jacobian.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { GroupPart } from './groupPart.js';

/** A symmetric weight matrix of the moments: its diagonal only, or the whole of it. */
export type MomentWeight = { readonly kind: 'diagonal'; readonly values: Float64Array } | { readonly kind: 'full'; readonly values: Float64Array };

/**
 * A group under weighted least squares, F = (s − σ)ᵀ W (s − σ), with s the
 * means (when modelled) and the lower triangle of S.
 * @see Browne (1984), British Journal of Mathematical and Statistical Psychology 37(1)
 */
export class MomentPart implements GroupPart {
  private readonly count: number;
  private readonly observed: Float64Array;
  private readonly current: Float64Array;
  private readonly weighted: Float64Array;
  private readonly omega: Float64Array;
  private readonly omegaVector: Float64Array;
  private readonly omegaGram: Float64Array;
  private readonly drift: Float64Array;
  private readonly builder: GramBuilder;
  private delta: Float64Array | undefined;
  private product: Float64Array | undefined;

  constructor(readonly implied: ImpliedMoments, private readonly sample: GroupSample, readonly weight: MomentWeight, private readonly d: Derivatives, private readonly means: boolean) {
    const { p } = implied.structure;
    this.count = momentCount(p, means);
    this.observed = new Float64Array(this.count);
    momentVector(sample.mean, sample.covariance, p, means, this.observed);
    this.current = new Float64Array(this.count);
    this.weighted = new Float64Array(this.count);
    this.omega = new Float64Array(p * p);
    this.omegaVector = new Float64Array(p);
    this.builder = new GramBuilder(implied);
    this.omegaGram = new Float64Array(this.builder.stride ** 2);
    this.drift = new Float64Array(this.builder.stride);
  }

  /** The same discrepancy over a structure with more parameters. */
  over(implied: ImpliedMoments, d: Derivatives): MomentPart {
    return new MomentPart(implied, this.sample, this.weight, d, this.means);
  }

  evaluate(values: Float64Array): number | null {
    const { implied, count, observed, current, weighted, weight } = this;
    implied.setCells(values);
    if (!implied.update()) return null;
    momentVector(implied.mu, implied.sigma, implied.structure.p, this.means, current);
    for (let i = 0; i < count; i++) current[i] = observed[i] - current[i];
    let value = 0;
    for (let i = 0; i < count; i++) {
      let sum = 0;
      if (weight.kind === 'diagonal') sum = weight.values[i] * current[i];
      else for (let j = 0; j < count; j++) sum += weight.values[i * count + j] * current[j];
      weighted[i] = sum;
      value += sum * current[i];
    }
    return Number.isFinite(value) ? value : null;
  }

  private derive(): void {
    const { p } = this.implied.structure;
    const { weighted, omega, omegaVector } = this;
    let at = 0;
    if (this.means) for (let i = 0; i < p; i++) omegaVector[i] = weighted[at++];
    for (let j = 0; j < p; j++) {
      for (let i = j; i < p; i++) {
        const value = weighted[at++];
        omega[i * p + j] = i === j ? -2 * value : -value;
        omega[j * p + i] = omega[i * p + j];
      }
    }
    this.builder.build(omega, this.omegaGram);
    this.builder.project(omegaVector, this.drift);
  }

  addGradient(weight: number, out: Float64Array): void {
    this.derive();
    addGradient(this.d, this.omegaGram, this.drift, this.implied.kappa, this.builder.stride, weight, out);
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    const { count, implied, d } = this;
    const delta = (this.delta ??= new Float64Array(count * q));
    jacobian(d, implied, q, this.means, delta);
    const weighted = this.weightedJacobian(delta, q);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < q; k++) {
        const factor = weight * delta[i * q + k];
        if (factor !== 0) for (let l = 0; l <= k; l++) out[k * q + l] += factor * weighted[i * q + l];
      }
    }
  }

  /** WΔ, moments × q. */
  private weightedJacobian(delta: Float64Array, q: number): Float64Array {
    const { count, weight } = this;
    const out = (this.product ??= new Float64Array(count * q));
    out.fill(0);
    for (let i = 0; i < count; i++) {
      if (weight.kind === 'diagonal') {
        for (let k = 0; k < q; k++) out[i * q + k] = weight.values[i] * delta[i * q + k];
        continue;
      }
      for (let j = 0; j < count; j++) {
        const factor = weight.values[i * count + j];
        if (factor !== 0) for (let k = 0; k < q; k++) out[i * q + k] += factor * delta[j * q + k];
      }
    }
    return out;
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    this.addInformation(weight, q, out);
    if (!curved) return;
    this.derive();
    addSecondDerivatives(this.d, this.implied, this.omegaGram, this.drift, weight, q, out);
  }
}
