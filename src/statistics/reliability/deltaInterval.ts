import { normalQuantile } from '../../numerics/distributions/index.js';
import { formsOf, type QuadraticForm } from './quadraticForm.js';

/** A coefficient's interval; null limits where it does not exist. */
export interface CoefficientInterval {
  readonly stdError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export const NO_INTERVAL: CoefficientInterval = Object.freeze({ stdError: null, confLow: null, confHigh: null });

/** Complete answers less their means, row by row: what every coefficient of one scale is judged on. */
export interface CentredRows {
  readonly n: number;
  readonly k: number;
  /** n × k, row-major. */
  readonly values: Float64Array;
}

export function centredRows(columns: readonly Float64Array[], means: Float64Array): CentredRows {
  const k = columns.length;
  const n = columns[0].length;
  const values = new Float64Array(n * k);
  for (let j = 0; j < k; j++) for (let i = 0; i < n; i++) values[i * k + j] = columns[j][i] - means[j];
  return { n, k, values };
}

/**
 * Standard error of a function of a covariance matrix, without the assumption
 * of normality: with G the function's derivatives each row adds
 * dᵢ = (xᵢ − x̄)′G(xᵢ − x̄), and SE² = Σ (dᵢ − d̄)²/(n(n − 1)).
 * @see Maydeu-Olivares, Coffman & Hartmann (2007), Psychol. Methods 12, 157-176
 */
export function deltaStdError({ n, k, values }: CentredRows, gradient: QuadraticForm): number | null {
  const added = formsOf(gradient, values, n, k);
  let mean = 0;
  for (let i = 0; i < n; i++) mean += added[i] / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (added[i] - mean) ** 2;
  const stdError = Math.sqrt(squares / (n * (n - 1)));
  return Number.isFinite(stdError) ? stdError : null;
}

/**
 * Interval of a coefficient that cannot exceed 1, symmetric in ln(1 − ρ):
 * 1 − (1 − ρ) exp(±z SE/(1 − ρ)).
 * @see Bonett (2002), J. Educ. Behav. Stat. 27, 335-340 (the transformation)
 */
export function belowOneInterval(estimate: number | null, stdError: number | null, confidence: number): CoefficientInterval {
  if (estimate === null || stdError === null || !(estimate < 1)) return NO_INTERVAL;
  const factor = Math.exp((normalQuantile((1 + confidence) / 2) * stdError) / (1 - estimate));
  return { stdError, confLow: 1 - (1 - estimate) * factor, confHigh: 1 - (1 - estimate) / factor };
}
