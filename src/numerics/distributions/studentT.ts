import { incompleteBeta, logBetaKernel } from '../special/incompleteBeta.js';
import { stirlingError } from '../special/saddlePoint.js';
import { betaLogitQuantile } from './beta.js';
import { normalCdf, normalDensity, normalLogCdf, normalQuantile, normalTwoSided } from './normal.js';

/** P(|T| > |t|), or its log: I_{ν/(ν+t²)}(ν/2, ½). */
function twoSided(t: number, df: number, log: boolean): number {
  if (df === Infinity) return log ? Math.LN2 + normalLogCdf(-Math.abs(t)) : normalTwoSided(t);
  const ratio = (t / df) * t;
  const inside = ratio > 1e300 ? 1 / ratio : 1 / (1 + ratio);
  const outside = ratio > 1e300 ? 1 : ratio / (1 + ratio);
  return incompleteBeta(df / 2, 0.5, inside, outside, false, log);
}

/** P(|T| ≤ |t|). */
function central(t: number, df: number): number {
  const ratio = (t / df) * t;
  return incompleteBeta(df / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio), true, false);
}

export function tDensity(t: number, df: number): number {
  if (df === Infinity) return normalDensity(t);
  const ratio = (t * t) / df;
  // 1/(√ν B(ν/2, ½)) by Stirling's formula with its exact error
  if (t === 0) return Math.exp(stirlingError((df + 1) / 2) - stirlingError(df / 2) + 0.5 * (df * Math.log1p(1 / df) - 1)) / Math.sqrt(2 * Math.PI);
  return Math.exp(logBetaKernel(df / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio))) / Math.abs(t);
}

/** P(T ≤ t) for Student's t with `df` degrees of freedom (may be fractional or Infinity). */
export function tCdf(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  if (df === Infinity) return normalCdf(t);
  if (t < 0) return 0.5 * twoSided(t, df, false);
  return 0.5 + 0.5 * central(t, df);
}

export function tUpper(t: number, df: number): number {
  return tCdf(-t, df);
}

/** P(|T| > |t|), the p value of a t statistic. */
export function tTwoSided(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  return twoSided(t, df, false);
}

export function tLogCdf(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return NaN;
  if (t < 0) return twoSided(t, df, true) - Math.LN2;
  return Math.log1p(-0.5 * twoSided(t, df, false));
}

export function tLogUpper(t: number, df: number): number {
  return tLogCdf(-t, df);
}

/** t with P(T ≤ t) = p. */
export function tQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return NaN;
  if (df === Infinity) return normalQuantile(p);
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  if (p === 0.5) return 0;
  const tails = 2 * Math.min(p, 1 - p);
  // T²/ν follows the beta-prime law with shapes ½ and ν/2
  const logit = tails <= 0.5 ? betaLogitQuantile(tails, 0.5, df / 2, 'upper') : betaLogitQuantile(Math.abs(1 - 2 * p), 0.5, df / 2, 'lower');
  const size = Math.sqrt(df) * Math.exp(logit / 2);
  return p < 0.5 ? -size : size;
}
