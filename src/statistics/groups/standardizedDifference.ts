import { logGamma, noncentralTCdf, noncentralTUpper } from '../../numerics/distributions/index.js';
import { findRootFrom } from '../../numerics/rootFinding.js';

/** Cohen's d and Hedges's g with intervals from the noncentral t distribution. */
export interface StandardizedDifference {
  readonly d: number;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** g = J d, J = Γ(ν/2) / (√(ν/2) Γ((ν − 1)/2)); null for ν = 1, where J has no value. */
  readonly g: number | null;
  readonly gLow: number | null;
  readonly gHigh: number | null;
}

/**
 * @param t the test's statistic, t = d / scale
 * @param scale √(1/n₁ + 1/n₂) for two samples, 1/√n for one sample or pairs
 * @see Hedges & Olkin (1985), ch. 5; Steiger & Fouladi (1997)
 */
export function standardizedDifference(t: number, df: number, scale: number, confidence: number): StandardizedDifference {
  const tail = (1 - confidence) / 2;
  const low = noncentralityOfT(t, df, tail, 'low');
  const high = noncentralityOfT(t, df, tail, 'high');
  const correction = df > 1 ? Math.exp(logGamma(df / 2) - logGamma((df - 1) / 2)) / Math.sqrt(df / 2) : null;
  const times = (value: number | null, factor: number | null): number | null => (value === null || factor === null ? null : value * factor);
  const corrected = times(scale, correction);
  return { d: t * scale, confLow: times(low, scale), confHigh: times(high, scale), g: times(t, corrected), gLow: times(low, corrected), gHigh: times(high, corrected) };
}

/** Beyond this |t| the noncentral distribution is out of reach and no interval is given. */
const LARGEST_T = 1e6;

/** δ with P(T′ ≥ t) = tail (`low`) or P(T′ ≤ t) = tail (`high`); null if not found. */
function noncentralityOfT(t: number, df: number, tail: number, end: 'low' | 'high'): number | null {
  if (!(Math.abs(t) <= LARGEST_T)) return null;
  const excess = (ncp: number): number => (end === 'low' ? noncentralTUpper(t, df, ncp) - tail : tail - noncentralTCdf(t, df, ncp));
  const width = 2 * Math.sqrt(1 + (t * t) / (2 * df));
  const root = findRootFrom(excess, end === 'low' ? t - width : t + width, 0.5, -Infinity, Infinity, 1e-12);
  return root.ok ? root.x : null;
}
