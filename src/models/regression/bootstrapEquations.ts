import { choleskyFactor, choleskySolve } from '../../numerics/matrix/index.js';
import type { Random } from '../../numerics/random.js';

/** A regression among columns of one matrix, the constant understood. */
export interface Equation {
  readonly outcome: number;
  readonly predictors: readonly number[];
}

/** Slopes of every equation, one array per equation. */
export type Slopes = readonly Float64Array[];

/** Columns of equal length over the rows in use. */
export interface EquationData {
  readonly columns: readonly Float64Array[];
  readonly n: number;
}

/** Row indices of draw k, with replacement. */
export type Resample = (draw: number) => ArrayLike<number>;

/** Draws from a generator: draw k depends on the seed and k alone. */
export function randomResample(random: Random, n: number): Resample {
  const rows = new Int32Array(n);
  return (draw) => {
    const stream = random.fork(draw);
    for (let i = 0; i < n; i++) rows[i] = stream.integer(n);
    return rows;
  };
}

/**
 * Statistics of resampled regressions, draws × count, row-major. Each draw
 * counts how often a row was taken, sums the cross products once, and solves
 * all equations from them. A draw whose predictors are dependent is left out
 * (NaN) and counted.
 *
 * @param first number of the first draw, when only a piece of all draws is done here
 */
export function bootstrapEquations(data: EquationData, equations: readonly Equation[], statistics: (slopes: Slopes, out: Float64Array) => void, count: number, draws: number, resample: Resample, first: number = 0): { readonly values: Float64Array; readonly failed: number } {
  const { n } = data;
  const m = data.columns.length;
  // about the means: better conditioned, and slopes stay the same
  const rows = new Float64Array(n * m);
  data.columns.forEach((column, j) => {
    const mean = column.reduce((sum, x) => sum + x, 0) / n;
    for (let i = 0; i < n; i++) rows[i * m + j] = column[i] - mean;
  });
  const counts = new Float64Array(n);
  const products = new Float64Array(m * m);
  const sums = new Float64Array(m);
  const values = new Float64Array(draws * count).fill(NaN);
  const out = new Float64Array(count);
  let failed = 0;
  for (let draw = 0; draw < draws; draw++) {
    counts.fill(0);
    const taken = resample(first + draw);
    for (let i = 0; i < n; i++) counts[taken[i]]++;
    crossProducts(rows, counts, n, m, products, sums);
    const slopes = solveEquations(products, m, equations);
    if (!slopes) {
      failed++;
      continue;
    }
    statistics(slopes, out);
    values.set(out, draw * count);
  }
  return { values, failed };
}

/** Σ c (x − x̄)(x − x̄)ᵀ about the draw's own means; lower triangle. */
function crossProducts(rows: Float64Array, counts: Float64Array, n: number, m: number, products: Float64Array, sums: Float64Array): void {
  products.fill(0);
  sums.fill(0);
  for (let i = 0; i < n; i++) {
    const c = counts[i];
    if (c === 0) continue;
    const base = i * m;
    for (let a = 0; a < m; a++) {
      const weighted = c * rows[base + a];
      sums[a] += weighted;
      const line = a * m;
      for (let b = 0; b <= a; b++) products[line + b] += weighted * rows[base + b];
    }
  }
  for (let a = 0; a < m; a++) for (let b = 0; b <= a; b++) products[a * m + b] -= (sums[a] * sums[b]) / n;
}

/** A predictor with less than this share of its variation left is dependent on the others. */
const DEPENDENT = 1e-10;

/** Slopes of all equations from the lower triangle of centred cross products, or undefined when one cannot be solved. */
export function solveEquations(products: Float64Array, m: number, equations: readonly Equation[]): Slopes | undefined {
  const entry = (a: number, b: number): number => (a >= b ? products[a * m + b] : products[b * m + a]);
  const slopes: Float64Array[] = [];
  for (const { outcome, predictors } of equations) {
    const k = predictors.length;
    const matrix = new Float64Array(k * k);
    for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) matrix[a * k + b] = entry(predictors[a], predictors[b]);
    const factor = choleskyFactor(matrix, k);
    if (!factor.ok) return undefined;
    for (let a = 0; a < k; a++) if (factor.lower[a * k + a] ** 2 < DEPENDENT * matrix[a * k + a]) return undefined;
    slopes.push(choleskySolve(factor.lower, k, Float64Array.from(predictors, (a) => entry(a, outcome))));
  }
  return slopes;
}
