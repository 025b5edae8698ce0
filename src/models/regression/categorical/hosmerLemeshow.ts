import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { finite } from '../../../shared/table.js';
import type { HosmerLemeshow } from './results.js';

const HOSMER_GROUPS = 10;

/**
 * Σ (O − E)² / (E (1 − E/n)) over tenths of the predicted probabilities (type-7 quantiles), groups − 2 df.
 * @see Hosmer, Lemeshow & Sturdivant (2013), Applied Logistic Regression, 5.2.2
 */
export function hosmerLemeshow(y: Float64Array, p: Float64Array): HosmerLemeshow {
  const sorted = Float64Array.from(p).sort();
  const n = sorted.length;
  const bounds: number[] = [];
  for (let g = 1; g < HOSMER_GROUPS; g++) {
    const at = ((n - 1) * g) / HOSMER_GROUPS;
    const low = Math.floor(at);
    const bound = sorted[low] + (at - low) * (sorted[Math.min(n - 1, low + 1)] - sorted[low]);
    // a bound at the largest probability would leave an empty group behind it
    if (bound < sorted[n - 1] && (bounds.length === 0 || bound > bounds[bounds.length - 1])) bounds.push(bound);
  }
  const groups = bounds.length + 1;
  const observed = new Float64Array(groups);
  const expected = new Float64Array(groups);
  const counts = new Float64Array(groups);
  const highest = new Float64Array(groups);
  for (let i = 0; i < n; i++) {
    let g = 0;
    while (g < bounds.length && p[i] > bounds[g]) g++;
    observed[g] += y[i];
    expected[g] += p[i];
    counts[g]++;
    highest[g] = Math.max(highest[g], p[i]);
  }
  let statistic = 0;
  for (let g = 0; g < groups; g++) statistic += (observed[g] - expected[g]) ** 2 / (expected[g] * (1 - expected[g] / counts[g]));
  const df = groups - 2;
  const usable = df > 0 && Number.isFinite(statistic);
  return { statistic: usable ? finite(statistic) : null, df, pValue: usable ? chiSquareUpper(statistic, df) : null, groups, table: Array.from(counts, (count, g) => ({ n: count, observed: observed[g], expected: expected[g], highest: highest[g] })) };
}
