import { normalQuantile, normalTwoSided } from '../../numerics/distributions/index.js';
import { fisherInterval } from '../correlate/coefficient.js';
import { midRanks, tieSum } from './midRanks.js';

export interface Wilcoxon {
  /** Pairs that differ. */
  readonly n: number;
  /** Pairs without a difference, left out as SPSS and R do. */
  readonly zeros: number;
  /** Sum of ranks of positive differences (R's V), and of negative ones. */
  readonly positive: number;
  readonly negative: number;
  /** Tie-corrected, without continuity correction. */
  readonly z: number | null;
  readonly pValue: number | null;
  /** Two-sided exact p; only without ties and up to 50 pairs. */
  readonly exactP: number | null;
  /** Matched-pairs rank-biserial correlation (V₊ − V₋)/(V₊ + V₋). */
  readonly rankBiserial: number | null;
  /** Interval on Fisher's scale, SE √((2n³ + 3n² + n)/6)/((n² + n)/2). */
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** r = z/√n. */
  readonly r: number | null;
}

const MOST_EXACT = 50;

/** Wilcoxon's signed-rank test of differences without missing values. @see Wilcoxon (1945), Biometrics Bull. 1, 80-83 */
export function wilcoxon(differences: Float64Array, confidence = 0.95): Wilcoxon {
  const kept = differences.filter((value) => value !== 0);
  const n = kept.length;
  const { ranks, ties } = midRanks(kept.map(Math.abs));
  let positive = 0;
  for (let i = 0; i < n; i++) if (kept[i] > 0) positive += ranks[i];
  const all = (n * (n + 1)) / 2;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieSum(ties) / 48;
  const z = variance > 0 ? (positive - all / 2) / Math.sqrt(variance) : null;
  return {
    n,
    zeros: differences.length - n,
    positive,
    negative: all - positive,
    z,
    pValue: z === null ? null : normalTwoSided(z),
    exactP: n > 0 && n <= MOST_EXACT && ties.length === 0 ? exactTail(Math.min(positive, all - positive), n) : null,
    rankBiserial: all > 0 ? (2 * positive - all) / all : null,
    ...(all > 0 ? fisherInterval((2 * positive - all) / all, Math.sqrt((2 * n ** 3 + 3 * n * n + n) / 6) / all, normalQuantile((1 + confidence) / 2)) : { confLow: null, confHigh: null }),
    r: z === null ? null : z / Math.sqrt(n)
  };
}

/** Differences that agree to this share of the values are one difference: 0.3 − 0.2 and 0.2 − 0.1 are tied though their doubles differ. */
const SAME_DIFFERENCE = 2 ** -40;

/** x − y, rounded so that ties and zeros of decimal fractions and of mean scores are seen as such. */
export function tiedDifferences(x: Float64Array, y: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 0; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]), Math.abs(y[i]));
  const step = largest > 0 ? SAME_DIFFERENCE * 2 ** Math.ceil(Math.log2(largest)) : 1;
  return x.map((value, i) => Math.round((value - y[i]) / step) * step);
}

/** 2 P(V ≤ v) by counting the subsets of 1 … n with each sum. */
function exactTail(v: number, n: number): number {
  const most = (n * (n + 1)) / 2;
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let i = 1; i <= n; i++) for (let s = most; s >= i; s--) counts[s] += counts[s - i];
  let below = 0;
  for (let s = 0; s <= v; s++) below += counts[s];
  return Math.min(1, (2 * below) / 2 ** n);
}
