import { normalCdf, normalQuantile } from '../../numerics/distributions/index.js';
import { quantile } from '../../statistics/describe/quantile.js';

export type IntervalType = 'percentile' | 'biasCorrected';

export interface BootstrapSummary {
  readonly stdError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/**
 * Standard deviation of the draws and an interval from them.
 *
 * `biasCorrected` shifts both ends by z₀ = Φ⁻¹(share of draws below the estimate).
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap, 13.3 and 14.3 (acceleration 0)
 */
export function summarizeDraws(draws: Float64Array, estimate: number, confLevel: number, type: IntervalType): BootstrapSummary {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  if (n < 2) return { stdError: null, confLow: null, confHigh: null };
  const mean = sorted.reduce((sum, v) => sum + v, 0) / n;
  const stdError = Math.sqrt(sorted.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
  let low = (1 - confLevel) / 2;
  let high = 1 - low;
  if (type === 'biasCorrected') {
    const below = sorted.reduce((count, v) => count + (v < estimate ? 1 : v === estimate ? 0.5 : 0), 0) / n;
    const shift = normalQuantile(Math.min(1 - 0.5 / n, Math.max(0.5 / n, below)));
    const z = normalQuantile(high);
    low = normalCdf(2 * shift - z);
    high = normalCdf(2 * shift + z);
  }
  return { stdError, confLow: quantile(sorted, low), confHigh: quantile(sorted, high) };
}
