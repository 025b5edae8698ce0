import { fQuantile, fUpper, studentizedRangeQuantile, studentizedRangeUpper, tQuantile, tTwoSided } from '../../../numerics/distributions/index.js';
import type { GroupMoments } from '../oneWayAnova.js';
import { interval, pairCount, type PairwiseRule, type WithinGroups } from './pairwise.js';

/** √(MS_w (1/nᵢ + 1/nⱼ)). */
function pooledError(a: GroupMoments, b: GroupMoments, { meanSquare }: WithinGroups): number {
  return Math.sqrt(meanSquare * (1 / a.n + 1 / b.n));
}

/** Fisher's least significant difference: t on the pooled variance, no adjustment. */
export const leastSignificantDifference: PairwiseRule = (a, b, within) => {
  const stdError = pooledError(a, b, within);
  if (!(stdError > 0)) return null;
  const difference = a.mean - b.mean;
  return { stdError, df: within.df, pValue: tTwoSided(difference / stdError, within.df), ...interval(difference, tQuantile((1 + within.confidence) / 2, within.df) * stdError) };
};

/** t on the pooled variance, p times the number of pairs. */
export const bonferroni: PairwiseRule = (a, b, within) => {
  const stdError = pooledError(a, b, within);
  if (!(stdError > 0)) return null;
  const difference = a.mean - b.mean;
  const pairs = pairCount(within.groups);
  const quantile = tQuantile(1 - (1 - within.confidence) / (2 * pairs), within.df);
  return { stdError, df: within.df, pValue: Math.min(1, pairs * tTwoSided(difference / stdError, within.df)), ...interval(difference, quantile * stdError) };
};

/** Tukey's honestly significant difference for unequal n: |d| √2 / SE on the studentized range. @see Kramer (1956), Biometrics 12, 307-310 */
export const tukey: PairwiseRule = (a, b, within) => {
  const stdError = pooledError(a, b, within);
  if (!(stdError > 0)) return null;
  const difference = a.mean - b.mean;
  const q = (Math.abs(difference) / stdError) * Math.SQRT2;
  const quantile = studentizedRangeQuantile(within.confidence, within.groups, within.df) / Math.SQRT2;
  return { stdError, df: within.df, pValue: studentizedRangeUpper(q, within.groups, within.df), ...interval(difference, quantile * stdError) };
};

/** F = d² / ((g − 1) SE²) with g − 1 and the within df. @see Scheffé (1953), Biometrika 40, 87-110 */
export const scheffe: PairwiseRule = (a, b, within) => {
  const stdError = pooledError(a, b, within);
  if (!(stdError > 0)) return null;
  const difference = a.mean - b.mean;
  const df1 = within.groups - 1;
  const quantile = Math.sqrt(df1 * fQuantile(within.confidence, df1, within.df));
  return { stdError, df: within.df, pValue: fUpper((difference / stdError) ** 2 / df1, df1, within.df), ...interval(difference, quantile * stdError) };
};
