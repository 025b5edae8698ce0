import { chiSquareCdf, chiSquareUpper, noncentralChiSquareCdf, noncentralChiSquareUpper } from '../../numerics/distributions/index.js';
import { findRoot } from '../../numerics/rootFinding.js';

export interface ChiSquareStatistic {
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number;
}

export interface ChiSquareTest {
  readonly n: number;
  /** Expected counts under independence, row-major. */
  readonly expected: Float64Array;
  readonly pearson: ChiSquareStatistic;
  /** Yates's continuity correction; 2 × 2 only. */
  readonly yates: ChiSquareStatistic | null;
  readonly likelihoodRatio: ChiSquareStatistic;
  /** Cells with an expected count below 5. */
  readonly smallCells: number;
  readonly smallestExpected: number;
  /** V = √(χ²/(n · min(r − 1, c − 1))), interval from the noncentral χ². */
  readonly cramerV: number;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** Adjusted standardized residuals, row-major. */
  readonly residuals: Float64Array;
}

/**
 * Independence in an r × c table without empty rows or columns.
 * @see Cramér (1946), Mathematical Methods of Statistics, 21.9; Agresti (2002), Categorical Data Analysis, ch. 3
 */
export function chiSquareTest(counts: Float64Array, r: number, c: number, confidence = 0.95): ChiSquareTest {
  const rows = new Float64Array(r);
  const columns = new Float64Array(c);
  let n = 0;
  for (let at = 0; at < r * c; at++) {
    rows[Math.floor(at / c)] += counts[at];
    columns[at % c] += counts[at];
    n += counts[at];
  }
  const expected = counts.map((_, at) => (rows[Math.floor(at / c)] * columns[at % c]) / n);
  const df = (r - 1) * (c - 1);
  let pearson = 0;
  let ratio = 0;
  let yates = 0;
  let smallCells = 0;
  // R's correction: never more than the smallest |observed − expected|
  const correction = Math.min(0.5, ...counts.map((count, at) => Math.abs(count - expected[at])));
  for (let at = 0; at < r * c; at++) {
    const gap = counts[at] - expected[at];
    pearson += (gap * gap) / expected[at];
    yates += (Math.abs(gap) - correction) ** 2 / expected[at];
    if (counts[at] > 0) ratio += 2 * counts[at] * Math.log(counts[at] / expected[at]);
    if (expected[at] < 5) smallCells++;
  }
  const statistic = (chiSquare: number): ChiSquareStatistic => ({ chiSquare, df, pValue: chiSquareUpper(chiSquare, df) });
  const most = n * Math.min(r - 1, c - 1);
  const tail = (1 - confidence) / 2;
  const share = (ncp: number | null): number | null => (ncp === null ? null : Math.min(1, Math.sqrt(ncp / most)));
  return {
    n,
    expected,
    pearson: statistic(pearson),
    yates: r === 2 && c === 2 ? statistic(yates) : null,
    likelihoodRatio: statistic(ratio),
    smallCells,
    smallestExpected: Math.min(...expected),
    cramerV: Math.sqrt(pearson / most),
    confLow: share(noncentrality(pearson, df, tail, 'low')),
    confHigh: share(noncentrality(pearson, df, tail, 'high')),
    residuals: counts.map((count, at) => (count - expected[at]) / Math.sqrt(expected[at] * (1 - rows[Math.floor(at / c)] / n) * (1 - columns[at % c] / n)))
  };
}

/** Beyond this χ² the noncentral distribution is out of reach and no interval is given. */
const LARGEST_SIGNAL = 1e6;

/** λ ≥ 0 that puts the observed χ² at a tail of the noncentral distribution; 0 where even λ = 0 is too large. */
function noncentrality(chiSquare: number, df: number, tail: number, end: 'low' | 'high'): number | null {
  if ((end === 'low' ? chiSquareUpper(chiSquare, df) - tail : tail - chiSquareCdf(chiSquare, df)) >= 0) return 0;
  if (!(chiSquare <= LARGEST_SIGNAL)) return null;
  const excess = (ncp: number): number => (end === 'low' ? noncentralChiSquareUpper(chiSquare, df, ncp) - tail : tail - noncentralChiSquareCdf(chiSquare, df, ncp));
  let high = Math.max(1, chiSquare);
  for (let doubling = 0; excess(high) < 0; doubling++, high *= 2) if (doubling > 60) return null;
  const root = findRoot(excess, 0, high, 1e-12);
  return root.ok ? root.x : null;
}
