import type { GroupMoments } from '../oneWayAnova.js';
import type { StandardizedDifference } from '../standardizedDifference.js';

/** Cohen's d of two of several groups; its interval is of this pair alone, not adjusted for the number of pairs. */
export type PairEffect = Pick<StandardizedDifference, 'd' | 'confLow' | 'confHigh'>;

/** Mean of group i less mean of group j. */
export interface PairwiseDifference extends PairwiseTest {
  readonly i: number;
  readonly j: number;
  readonly difference: number;
  /** Standardized as the method sees the variances; null without variation. */
  readonly effect: PairEffect | null;
}

export interface PairwiseTest {
  readonly stdError: number;
  readonly df: number;
  /** Two-sided, adjusted as the method does. */
  readonly pValue: number;
  readonly confLow: number;
  readonly confHigh: number;
}

/** What all pairs share. */
export interface WithinGroups {
  /** Number of groups. */
  readonly groups: number;
  readonly df: number;
  readonly meanSquare: number;
  readonly confidence: number;
}

/** Test of one pair; null when its standard error is zero or unknown. */
export type PairwiseRule = (a: GroupMoments, b: GroupMoments, within: WithinGroups) => PairwiseTest | null;

/** Number of pairs, g(g − 1)/2. */
export function pairCount(groups: number): number {
  return (groups * (groups - 1)) / 2;
}

export function interval(difference: number, half: number): { readonly confLow: number; readonly confHigh: number } {
  return { confLow: difference - half, confHigh: difference + half };
}
