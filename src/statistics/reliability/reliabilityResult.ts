import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { ScaleIntervals } from './scaleIntervals.js';
import type { SplitHalf } from './splitHalf.js';

export interface ReliabilityOptions {
  confidence: number;
  /** Names of items to turn, beside those that the codebook marks. */
  reverse: readonly string[];
  /** Also compute omega (one-factor ML). */
  omega: boolean;
  /** Bootstrap draws for a percentile interval of omega; 0 leaves the delta method's. */
  draws: number;
  seed: number;
}

export interface ItemReliability {
  readonly item: string;
  readonly label: Bilingual | undefined;
  /** Scored as min + max − x. */
  readonly reversed: boolean;
  readonly mean: number;
  readonly sd: number;
  /** Mean and variance of the sum of the other items. */
  readonly scaleMeanIfDeleted: number;
  readonly scaleVarianceIfDeleted: number;
  /** Correlation with the sum of the other items. */
  readonly itemTotal: number | null;
  /** Fisher interval of `itemTotal`. */
  readonly itemTotalLow: number | null;
  readonly itemTotalHigh: number | null;
  /** Correlation with the sum of all items, itself included. */
  readonly itemTotalUncorrected: number | null;
  /** R² of the item on the others. */
  readonly squaredMultiple: number | null;
  readonly alphaIfDeleted: number | null;
  /** Feldt's interval of `alphaIfDeleted`. */
  readonly alphaIfDeletedLow: number | null;
  readonly alphaIfDeletedHigh: number | null;
}

/** Reliability of one scale. */
export interface Reliability extends Analysis {
  readonly kind: 'reliability';
  readonly options: Readonly<ReliabilityOptions>;
  /** Name of the construct, where the items came as one. */
  readonly scale: string | undefined;
  readonly label: Bilingual | undefined;
  readonly items: readonly ItemReliability[];
  /** Rows that answer all items. */
  readonly n: number;
  readonly rows: number;
  readonly alpha: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** k r̄/(1 + (k − 1) r̄). */
  readonly standardizedAlpha: number | null;
  readonly meanInterItem: number | null;
  readonly omega: number | null;
  /** Percentile bootstrap when draws were asked for, else the delta method. */
  readonly omegaLow: number | null;
  readonly omegaHigh: number | null;
  readonly standardizedOmega: number | null;
  readonly lambda2: number | null;
  /** λ₆ = 1 − Σ sᵢ² (1 − SMCᵢ) / σ². */
  readonly lambda6: number | null;
  readonly splitHalf: SplitHalf | null;
  /** Of the coefficients beside alpha. */
  readonly intervals: ScaleIntervals;
  /** Mean, variance and SD of the sum score. */
  readonly scaleMean: number;
  readonly scaleVariance: number;
}
