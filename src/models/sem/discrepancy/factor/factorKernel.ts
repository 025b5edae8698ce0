import type { FactorMemory } from './factorMemory.js';

/** The arithmetic of an evaluation in factor form over its memory; see `FactorLikelihood` for the formulas. */
export interface FactorKernel {
  readonly memory: FactorMemory;
  /** ln|Θ| + ln|G| and tr(TΘ⁻¹) − tr(DA) at Λ, Θ, Φ and r as they are; false where Θ or Σ is not safely positive definite. */
  value(): boolean;
  /** D, E, ΛᵀΩΛ, Ω, ω and the slopes of Λ at the point whose value was asked for last. */
  derive(): void;
}
