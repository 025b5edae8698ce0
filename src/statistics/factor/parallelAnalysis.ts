import { eigenSymmetric } from '../../numerics/matrix/index.js';
import { createRandom } from '../../numerics/random.js';
import { correlationFromCovariance, covarianceMatrix } from '../covariance.js';
import { quantile } from '../describe/quantile.js';

export interface ParallelAnalysis {
  readonly draws: number;
  readonly seed: number;
  readonly percentile: number;
  /** Mean and percentile of each random eigenvalue, largest first. */
  readonly mean: readonly number[];
  readonly reference: readonly number[];
  /** Leading eigenvalues of the data above the reference. */
  readonly factors: number;
}

/**
 * Horn's parallel analysis on the eigenvalues of correlation matrices of
 * independent normal data of the same n and p; the percentile of the random
 * eigenvalues is the reference (Glorfeld). Draw d depends on seed and d only.
 * @see Horn (1965), Psychometrika 30, 179-185; Glorfeld (1995), Educ. Psychol. Meas. 55, 377-393
 */
export function parallelAnalysis(eigenvalues: ArrayLike<number>, n: number, { draws = 200, seed = 1, percentile = 0.95 }: { readonly draws?: number; readonly seed?: number; readonly percentile?: number } = {}): ParallelAnalysis {
  const p = eigenvalues.length;
  const random = Array.from({ length: p }, () => new Float64Array(draws));
  const root = createRandom(seed);
  for (let draw = 0; draw < draws; draw++) {
    const stream = root.fork(draw);
    const columns = Array.from({ length: p }, () => Float64Array.from({ length: n }, () => stream.normal()));
    const { values } = eigenSymmetric(correlationFromCovariance(covarianceMatrix(columns).covariance, p), p);
    for (let k = 0; k < p; k++) random[k][draw] = values[k];
  }
  const mean = random.map((values) => values.reduce((sum, value) => sum + value, 0) / draws);
  const reference = random.map((values) => quantile(values.sort(), percentile, 7) ?? 0);
  let factors = 0;
  while (factors < p && eigenvalues[factors] > reference[factors]) factors++;
  return { draws, seed, percentile, mean, reference, factors };
}
