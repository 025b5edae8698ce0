import { add, dd, multiply, toNumber, type DoubleDouble } from '../exact/doubleDouble.js';
import { preciseDot, preciseShift, scaleRows } from '../exact/accumulate.js';
import { TILE_ROWS } from '../simd/tileProducts.js';
import { backwardSolve, forwardSolve, type SequentialFactor } from './preciseFactor.js';
import type { LeastSquaresProblem } from './problem.js';
import { simdProducts } from '../simd/simdProducts.js';

/** Slopes, residuals about them and their weighted sum of squares. */
export interface Estimated {
  readonly exact: readonly DoubleDouble[];
  readonly residuals: Float64Array;
  /** Σ w e². */
  readonly sum: number;
}

/** Residuals of an exactly solved system, summed in double-double per row. */
export function exactResiduals(problem: LeastSquaresProblem, centres: readonly DoubleDouble[], factor: SequentialFactor, k: number, exact: readonly DoubleDouble[]): Estimated {
  const n = problem.response.hi.length;
  const p = problem.columns.length;
  const residuals = new Float64Array(n);
  const rest = new Float64Array(n);
  const start = preciseShift(problem.response, centres[p]);
  residuals.set(start.hi);
  rest.set(start.lo);
  for (let i = 0; i < k; i++) {
    const column = preciseShift(problem.columns[factor.kept[i]], centres[factor.kept[i]]);
    const slope = dd(-exact[i].hi, -exact[i].lo);
    for (let r = 0; r < n; r++) {
      const next = add(dd(residuals[r], rest[r]), multiply(slope, dd(column.hi[r], column.lo[r])));
      residuals[r] = next.hi;
      rest[r] = next.lo;
    }
  }
  const square = preciseDot({ hi: residuals, lo: rest }, problem.weights ? scaleRows({ hi: residuals, lo: rest }, problem.weights, 1) : { hi: residuals, lo: rest });
  return { exact, residuals, sum: toNumber(square) };
}

/** Above this least share left by other columns the solution is exact to eleven digits without refinement. */
const WELL_CONDITIONED = 1e-3;

/** Residuals, after one step of refinement δ = (XᵀWX)⁻¹ XᵀW r when the conditioning asks for it. */
export function refinedResiduals(problem: LeastSquaresProblem, centres: Float64Array, responseCentre: number, factor: SequentialFactor, k: number, first: readonly DoubleDouble[]): Estimated {
  const used = factor.kept.slice(0, k);
  const columns = used.map((j) => problem.columns[j].hi);
  const own = Float64Array.from(used, (j) => centres[j]);
  const n = problem.response.hi.length;
  const weights = problem.weights ?? new Float64Array(0);
  const residuals = new Float64Array(n);
  let exact = first;
  subtractFit(residuals, problem.response.hi, responseCentre, columns, own, first);
  if (used.some((j) => factor.remainder[j] < WELL_CONDITIONED)) {
    const gradient = columns.map((column, j) => {
      let dot = 0;
      if (problem.weights) for (let i = 0; i < n; i++) dot += (column[i] - own[j]) * residuals[i] * weights[i];
      else for (let i = 0; i < n; i++) dot += (column[i] - own[j]) * residuals[i];
      return dd(dot);
    });
    const step = backwardSolve(factor.lower, forwardSolve(factor.lower, gradient, k), k);
    exact = first.map((b, i) => add(b, step[i]));
    subtractFit(residuals, residuals, 0, columns, own, step);
  }
  let sum = 0;
  if (problem.weights) for (let i = 0; i < n; i++) sum += residuals[i] * residuals[i] * weights[i];
  else for (let i = 0; i < n; i++) sum += residuals[i] * residuals[i];
  return { exact, residuals, sum };
}

/** Fewer rows are done before the kernel is set up. */
const SIMD_FROM = 20_000;

/** target = from − shift − Σ slope (x − centre), four columns at a time over tiles of rows that stay in cache. */
function subtractFit(target: Float64Array, from: Float64Array, shift: number, columns: readonly Float64Array[], centres: Float64Array, slopes: readonly DoubleDouble[]): void {
  const b = slopes.map(toNumber);
  const constant = shift - b.reduce((sum, slope, j) => sum + slope * centres[j], 0);
  const simd = target.length >= SIMD_FROM ? simdProducts(columns.length + 1) : undefined;
  if (simd) return simd.subtractFit(target, from, constant, columns, b);
  for (let start = 0; start < target.length; start += TILE_ROWS) {
    const end = Math.min(target.length, start + TILE_ROWS);
    for (let i = start; i < end; i++) target[i] = from[i] - constant;
    let j = 0;
    for (; j + 3 < b.length; j += 4) {
      const [x0, x1, x2, x3] = [columns[j], columns[j + 1], columns[j + 2], columns[j + 3]];
      const [b0, b1, b2, b3] = [b[j], b[j + 1], b[j + 2], b[j + 3]];
      for (let i = start; i < end; i++) target[i] -= b0 * x0[i] + b1 * x1[i] + (b2 * x2[i] + b3 * x3[i]);
    }
    for (; j < b.length; j++) {
      const x = columns[j];
      for (let i = start; i < end; i++) target[i] -= b[j] * x[i];
    }
  }
}
