import { FactorLikelihood } from '../discrepancy/factor/factorLikelihood.js';
import type { FactorKernel } from '../discrepancy/factor/factorKernel.js';
import { factorPattern, type FactorPattern } from '../discrepancy/factor/factorPattern.js';
import { PlainKernel } from '../discrepancy/factor/plainKernel.js';
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

  /** @param kernelOf where the arithmetic is done, by default without WebAssembly: an instance of it costs more than a fit's evaluations */
  constructor(private readonly general: NormalPart, discrepancy: MaximumLikelihood, sample: GroupSample, d: Derivatives, means: boolean, kernelOf: (pattern: FactorPattern, means: boolean) => FactorKernel = (pattern, withMeans) => new PlainKernel(pattern, withMeans), pattern: FactorPattern = factorPattern(general.implied.structure)) {
    this.likelihood = new FactorLikelihood(general.implied, sample, d, pattern, kernelOf(pattern, means), () => discrepancy.logDetSample);
  }

  /** Reads the sample moments again, after they were overwritten in place. */
  readSample(): void {
    this.likelihood.readSample();
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
    this.likelihood.addGradient(weight, out);
  }

  /** See `FactorLikelihood.addInformationDiagonal`; the gradient must have been asked for. */
  addInformationDiagonal(weight: number, out: Float64Array): void {
    this.likelihood.addInformationDiagonal(weight, out);
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    this.settle().addInformation(weight, q, out);
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    this.settle().addHessian(weight, q, out, curved);
  }
}
