import { tQuantile } from '../../numerics/distributions/index.js';

/** t quantiles of one level by degrees of freedom, each computed once: columns of a survey often have the same. */
export function tQuantiles(confidence: number): (df: number) => number {
  const known = new Map<number, number>();
  return (df) => {
    let quantile = known.get(df);
    if (quantile === undefined) known.set(df, (quantile = tQuantile((1 + confidence) / 2, df)));
    return quantile;
  };
}

/**
 * x̄ ± t₍₁₊c₎/₂,ₙ₋₁ · s/√n.
 * @param quantileOf from `tQuantiles(c)`
 */
export function meanInterval(mean: number, sd: number | null, n: number, quantileOf: (df: number) => number): { readonly confLow: number | null; readonly confHigh: number | null } {
  if (sd === null || n < 2) return { confLow: null, confHigh: null };
  const half = (quantileOf(n - 1) * sd) / Math.sqrt(n);
  return { confLow: mean - half, confHigh: mean + half };
}
