import { FactorLikelihood } from '../discrepancy/factorLikelihood.js';
import type { GroupSample, MaximumLikelihood } from '../discrepancy/normalTheory.js';
import type { Derivatives } from '../implied/derivatives.js';
import type { GroupPart } from './groupPart.js';
import type { NormalPart } from './normalPart.js';

/**
 * A group under maximum likelihood in factor form: values and gradients without
 * forming Σ. What needs more (curvature, implied moments of the observed
 * variables) is asked of the general part, which `settle` moves to the point.
 */
export class FactorPart implements GroupPart {
  private readonly likelihood: FactorLikelihood;
  private settled = false;

  constructor(private readonly general: NormalPart, discrepancy: MaximumLikelihood, sample: GroupSample, private readonly d: Derivatives, means: boolean) {
    this.likelihood = new FactorLikelihood(general.implied, sample, means, () => discrepancy.logDetSample);
  }

  evaluate(values: Float64Array): number | null {
    const { implied } = this.general;
    this.settled = false;
    implied.setCells(values);
    return implied.updateLatent() ? this.likelihood.value() : null;
  }

  /** The general part at the point evaluated last. */
  settle(): NormalPart {
    if (!this.settled) this.general.evaluateHere();
    this.settled = true;
    return this.general;
  }

  addGradient(weight: number, out: Float64Array): void {
    this.likelihood.addGradient(this.d, weight, out);
  }

  /** See `FactorLikelihood.addInformationDiagonal`; the gradient must have been asked for. */
  addInformationDiagonal(weight: number, out: Float64Array): void {
    this.likelihood.addInformationDiagonal(this.d, weight, out);
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    this.settle().addInformation(weight, q, out);
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    this.settle().addHessian(weight, q, out, curved);
  }
}
