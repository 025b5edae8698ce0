import type { Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Table } from '../../shared/table.js';
import type { RegressOptions } from './options.js';
import type { Probe, ProbeRule } from './probes.js';
import type { RegressionFit } from './results.js';

export interface ModerationSpec extends Pick<RegressOptions, 'se' | 'cluster' | 'weights' | 'confLevel' | 'missing'> {
  readonly outcome: string;
  readonly predictor: string;
  readonly moderator: string;
  readonly covariates?: readonly string[];
  /** What is subtracted from predictor and moderator before they are multiplied: their means (default) or nothing. */
  readonly centre?: 'mean' | 'none';
  /** Where simple slopes are taken: −1, 0, +1 SD (default), the 16th, 50th and 84th percentiles, or given values (uncentred). */
  readonly probe?: ProbeRule;
}

/** The effect of the predictor at one value of the moderator. */
export interface SimpleSlope {
  readonly probe: Probe;
  readonly estimate: number;
  readonly stdError: number;
  readonly statistic: number;
  readonly pValue: number;
  readonly confLow: number;
  readonly confHigh: number;
}

/** A moderator value at which the effect turns significant or ceases to be. */
export interface JohnsonNeymanBound {
  /** In the moderator's own units. */
  readonly value: number;
  /** Shares of the rows below and above. */
  readonly below: number;
  readonly above: number;
}

export interface Moderation {
  readonly kind: 'moderation';
  readonly spec: ModerationSpec;
  /** The codebook's wording of the three, else their names. */
  readonly labels: { readonly outcome: Bilingual; readonly predictor: Bilingual; readonly moderator: Bilingual };
  /** Two blocks: main effects and covariates, then the product. */
  readonly fit: RegressionFit;
  readonly slopes: readonly SimpleSlope[];
  /** Bounds inside the observed range of the moderator; none when the effect is significant everywhere or nowhere in it. */
  readonly johnsonNeyman: readonly JohnsonNeymanBound[];
  /** Effect and interval over 21 moderator values from least to greatest, for a plot. */
  readonly region: readonly SimpleSlope[];
  /** The outcome as a line over the observed range of the predictor (its own units) per probed moderator value, covariates at their means. */
  readonly interaction: {
    readonly from: number;
    readonly to: number;
    readonly lines: readonly { readonly probe: Probe; readonly intercept: number; readonly slope: number }[];
  };
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}
