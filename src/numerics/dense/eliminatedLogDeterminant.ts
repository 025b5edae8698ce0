import { PIVOT_TOLERANCE } from './cholesky.js';
import { axpy } from './dot.js';
import { LogProduct } from './logProduct.js';

/**
 * ln|A| of a symmetric positive definite matrix as the sum of the logarithms of
 * its pivots, or null where one is not above the rounding of its diagonal.
 *
 * @param a n × n, row-major; the upper triangle is read and overwritten.
 */
export function eliminatedLogDeterminant(a: Float64Array, n: number): number | null {
  const log = new LogProduct();
  const least = Float64Array.from({ length: n }, (_, j) => PIVOT_TOLERANCE * a[j * (n + 1)]);
  for (let j = 0; j < n; j++) {
    const pivot = a[j * (n + 1)];
    if (!(pivot > least[j]) || !(pivot < Infinity)) return null;
    log.multiply(pivot);
    const reciprocal = 1 / pivot;
    for (let i = j + 1; i < n; i++) axpy(a, i * n + i, -(a[j * n + i] * reciprocal), a, j * n + i, n - i);
  }
  return log.total();
}
