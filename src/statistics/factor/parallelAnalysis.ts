import { eigenSymmetric } from '../../numerics/matrix/index.js';
import { createRandom, type Random } from '../../numerics/random.js';
import { bartlettFactor } from '../../numerics/resampling/bartlettFactor.js';
import { fail } from '../../shared/diagnostic.js';
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

/** More draws than this add nothing but waiting. */
const MOST_DRAWS = 100_000;

/**
 * Horn's parallel analysis on the eigenvalues of correlation matrices of
 * independent normal data of the same n and p; the percentile of the random
 * eigenvalues is the reference (Glorfeld). Draw d depends on seed and d only.
 * @see Horn (1965), Psychometrika 30, 179-185; Glorfeld (1995), Educ. Psychol. Meas. 55, 377-393
 */
export function parallelAnalysis(eigenvalues: ArrayLike<number>, n: number, { draws = 200, seed = 1, percentile = 0.95 }: { readonly draws?: number; readonly seed?: number; readonly percentile?: number } = {}): ParallelAnalysis {
  if (!(Number.isInteger(draws) && draws > 0 && draws <= MOST_DRAWS)) fail('invalid-option', `parallel analysis takes 1 to ${MOST_DRAWS} draws, found ${draws}`);
  if (!(percentile > 0 && percentile < 1)) fail('invalid-option', `the percentile of a parallel analysis lies between 0 and 1, found ${percentile}`);
  const p = eigenvalues.length;
  const random = Array.from({ length: p }, () => new Float64Array(draws));
  const root = createRandom(seed);
  for (let draw = 0; draw < draws; draw++) {
    const stream = root.fork(draw);
    const scatter = n > p ? wishart(stream, n - 1, p) : covarianceMatrix(Array.from({ length: p }, () => Float64Array.from({ length: n }, () => stream.normal()))).covariance;
    const { values } = eigenSymmetric(correlationFromCovariance(scatter, p), p);
    for (let k = 0; k < p; k++) random[k][draw] = values[k];
  }
  const mean = random.map((values) => values.reduce((sum, value) => sum + value, 0) / draws);
  const reference = random.map((values) => quantile(values.sort(), percentile, 7) ?? 0);
  let factors = 0;
  while (factors < p && eigenvalues[factors] > reference[factors]) factors++;
  return { draws, seed, percentile, mean, reference, factors };
}

/** Scatter matrix of `df` + 1 independent normal rows without drawing the rows. */
function wishart(random: Random, df: number, p: number): Float64Array {
  const lower = new Float64Array(p * p);
  bartlettFactor(random, df, p, lower);
  const scatter = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += lower[i * p + k] * lower[j * p + k];
      scatter[i * p + j] = sum;
      scatter[j * p + i] = sum;
    }
  }
  return scatter;
}
