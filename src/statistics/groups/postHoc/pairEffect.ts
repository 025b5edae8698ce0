import { normalQuantile } from '../../../numerics/distributions/index.js';
import { standardizedDifference } from '../standardizedDifference.js';
import type { GroupMoments } from '../oneWayAnova.js';
import type { PairEffect, WithinGroups } from './pairwise.js';

/**
 * d = (x̄ᵢ − x̄ⱼ)/√MS_w, interval from the noncentral t with the within df: the
 * standardizer of methods that pool the variances of all groups.
 * @see Steiger (2004), Psychol. Methods 9, 164-182 (standardized contrasts)
 */
export function pooledPairEffect(a: GroupMoments, b: GroupMoments, { meanSquare, df, confidence }: WithinGroups): PairEffect | null {
  if (!(meanSquare > 0)) return null;
  const scale = Math.sqrt(1 / a.n + 1 / b.n);
  const { d, confLow, confHigh } = standardizedDifference((a.mean - b.mean) / (Math.sqrt(meanSquare) * scale), df, scale, confidence);
  return { d, confLow, confHigh };
}

/**
 * d = (x̄ᵢ − x̄ⱼ)/s with s² = (sᵢ² + sⱼ²)/2, for groups that do not share a
 * variance; SE² = d²(sᵢ⁴/(nᵢ − 1) + sⱼ⁴/(nⱼ − 1))/(8s⁴) + (sᵢ²/(nᵢ − 1) + sⱼ²/(nⱼ − 1))/s²,
 * normal interval.
 * @see Bonett (2008), Psychol. Methods 13, 99-109, eqs. 10-11
 */
export function averagedPairEffect(a: GroupMoments, b: GroupMoments, { confidence }: WithinGroups): PairEffect | null {
  if (a.variance === null || b.variance === null || !(a.variance + b.variance > 0)) return null;
  const square = (a.variance + b.variance) / 2;
  const d = (a.mean - b.mean) / Math.sqrt(square);
  // shares of s², so that no fourth power of a unit is formed
  const [va, vb] = [a.variance / square, b.variance / square];
  const stdError = Math.sqrt((d * d * (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1))) / 8 + va / (a.n - 1) + vb / (b.n - 1));
  const reach = normalQuantile((1 + confidence) / 2) * stdError;
  return { d, confLow: d - reach, confHigh: d + reach };
}
