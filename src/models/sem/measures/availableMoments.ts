import type { GroupRows } from '../../../statistics/rows.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';

/**
 * Means of the answered cells and covariances of the rows that answer both
 * variables (deviations from the means of those rows, sums divided by their
 * number less one), times (n − 1)/n: the observed moments that lavaan compares
 * with the model in GFI when answers are missing.
 */
export function availableMoments({ values, n }: GroupRows, p: number): GroupSample {
  const mean = new Float64Array(p);
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let count = 0;
      let sumI = 0;
      let sumJ = 0;
      for (let r = 0; r < n; r++) {
        const [x, y] = [values[r * p + i], values[r * p + j]];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        count++;
        sumI += x;
        sumJ += y;
      }
      const [meanI, meanJ] = [sumI / count, sumJ / count];
      let products = 0;
      for (let r = 0; r < n; r++) {
        const [x, y] = [values[r * p + i], values[r * p + j]];
        if (!Number.isNaN(x) && !Number.isNaN(y)) products += (x - meanI) * (y - meanJ);
      }
      if (i === j) mean[i] = meanI;
      const value = ((products / (count - 1)) * (n - 1)) / n;
      covariance[i * p + j] = value;
      covariance[j * p + i] = value;
    }
  }
  return { n, mean, covariance };
}
