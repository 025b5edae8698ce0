import { finite } from '../../shared/table.js';
import { cronbachAlpha, scaleSums } from './alpha.js';

export interface SplitHalf {
  /** Items of the first half: the first ⌈k/2⌉, as SPSS. */
  readonly firstItems: number;
  readonly secondItems: number;
  readonly firstAlpha: number | null;
  readonly secondAlpha: number | null;
  /** Of the half scores. */
  readonly firstVariance: number;
  readonly secondVariance: number;
  readonly covariance: number;
  /** Correlation between the half scores. */
  readonly correlation: number;
  /** Spearman-Brown prophecy for equal halves, 2r/(1 + r); null at r = −1. */
  readonly spearmanBrown: number | null;
  /** For halves of unequal length (Horst 1951); null where they do not correlate positively: the formula squares r and would hide the sign. */
  readonly spearmanBrownUnequal: number | null;
  /** Guttman's split-half, 2 (σ² − σ₁² − σ₂²)/σ². */
  readonly guttman: number | null;
}

/** Split-half coefficients from the items' covariance matrix; null for fewer than two items. */
export function splitHalf(covariance: Float64Array, k: number): SplitHalf | null {
  if (k < 2) return null;
  const first = Math.ceil(k / 2);
  const block = (from: number, to: number): Float64Array => {
    const size = to - from;
    const part = new Float64Array(size * size);
    for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) part[i * size + j] = covariance[(from + i) * k + from + j];
    return part;
  };
  const one = scaleSums(block(0, first), first);
  const two = scaleSums(block(first, k), k - first);
  let between = 0;
  for (let i = 0; i < first; i++) for (let j = first; j < k; j++) between += covariance[i * k + j];
  const r = between / Math.sqrt(one.total * two.total);
  if (!Number.isFinite(r)) return null;
  const total = one.total + two.total + 2 * between;
  return {
    firstItems: first,
    secondItems: k - first,
    firstAlpha: cronbachAlpha(one),
    secondAlpha: cronbachAlpha(two),
    firstVariance: one.total,
    secondVariance: two.total,
    covariance: between,
    correlation: r,
    spearmanBrown: finite((2 * r) / (1 + r)),
    spearmanBrownUnequal: horst(r, first / k, (k - first) / k),
    guttman: finite((2 * (total - one.total - two.total)) / total)
  };
}

/** (−r² + √(r⁴ + 4 r² (1 − r²) p q)) / (2 (1 − r²) p q), shares p and q of the items. @see Horst (1951), Educ. Psychol. Meas. 11, 368-371 */
function horst(r: number, p: number, q: number): number | null {
  const rr = r * r;
  if (!(rr < 1) || r < 0) return null;
  return finite((-rr + Math.sqrt(rr * rr + 4 * rr * (1 - rr) * p * q)) / (2 * (1 - rr) * p * q));
}

/** d(2r/(1 + r))/dr. */
export function spearmanBrownSlope(r: number): number {
  return 2 / (1 + r) ** 2;
}

/** Derivative of Horst's formula in r; null where the coefficient has none. */
export function spearmanBrownUnequalSlope(r: number, p: number, q: number): number | null {
  const x = r * r;
  if (!(x < 1) || !(r > 0)) return null;
  const root = Math.sqrt(x * x + 4 * x * (1 - x) * p * q);
  const below = 2 * (1 - x) * p * q;
  const rise = -1 + (x + 2 * p * q * (1 - 2 * x)) / root;
  return finite((2 * r * (rise * below + 2 * p * q * (root - x))) / (below * below));
}
