/** How a quantile is interpolated: SPSS uses type 6, R and Excel type 7. */
export type QuantileType = 6 | 7;

/**
 * Quantile of sorted values: with h = (n+1)p (type 6) or (n−1)p + 1 (type 7),
 * x₍⌊h⌋₎ + (h − ⌊h⌋)(x₍⌊h⌋₊₁₎ − x₍⌊h⌋₎), clamped to the ends.
 * @see Hyndman & Fan (1996), Am. Stat. 50, 361-365
 */
export function quantile(sorted: ArrayLike<number>, p: number, type: QuantileType = 6): number | null {
  const n = sorted.length;
  if (n === 0) return null;
  const h = type === 6 ? (n + 1) * p : (n - 1) * p + 1;
  const below = Math.floor(h);
  if (below < 1) return sorted[0];
  if (below >= n) return sorted[n - 1];
  const low = sorted[below - 1];
  return low + (h - below) * (sorted[below] - low);
}
