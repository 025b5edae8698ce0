import type { Random } from '../random.js';
import { chiSquareVariate } from './gammaVariate.js';

/**
 * Lower triangular A whose AAᵀ is Wishart with identity scale: A_ii² ~ χ²(df − i),
 * i from 0, and standard normal below the diagonal. So the sums of squares and
 * products of df + 1 normal rows about their means cost p² variates instead of
 * rows.
 *
 * @param df at least p
 * @param out p × p, row-major; the upper triangle is left alone
 * @see Bartlett (1933), Proceedings of the Royal Society of Edinburgh 53; Anderson (2003), An Introduction to Multivariate Statistical Analysis, 7.2
 */
export function bartlettFactor(random: Random, df: number, p: number, out: Float64Array): void {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) out[i * p + j] = random.normal();
    out[i * p + i] = Math.sqrt(chiSquareVariate(random, df - i));
  }
}
