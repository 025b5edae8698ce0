import type { GroupPart } from '../estimation/groupPart.js';
import type { Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ClusteredGroup } from './clusteredGroup.js';

/** One group of a two-level model, of complete or incomplete rows. */
export interface LevelPart extends GroupPart {
  readonly group: ClusteredGroup;
  readonly within: ImpliedMoments;
  readonly between: ImpliedMoments;
  /** The same discrepancy over structures with more parameters. */
  over(within: ImpliedMoments, between: ImpliedMoments, dWithin: Derivatives, dBetween: Derivatives): LevelPart;
  /** Scores of the clusters over the distinct free parameters, J × size. */
  scores(size: number): Float64Array;
  /**
   * e_j = GᵀV_j⁻¹(y_j − μ_j), J × level-2 variables, V_j the covariance matrix
   * of all answers of a cluster and G what they owe to the level-2 variables:
   * μ_B + Σ_B e_j is what the answers let expect of those.
   */
  clusterDrifts(): Float64Array;
}

export function isLevelPart(part: GroupPart): part is LevelPart {
  return 'clusterDrifts' in part;
}
