import { Slab } from '../../../numerics/dense/slab.js';
import type { GroupDiscrepancy } from '../discrepancy/normalTheory.js';
import { addCandidateInformation, addCrossCurvature, addExpectedInformation, addGradient, addSecondDerivatives } from '../implied/curvature.js';
import type { Derivatives } from '../implied/derivatives.js';
import { GramBuilder } from '../implied/gram.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { GroupPart } from './groupPart.js';

/** A group under maximum likelihood or generalized least squares: everything from inner products of the derivative vectors. */
export class NormalPart implements GroupPart {
  private readonly builder: GramBuilder;
  private readonly omegaGram: Float64Array;
  private readonly vGram: Float64Array;
  private readonly drift: Float64Array;
  private derived = false;
  private vBuilt = false;

  constructor(readonly implied: ImpliedMoments, readonly discrepancy: GroupDiscrepancy, readonly d: Derivatives, private readonly means: boolean) {
    this.builder = new GramBuilder(implied);
    const s = this.builder.stride;
    const slab = new Slab(2 * s * s + s);
    this.omegaGram = slab.take(s * s);
    this.vGram = slab.take(s * s);
    this.drift = slab.take(s);
  }

  /** The same discrepancy over a structure with more parameters. */
  over(implied: ImpliedMoments, d: Derivatives): NormalPart {
    return new NormalPart(implied, this.discrepancy, d, this.means);
  }

  evaluate(values: Float64Array): number | null {
    this.implied.setCells(values);
    if (this.implied.updateLatent()) return this.evaluateHere();
    this.derived = false;
    this.vBuilt = false;
    return null;
  }

  /** F at the cells and latent moments as they are. */
  evaluateHere(): number | null {
    this.derived = false;
    this.vBuilt = false;
    this.implied.updateObserved();
    return this.discrepancy.value(this.implied);
  }

  private derive(): void {
    if (this.derived) return;
    this.discrepancy.derive();
    this.builder.build(this.discrepancy.omega, this.omegaGram);
    if (this.means) this.builder.project(this.discrepancy.drift, this.drift);
    this.derived = true;
  }

  /** Gram of V at the current point, (p + 2m)². */
  informationGram(): Float64Array {
    if (!this.vBuilt) this.builder.build(this.discrepancy.v, this.vGram);
    this.vBuilt = true;
    return this.vGram;
  }

  get stride(): number {
    return this.builder.stride;
  }

  addGradient(weight: number, out: Float64Array): void {
    this.derive();
    addGradient(this.d, this.omegaGram, this.drift, this.implied.kappa, this.stride, weight, out);
  }

  addInformation(weight: number, q: number, out: Float64Array): void {
    addExpectedInformation(this.d, this.informationGram(), this.implied.kappa, this.stride, weight, q, out, this.means);
  }

  addHessian(weight: number, q: number, out: Float64Array, curved = true): void {
    this.derive();
    const v = this.informationGram();
    if (this.discrepancy.likelihood) addCrossCurvature(this.d, v, this.omegaGram, this.drift, this.implied.kappa, this.stride, weight, q, out);
    else addExpectedInformation(this.d, v, this.implied.kappa, this.stride, weight, q, out, this.means);
    if (curved) addSecondDerivatives(this.d, this.implied, this.omegaGram, this.drift, weight, q, out);
  }

  /** Information blocks of candidate parameters, see `addCandidateInformation`. */
  addCandidates(weight: number, free: number, cross: Float64Array, diagonal: Float64Array): void {
    addCandidateInformation(this.d, this.informationGram(), this.implied.kappa, this.stride, weight, free, this.means, cross, diagonal);
  }
}
