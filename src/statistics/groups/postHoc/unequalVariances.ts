import { studentizedRangeQuantile, studentizedRangeUpper, tQuantile, tTwoSided } from '../../../numerics/distributions/index.js';
import type { GroupMoments } from '../oneWayAnova.js';
import { welchDf } from '../welchDf.js';
import { interval, pairCount, type PairwiseRule } from './pairwise.js';

/** SE = √(sᵢ²/nᵢ + sⱼ²/nⱼ) with Welch's degrees of freedom; null for a group of one or without variance in both. */
function welchError(a: GroupMoments, b: GroupMoments): { readonly stdError: number; readonly df: number } | null {
  if (a.variance === null || b.variance === null) return null;
  const va = a.variance / a.n;
  const vb = b.variance / b.n;
  if (!(va + vb > 0)) return null;
  return { stdError: Math.sqrt(va + vb), df: welchDf(va, a.n, vb, b.n) };
}

/** Welch's t with Šidák's adjustment, p = 1 − (1 − p)^pairs. @see Tamhane (1979), JASA 74, 471-480 */
export const tamhane: PairwiseRule = (a, b, { groups, confidence }) => {
  const error = welchError(a, b);
  if (!error) return null;
  const difference = a.mean - b.mean;
  const pairs = pairCount(groups);
  const p = tTwoSided(difference / error.stdError, error.df);
  const tail = -Math.expm1(Math.log(confidence) / pairs);
  return { ...error, pValue: p >= 1 ? 1 : -Math.expm1(pairs * Math.log1p(-p)), ...interval(difference, tQuantile(1 - tail / 2, error.df) * error.stdError) };
};

/** Studentized range on Welch's error and degrees of freedom. @see Games & Howell (1976), J. Educ. Stat. 1, 113-125 */
export const gamesHowell: PairwiseRule = (a, b, { groups, confidence }) => {
  const error = welchError(a, b);
  if (!error) return null;
  const difference = a.mean - b.mean;
  const q = (Math.abs(difference) / error.stdError) * Math.SQRT2;
  const quantile = studentizedRangeQuantile(confidence, groups, error.df) / Math.SQRT2;
  return { ...error, pValue: studentizedRangeUpper(q, groups, error.df), ...interval(difference, quantile * error.stdError) };
};
