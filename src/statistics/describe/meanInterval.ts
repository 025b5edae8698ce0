import { tQuantile } from '../../numerics/distributions/index.js';

/** x̄ ± t₍₁₊c₎/₂,ₙ₋₁ · s/√n. */
export function meanInterval(mean: number, sd: number | null, n: number, confidence: number): { readonly confLow: number | null; readonly confHigh: number | null } {
  if (sd === null || n < 2) return { confLow: null, confHigh: null };
  const half = (tQuantile((1 + confidence) / 2, n - 1) * sd) / Math.sqrt(n);
  return { confLow: mean - half, confHigh: mean + half };
}
