import type { SaturatedLevels } from './saturatedLevels.js';
import type { ClusteredGroup } from './clusteredGroup.js';

/** What questions to a two-level fit are answered from, beside the common state of a fit. */
export interface TwoLevelState {
  readonly groups: readonly ClusteredGroup[];
  readonly saturated: SaturatedLevels;
}
