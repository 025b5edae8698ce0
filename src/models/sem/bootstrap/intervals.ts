import { sortedCopy, type SortingRoom } from '../../../numerics/resampling/sortedCopy.js';
import { normalCdf, normalQuantile } from '../../../numerics/distributions/index.js';

export type IntervalKind = 'percentile' | 'basic' | 'normal' | 'bc' | 'bca';

/**
 * The α quantile of sorted draws t*(1) … t*(R) at rank (R + 1)α, between ranks
 * on the scale of normal quantiles.
 * @see Davison & Hinkley (1997), Bootstrap Methods and their Application, eq. 5.8
 */
export function drawQuantile(sorted: Float64Array, alpha: number): number {
  const count = sorted.length;
  const rank = (count + 1) * alpha;
  const below = Math.trunc(rank);
  if (below === 0) return sorted[0];
  if (below >= count) return sorted[count - 1];
  if (below === rank) return sorted[below - 1];
  const at = normalQuantile(alpha);
  const low = normalQuantile(below / (count + 1));
  const high = normalQuantile((below + 1) / (count + 1));
  return sorted[below - 1] + ((at - low) / (high - low)) * (sorted[below] - sorted[below - 1]);
}

export interface DrawSummary {
  readonly mean: number;
  /** Standard deviation of the draws, divisor R − 1: the bootstrap standard error. */
  readonly sd: number;
  readonly sorted: Float64Array;
}

/** @param room where the sorted draws are written, by default a new one */
export function summarizeDraws(draws: Float64Array, room?: SortingRoom): DrawSummary {
  const sorted = sortedCopy(draws, room);
  let mean = 0;
  for (let d = 0; d < draws.length; d++) mean += draws[d];
  mean /= draws.length;
  let squares = 0;
  for (let d = 0; d < draws.length; d++) squares += (draws[d] - mean) * (draws[d] - mean);
  return { mean, sd: Math.sqrt(squares / (draws.length - 1)), sorted };
}

/**
 * One interval. `normal` is bias-corrected: 2·est − mean* ± z·sd*; `bc` and `bca`
 * move the percentiles by z₀ = Φ⁻¹(share of draws below the estimate) and, for
 * `bca`, by the acceleration a.
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap, 14.3
 * @returns null where the draws do not vary or lie on one side of the estimate
 */
export function interval(kind: IntervalKind, estimate: number, { mean, sd, sorted }: DrawSummary, level: number, acceleration: number = 0): readonly [low: number, high: number] | null {
  if (!(sd > 0) || sorted.length < 2) return null;
  const tail = (1 - level) / 2;
  switch (kind) {
    case 'percentile':
      return [drawQuantile(sorted, tail), drawQuantile(sorted, 1 - tail)];
    case 'basic':
      return [2 * estimate - drawQuantile(sorted, 1 - tail), 2 * estimate - drawQuantile(sorted, tail)];
    case 'normal': {
      const half = normalQuantile(1 - tail) * sd;
      return [2 * estimate - mean - half, 2 * estimate - mean + half];
    }
    default: {
      const below = countBelow(sorted, estimate);
      if (below === 0 || below === sorted.length) return null;
      const z0 = normalQuantile(below / sorted.length);
      const a = kind === 'bca' ? acceleration : 0;
      const moved = (alpha: number): number => {
        const z = z0 + normalQuantile(alpha);
        return drawQuantile(sorted, normalCdf(z0 + z / (1 - a * z)));
      };
      return [moved(tail), moved(1 - tail)];
    }
  }
}

/** Elements of a sorted array that are less than a value. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
