import { normalCdf } from '../../numerics/distributions/index.js';
import { meanAndSquares } from '../../numerics/exact/accurateSums.js';
import { QUANTILES, TAIL } from './lillieforsTable.js';

export interface Lilliefors {
  /** Largest distance of the empirical from the fitted normal distribution. */
  readonly d: number;
  /** Up to .10 by Dallal and Wilkinson's formula; above, where it does not hold, from simulated quantiles, to about .01. */
  readonly pValue: number;
}

/** Largest p of the approximation. */
const LARGEST_P = 0.1;

/**
 * Kolmogorov-Smirnov distance to the normal with estimated mean and SD, p by
 * Dallal and Wilkinson's formula. SPSS prints .200 for every larger p.
 * @see Lilliefors (1967), JASA 62, 399-402; Dallal & Wilkinson (1986), Am. Stat. 40, 294-296
 */
export function lilliefors(values: Float64Array): Lilliefors | null {
  const n = values.length;
  const { mean, squares } = meanAndSquares(values);
  if (n < 5 || !(squares > 0)) return null;
  const sd = Math.sqrt(squares / (n - 1));
  const sorted = values.slice().sort();
  let d = 0;
  for (let i = 0; i < n; i++) {
    const p = normalCdf((sorted[i] - mean.high) / sd);
    d = Math.max(d, (i + 1) / n - p, p - i / n);
  }
  return { d, pValue: lillieforsP(d, n) };
}

/** Share of samples of n from a normal law whose distance is at least d. */
export function lillieforsP(d: number, n: number): number {
  const size = Math.min(n, 100);
  const scaled = n > 100 ? d * (n / 100) ** 0.49 : d;
  const root = Math.sqrt(size + 2.78019);
  const p = Math.exp(-7.01256 * scaled * scaled * root * root + 2.99587 * scaled * root - 0.122119 + 0.974598 / Math.sqrt(size) + 1.67997 / size);
  return p <= LARGEST_P ? p : upperShare(d, n);
}

/** Share of normal samples whose distance is larger, between the quantiles of the table; linear in ln n and in T. */
function upperShare(d: number, n: number): number {
  const t = d * (Math.sqrt(n) - 0.01 + 0.85 / Math.sqrt(n));
  const above = QUANTILES.findIndex(([size]) => size >= n);
  if (above <= 0) return shareAt(QUANTILES[above === 0 ? 0 : QUANTILES.length - 1][1], t);
  const [[n0, low], [n1, high]] = [QUANTILES[above - 1], QUANTILES[above]];
  const weight = Math.log(n / n0) / Math.log(n1 / n0);
  return shareAt(low.map((quantile, k) => quantile + weight * (high[k] - quantile)), t);
}

function shareAt(quantiles: readonly number[], t: number): number {
  const next = quantiles.findIndex((quantile) => quantile <= t);
  if (next === 0) return TAIL[0];
  if (next < 0) return 1;
  const [t0, t1, p0, p1] = [quantiles[next - 1], quantiles[next], TAIL[next - 1], TAIL[next]];
  return p0 + ((t0 - t) / (t0 - t1)) * (p1 - p0);
}
