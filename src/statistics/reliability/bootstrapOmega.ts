import { createRandom } from '../../numerics/random.js';
import { fail } from '../../shared/diagnostic.js';
import { correlationFromCovariance, covarianceMatrix } from '../covariance.js';
import { quantile } from '../describe/quantile.js';
import { takeRows } from '../variables.js';
import { mcdonaldOmega } from './omega.js';

export interface OmegaInterval {
  readonly low: number | null;
  readonly high: number | null;
  /** Draws whose one-factor model had no solution. */
  readonly failed: number;
}

const MOST_DRAWS = 100_000;

/**
 * Percentile bootstrap of omega over rows; draw d depends on seed and d only.
 * @see Kelley & Pornprasertmanit (2016), Psychol. Methods 21, 69-92
 */
export function bootstrapOmega(columns: readonly Float64Array[], { draws, seed, confidence }: { readonly draws: number; readonly seed: number; readonly confidence: number }): OmegaInterval {
  if (!(Number.isInteger(draws) && draws <= MOST_DRAWS)) fail('invalid-option', `option \`draws\` takes 0 to ${MOST_DRAWS}, found ${draws}`);
  const k = columns.length;
  const n = columns[0].length;
  const root = createRandom(seed);
  const rows = new Uint32Array(n);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const stream = root.fork(draw);
    for (let i = 0; i < n; i++) rows[i] = stream.integer(n);
    const { covariance } = covarianceMatrix(columns.map((column) => takeRows(column, rows)));
    const sds = Float64Array.from({ length: k }, (_, i) => Math.sqrt(covariance[i * k + i]));
    const correlation = correlationFromCovariance(covariance, k);
    const { omega } = correlation.every(Number.isFinite) ? mcdonaldOmega(correlation, sds) : { omega: null };
    if (omega !== null) values.push(omega);
  }
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail, 7), high: quantile(sorted, 1 - tail, 7), failed: draws - values.length };
}
