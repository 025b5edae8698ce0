import type { NearbyMemory } from './nearbyMemory.js';

/**
 * Steps of limited-memory BFGS upon the inverse of a known curvature, which is
 * kept in single precision: it steers a minimization, so seven digits are
 * plenty, and half the memory is read.
 *
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 7.4
 */
export interface NearbySteps {
  readonly memory: NearbyMemory;
  /** direction = −H⁻¹∇f with the last `kept` updates; answers ∇fᵀ direction. */
  direct(kept: number): number;
  /** trial = x + step · direction. */
  advance(step: number): void;
  /** Moves x to the trial point and writes the update number `kept`; false where it would not be positive definite. */
  keep(kept: number): boolean;
}
