import { OrderedDraws } from '../../../numerics/resampling/orderedDraws.js';
import { normalCdf, normalQuantile } from '../../../numerics/distributions/index.js';

export type IntervalKind = 'percentile' | 'basic' | 'normal' | 'bc' | 'bca';

/**
 * The α quantile of ordered draws t*(1) … t*(R) at rank (R + 1)α, between ranks
 * on the scale of normal quantiles.
 * @see Davison & Hinkley (1997), Bootstrap Methods and their Application, eq. 5.8
 */
export function drawQuantile(order: OrderedDraws, alpha: number): number {
  const count = order.length;
  const rank = (count + 1) * alpha;
  const below = Math.trunc(rank);
  if (below === 0) return order.at(0);
  if (below >= count) return order.at(count - 1);
  if (below === rank) return order.at(below - 1);
  const at = normalQuantile(alpha);
  const low = normalQuantile(below / (count + 1));
  const high = normalQuantile((below + 1) / (count + 1));
  const before = order.at(below - 1);
  return before + ((at - low) / (high - low)) * (order.at(below) - before);
}

export interface DrawSummary {
  readonly mean: number;
  /** Standard deviation of the draws, divisor R − 1: the bootstrap standard error. */
  readonly sd: number;
  readonly order: OrderedDraws;
}

/** @param order that takes the draws, by default a new one */
export function summarizeDraws(draws: Float64Array, order: OrderedDraws = new OrderedDraws(draws.length)): DrawSummary {
  order.read(draws);
  let mean = 0;
  for (let d = 0; d < draws.length; d++) mean += draws[d];
  mean /= draws.length;
  let squares = 0;
  for (let d = 0; d < draws.length; d++) squares += (draws[d] - mean) * (draws[d] - mean);
  return { mean, sd: Math.sqrt(squares / (draws.length - 1)), order };
}

/**
 * One interval. `normal` is bias-corrected: 2·est − mean* ± z·sd*; `bc` and `bca`
 * move the percentiles by z₀ = Φ⁻¹(share of draws below the estimate) and, for
 * `bca`, by the acceleration a.
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap, 14.3
 * @returns null where the draws do not vary or lie on one side of the estimate
 */
export function interval(kind: IntervalKind, estimate: number, { mean, sd, order }: DrawSummary, level: number, acceleration: number = 0): readonly [low: number, high: number] | null {
  if (!(sd > 0) || order.length < 2) return null;
  const tail = (1 - level) / 2;
  switch (kind) {
    case 'percentile':
      return [drawQuantile(order, tail), drawQuantile(order, 1 - tail)];
    case 'basic':
      return [2 * estimate - drawQuantile(order, 1 - tail), 2 * estimate - drawQuantile(order, tail)];
    case 'normal': {
      const half = normalQuantile(1 - tail) * sd;
      return [2 * estimate - mean - half, 2 * estimate - mean + half];
    }
    default: {
      const below = order.countBelow(estimate);
      if (below === 0 || below === order.length) return null;
      const z0 = normalQuantile(below / order.length);
      const a = kind === 'bca' ? acceleration : 0;
      const moved = (alpha: number): number => {
        const z = z0 + normalQuantile(alpha);
        return drawQuantile(order, normalCdf(z0 + z / (1 - a * z)));
      };
      return [moved(tail), moved(1 - tail)];
    }
  }
}
