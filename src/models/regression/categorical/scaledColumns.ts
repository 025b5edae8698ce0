import { leastSquares } from '../../../numerics/leastSquares/index.js';
import type { Design } from '../design/designMatrix.js';

/** Predictors with mean 0 and standard deviation 1, dependent ones set aside: what an iterative fit is stable on. */
export interface ScaledColumns {
  readonly kept: readonly number[];
  readonly aliased: readonly number[];
  readonly values: readonly Float64Array[];
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

export function scaledColumns(design: Design, columnCount: number): ScaledColumns {
  const columns = design.columns.slice(0, columnCount).map(({ values }) => values);
  const squares = leastSquares({ columns, response: design.response, intercept: true });
  const size = columns.length + 1;
  const n = design.rows.count;
  const { kept } = squares;
  const means = Float64Array.from(kept, (j) => squares.centres[j]);
  const deviations = Float64Array.from(kept, (j) => Math.sqrt(squares.crossProducts[j * size + j] / n));
  const values = kept.map((j, place) => columns[j].hi.map((x) => (x - means[place]) / deviations[place]));
  return { kept, aliased: squares.aliased, values, means, deviations };
}

/**
 * Estimates and covariance for the columns as given, from those for scaled
 * columns: b = b₁/s, and each constant c = c₁ ∓ Σ b m (sign −1 for a constant
 * that is added to the predictor, +1 for a threshold that it is subtracted from).
 *
 * Parameters stand as `constants` constants first, then slopes.
 */
export function unscale(parameters: Float64Array, covariance: Float64Array, constants: number, sign: 1 | -1, { means, deviations }: ScaledColumns): { readonly parameters: Float64Array; readonly covariance: Float64Array } {
  const k = parameters.length;
  const map = new Float64Array(k * k);
  for (let a = 0; a < constants; a++) {
    map[a * k + a] = 1;
    for (let j = 0; j < means.length; j++) map[a * k + constants + j] = (sign * means[j]) / deviations[j];
  }
  for (let j = 0; j < means.length; j++) map[(constants + j) * k + constants + j] = 1 / deviations[j];
  const moved = new Float64Array(k);
  const half = new Float64Array(k * k);
  const whole = new Float64Array(k * k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) {
    moved[a] += map[a * k + b] * parameters[b];
    for (let c = 0; c < k; c++) half[a * k + c] += map[a * k + b] * covariance[b * k + c];
  }
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) for (let c = 0; c < k; c++) whole[a * k + b] += half[a * k + c] * map[b * k + c];
  return { parameters: moved, covariance: whole };
}
