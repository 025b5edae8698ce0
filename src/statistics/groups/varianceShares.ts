import { fCdf, fUpper, noncentralFCdf, noncentralFUpper } from '../../numerics/distributions/index.js';
import { findRoot } from '../../numerics/rootFinding.js';

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
 * Effect sizes of an F test. The interval of η² turns the noncentrality
 * parameters λ that put the observed F at the two tails into λ/(λ + df₁ + df₂ + 1).
 * @see Smithson (2003), Confidence Intervals, ch. 5; Okada (2013), Behaviormetrika 40, 129-147
 */
export function varianceShares(between: number, within: number, df1: number, df2: number, f: number | null, confidence: number): VarianceShares {
  const total = between + within;
  if (!(total > 0) || f === null) return { etaSquared: null, confLow: null, confHigh: null, omegaSquared: null, epsilonSquared: null };
  const error = within / df2;
  const share = (ncp: number | null): number | null => (ncp === null ? null : ncp / (ncp + df1 + df2 + 1));
  const tail = (1 - confidence) / 2;
  return {
    etaSquared: between / total,
    confLow: share(noncentralityOfF(f, df1, df2, tail, 'low')),
    confHigh: share(noncentralityOfF(f, df1, df2, tail, 'high')),
    omegaSquared: (between - df1 * error) / (total + error),
    epsilonSquared: (between - df1 * error) / total
  };
}

/** Beyond this f·df₁ the noncentral distribution is out of reach and no interval is given. */
const LARGEST_SIGNAL = 1e6;

/** λ ≥ 0 with P(F′ ≥ f) = tail (`low`) or P(F′ ≤ f) = tail (`high`); 0 where even λ = 0 is too large; null if not found. */
export function noncentralityOfF(f: number, df1: number, df2: number, tail: number, end: 'low' | 'high'): number | null {
  if ((end === 'low' ? fUpper(f, df1, df2) - tail : tail - fCdf(f, df1, df2)) >= 0) return 0;
  if (!(f * df1 <= LARGEST_SIGNAL)) return null;
  const excess = (ncp: number): number => (end === 'low' ? noncentralFUpper(f, df1, df2, ncp) - tail : tail - noncentralFCdf(f, df1, df2, ncp));
  let high = Math.max(1, f * df1);
  for (let doubling = 0; excess(high) < 0; doubling++, high *= 2) if (doubling > 60) return null;
  const root = findRoot(excess, 0, high, 1e-12);
  return root.ok ? root.x : null;
}
