/**
 * Sums that keep the digits: means as unevaluated pairs of doubles and
 * corrected two-pass sums of squares, so that the NIST sets with thirteen
 * constant leading digits come back as well as doubles can hold them.
 *
 * @see Neumaier (1974), ZAMM 54, 39-51; Chan, Golub & LeVeque (1983), Am. Stat. 37, 242-247
 */

import { twoProduct } from './doubleDouble.js';

/** A number as the unevaluated sum `high + low`, |low| at most half an ulp of `high`. */
export interface DoublePair {
  readonly high: number;
  readonly low: number;
}

/** Σ x with the rounding errors carried along. */
export function compensatedSum(values: ArrayLike<number>): DoublePair {
  let sum = 0;
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const next = sum + x;
    error += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
  }
  const high = sum + error;
  return { high, low: sum - high + error };
}

/** Σ x / n as a pair; `{NaN, 0}` for no values. */
export function accurateMean(values: ArrayLike<number>): DoublePair {
  const { high, low } = compensatedSum(values);
  const n = values.length;
  const quotient = high / n;
  const remainder = high - quotient * n - twoProduct(quotient, n).lo + low;
  const correction = remainder / n;
  const mean = quotient + correction;
  return { high: mean, low: quotient - mean + correction };
}

/** Mean and Σ (x − mean)², the latter corrected for what rounding left in Σ (x − mean). */
export function meanAndSquares(values: ArrayLike<number>): { readonly mean: DoublePair; readonly squares: number } {
  const mean = accurateMean(values);
  let squares = 0;
  let squaresError = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i] - mean.high - mean.low;
    rest += deviation;
    const term = deviation * deviation;
    const next = squares + term;
    squaresError += squares >= term ? squares - next + term : term - next + squares;
    squares = next;
  }
  const corrected = squares + squaresError - (values.length > 0 ? (rest * rest) / values.length : 0);
  return { mean, squares: Math.max(0, corrected) };
}

/** Difference of two pairs, rounded once. */
export function pairDifference(a: DoublePair, b: DoublePair): number {
  return a.high - b.high + (a.low - b.low);
}
