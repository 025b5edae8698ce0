import type { GroupSample } from '../../discrepancy/normalTheory.js';

/** Minimizes the likelihood in factor form near a known solution. */
export interface NearSolver {
  /** F of each group at the solution found last. */
  readonly groupValues: Float64Array;
  /** The solution for the samples as they are now, or null when the steps do not get there. */
  solve(samples: readonly GroupSample[]): Float64Array | null;
}
