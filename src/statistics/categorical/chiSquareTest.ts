import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { noncentralityOfChiSquare } from '../noncentralChiSquare.js';

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
    confLow: share(noncentralityOfChiSquare(pearson, df, tail, 'low')),
    confHigh: share(noncentralityOfChiSquare(pearson, df, tail, 'high')),
    residuals: counts.map((count, at) => (count - expected[at]) / Math.sqrt(expected[at] * (1 - rows[Math.floor(at / c)] / n) * (1 - columns[at % c] / n)))
  };
}
