import { fCdf, fUpper, noncentralFCdf, noncentralFUpper, normalQuantile } from '../numerics/distributions/index.js';
import { findRootFrom } from '../numerics/rootFinding.js';

/**
 * Interval of a share of variance from an F test on df₁ and df₂: the
 * noncentrality parameters λ that put the observed F at the two tails, as
 * λ/(λ + df₁ + df₂ + 1), which is λ/(λ + n) for a model with a constant.
 * @param size n where it is not df₁ + df₂ + 1 (no constant)
 * @see Smithson (2003), Confidence Intervals, ch. 5; Steiger (2004), Psychol. Methods 9, 164-182
 */
export function shareInterval(f: number, df1: number, df2: number, confidence: number, size: number = df1 + df2 + 1): { readonly confLow: number | null; readonly confHigh: number | null } {
  const tail = (1 - confidence) / 2;
  const share = (ncp: number | null): number | null => (ncp === null ? null : ncp / (ncp + size));
  return { confLow: share(noncentralityOfF(f, df1, df2, tail, 'low')), confHigh: share(noncentralityOfF(f, df1, df2, tail, 'high')) };
}

/** Beyond this f·df₁ the noncentral distribution is out of reach and no interval is given. */
const LARGEST_SIGNAL = 1e6;

/** λ ≥ 0 with P(F′ ≥ f) = tail (`low`) or P(F′ ≤ f) = tail (`high`); 0 where even λ = 0 is too large; null if not found. */
export function noncentralityOfF(f: number, df1: number, df2: number, tail: number, end: 'low' | 'high'): number | null {
  if ((end === 'low' ? fUpper(f, df1, df2) - tail : tail - fCdf(f, df1, df2)) >= 0) return 0;
  if (!(f * df1 <= LARGEST_SIGNAL)) return null;
  const excess = (ncp: number): number => (end === 'low' ? noncentralFUpper(f, df1, df2, ncp) - tail : tail - noncentralFCdf(f, df1, df2, ncp));
  // the normal approximation of F′ around the noncentrality that centres it on f: a start that few steps mend
  const centre = Math.max(0, df1 * (f - 1));
  const spread = Math.sqrt(2 * (df1 + 2 * centre) + (2 * (df1 + centre) ** 2) / df2);
  const away = Math.abs(normalQuantile(tail)) * spread;
  const root = findRootFrom(excess, Math.max(0, end === 'low' ? centre - away : centre + away), spread / 4, 0, Infinity, 1e-12);
  return root.ok ? root.x : null;
}
