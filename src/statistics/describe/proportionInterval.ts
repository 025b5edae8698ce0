import { normalQuantile } from '../../numerics/distributions/index.js';

/**
 * Wilson's score interval of a proportion,
 * (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n): inside 0 and 1, and of use near them.
 * @see Wilson (1927), JASA 22, 209-212; Brown, Cai & DasGupta (2001), Stat. Sci. 16, 101-133
 */
export function proportionInterval(count: number, n: number, confidence: number): { readonly confLow: number | null; readonly confHigh: number | null } {
  if (n === 0) return { confLow: null, confHigh: null };
  const z = normalQuantile((1 + confidence) / 2);
  const p = count / n;
  const shrink = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / shrink;
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z / (2 * n)) ** 2)) / shrink;
  return { confLow: count === 0 ? 0 : centre - half, confHigh: count === n ? 1 : centre + half };
}
