import { normalQuantile, normalTwoSided } from '../../numerics/distributions/index.js';
import { fisherInterval } from '../correlate/coefficient.js';
import { midRanks, tieSum } from './midRanks.js';

export interface MannWhitney {
  readonly n1: number;
  readonly n2: number;
  readonly meanRank1: number;
  readonly meanRank2: number;
  /** Rank sum of the first sample. */
  readonly w: number;
  /** U of the first sample: pairs in which it is larger, ties counting ½ (R's W). */
  readonly u1: number;
  /** The smaller of the two, as SPSS prints it. */
  readonly u: number;
  /** Tie-corrected, without continuity correction, as SPSS. Null when all values are equal. */
  readonly z: number | null;
  /** Two-sided, asymptotic. */
  readonly pValue: number | null;
  /** Two-sided exact p; only without ties and for n₁n₂ up to the limit. */
  readonly exactP: number | null;
  /** Rank-biserial correlation 2U₁/(n₁n₂) − 1. */
  readonly rankBiserial: number;
  /** Interval on Fisher's scale, SE √((n₁ + n₂ + 1)/(3 n₁ n₂)). */
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** r = z/√N. */
  readonly r: number | null;
}

/** Exact probabilities are computed up to this product of the sample sizes. */
const MOST_PAIRS = 2500;

/** Mann-Whitney U (Wilcoxon rank sum) of two samples without missing values. @see Mann & Whitney (1947), Ann. Math. Stat. 18, 50-60 */
export function mannWhitney(a: Float64Array, b: Float64Array, confidence = 0.95): MannWhitney {
  const n1 = a.length;
  const n2 = b.length;
  const n = n1 + n2;
  const all = new Float64Array(n);
  all.set(a);
  all.set(b, n1);
  const { ranks, ties } = midRanks(all);
  let w = 0;
  for (let i = 0; i < n1; i++) w += ranks[i];
  const u1 = w - (n1 * (n1 + 1)) / 2;
  const pairs = n1 * n2;
  const variance = (pairs / 12) * (n + 1 - tieSum(ties) / (n * (n - 1)));
  const z = variance > 0 ? (u1 - pairs / 2) / Math.sqrt(variance) : null;
  return {
    n1,
    n2,
    meanRank1: w / n1,
    meanRank2: ((n * (n + 1)) / 2 - w) / n2,
    w,
    u1,
    u: Math.min(u1, pairs - u1),
    z,
    pValue: z === null ? null : normalTwoSided(z),
    exactP: ties.length === 0 && pairs <= MOST_PAIRS ? exactTail(Math.min(u1, pairs - u1), n1, n2) : null,
    ...rankBiserial(u1, n1, n2, confidence),
    r: z === null ? null : z / Math.sqrt(n)
  };
}

type RankBiserial = Pick<MannWhitney, 'rankBiserial' | 'confLow' | 'confHigh'>;

function rankBiserial(u1: number, n1: number, n2: number, confidence: number): RankBiserial {
  const r = (2 * u1) / (n1 * n2) - 1;
  return { rankBiserial: r, ...fisherInterval(r, Math.sqrt((n1 + n2 + 1) / (3 * n1 * n2)), normalQuantile((1 + confidence) / 2)) };
}

/** The effect size alone, of two samples without missing values. */
export function rankBiserialOf(a: Float64Array, b: Float64Array, confidence: number): RankBiserial {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  const { ranks } = midRanks(all);
  let w = 0;
  for (let i = 0; i < a.length; i++) w += ranks[i];
  return rankBiserial(w - (a.length * (a.length + 1)) / 2, a.length, b.length, confidence);
}

/** 2 P(U ≤ u) from the counts of subsets with each rank sum, Π (1 − x^{n₂+i})/(1 − x^i). */
function exactTail(u: number, n1: number, n2: number): number {
  const most = n1 * n2;
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let i = 1; i <= n1; i++) {
    for (let s = most; s >= n2 + i; s--) counts[s] -= counts[s - n2 - i];
    for (let s = i; s <= most; s++) counts[s] += counts[s - i];
  }
  let below = 0;
  let total = 0;
  for (let s = 0; s <= most; s++) {
    total += counts[s];
    if (s <= u) below += counts[s];
  }
  return Math.min(1, (2 * below) / total);
}
