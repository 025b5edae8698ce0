import { chiSquareCdf, chiSquareUpper, noncentralChiSquareCdf, noncentralChiSquareUpper } from '../numerics/distributions/index.js';
import { findRoot } from '../numerics/rootFinding.js';

/** Beyond this χ² the noncentral distribution is out of reach and no interval is given. */
const LARGEST_SIGNAL = 1e6;

/**
 * λ ≥ 0 that puts the observed χ² at a tail of the noncentral distribution: the limits of an
 * interval of the noncentrality. 0 where even λ = 0 is too large; null if not found.
 * @see Steiger & Fouladi (1997), in Harlow, Mulaik & Steiger (eds.), What If There Were No Significance Tests?, ch. 9
 */
export function noncentralityOfChiSquare(chiSquare: number, df: number, tail: number, end: 'low' | 'high'): number | null {
  if ((end === 'low' ? chiSquareUpper(chiSquare, df) - tail : tail - chiSquareCdf(chiSquare, df)) >= 0) return 0;
  if (!(chiSquare <= LARGEST_SIGNAL)) return null;
  const excess = (ncp: number): number => (end === 'low' ? noncentralChiSquareUpper(chiSquare, df, ncp) - tail : tail - noncentralChiSquareCdf(chiSquare, df, ncp));
  let high = Math.max(1, chiSquare);
  for (let doubling = 0; excess(high) < 0; doubling++, high *= 2) if (doubling > 60) return null;
  const root = findRoot(excess, 0, high, 1e-12);
  return root.ok ? root.x : null;
}
