import { normalCdf } from '../../numerics/distributions/index.js';
import { meanAndSquares } from '../../numerics/exact/accurateSums.js';

export interface Lilliefors {
  /** Largest distance of the empirical from the fitted normal distribution. */
  readonly d: number;
  /** Null above .10, where the approximation does not hold (SPSS prints a bound there too). */
  readonly pValue: number | null;
}

/** Largest p of the approximation. */
const LARGEST_P = 0.1;

/**
 * Kolmogorov-Smirnov distance to the normal with estimated mean and SD, p by
 * Dallal and Wilkinson's formula.
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
  const size = Math.min(n, 100);
  const scaled = n > 100 ? d * (n / 100) ** 0.49 : d;
  const root = Math.sqrt(size + 2.78019);
  const p = Math.exp(-7.01256 * scaled * scaled * root * root + 2.99587 * scaled * root - 0.122119 + 0.974598 / Math.sqrt(size) + 1.67997 / size);
  return { d, pValue: p <= LARGEST_P ? p : null };
}
