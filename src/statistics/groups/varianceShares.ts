import { shareInterval } from '../noncentralF.js';

/** Shares of variance explained; the less biased ones may be negative and are not cut at zero, as in SPSS. */
export interface VarianceShares {
  /** η² = SS_b / SS_t (partial η² in a factorial design). */
  readonly etaSquared: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** ω² = (SS_b − df_b MS_w) / (SS_t + MS_w). */
  readonly omegaSquared: number | null;
  /** ε² = (SS_b − df_b MS_w) / SS_t. */
  readonly epsilonSquared: number | null;
}

/**
 * Effect sizes of an F test. The interval is of the population's share of
 * variance, which η², ω² and ε² all estimate.
 * @see Smithson (2003), Confidence Intervals, ch. 5; Okada (2013), Behaviormetrika 40, 129-147
 */
export function varianceShares(between: number, within: number, df1: number, df2: number, f: number | null, confidence: number): VarianceShares {
  const total = between + within;
  if (!(total > 0) || f === null) return { etaSquared: null, confLow: null, confHigh: null, omegaSquared: null, epsilonSquared: null };
  const error = within / df2;
  return {
    etaSquared: between / total,
    ...shareInterval(f, df1, df2, confidence),
    omegaSquared: (between - df1 * error) / (total + error),
    epsilonSquared: (between - df1 * error) / total
  };
}
