import { dd, divide, multiply, squareRoot, subtract, toNumber, ZERO, add, type DoubleDouble } from '../exact/doubleDouble.js';
import { preciseDot, preciseShift, preciseSum, type PreciseColumn } from '../exact/accumulate.js';
import { fastGram, fillTile, preciseGram, TILE_ROWS } from './gram.js';
import { backwardSolve, forwardSolve, preciseInverse, sequentialCholesky, type PreciseMatrix, type SequentialFactor } from './preciseFactor.js';

/** min Σ w (y − a − Xb)². */
export interface LeastSquaresProblem {
  /** Predictors without the constant, in order; all of one length. */
  readonly columns: readonly PreciseColumn[];
  readonly response: PreciseColumn;
  readonly intercept: boolean;
  /** Positive weights, one per row. */
  readonly weights?: Float64Array;
  /** `auto` accumulates in double-double when that is cheap or the conditioning asks for it. */
  readonly accumulation?: 'auto' | 'double' | 'doubleDouble';
}

/** The problem reduced to its cross products; solutions for leading columns come from it without the data. */
export interface LeastSquares {
  readonly problem: LeastSquaresProblem;
  readonly accumulation: 'double' | 'doubleDouble';
  readonly n: number;
  /** Per column of the problem: its (weighted) mean, or 0 without a constant. */
  readonly centres: Float64Array;
  readonly responseCentre: number;
  /** Σ w (y − ȳ)², or Σ w y² without a constant. */
  readonly totalSumOfSquares: number;
  readonly kept: readonly number[];
  readonly aliased: readonly number[];
  readonly remainder: Float64Array;
  /** Cross products of the centred columns, the response last; rounded to doubles, row-major. */
  readonly crossProducts: Float64Array;
  solve(columnCount: number): LeastSquaresSolution;
}

export interface LeastSquaresSolution {
  /** Columns with an estimate, in order. */
  readonly kept: readonly number[];
  /** One per kept column. */
  readonly coefficients: Float64Array;
  readonly constant: number;
  readonly residualSumOfSquares: number;
  readonly regressionSumOfSquares: number;
  /** (XᵀWX)⁻¹ with the constant first when there is one; size = parameters. */
  readonly inverse: Float64Array;
  readonly residuals: Float64Array;
}

/** Up to this many products, double-double sums cost a few milliseconds and are always used. */
const CHEAP_PRODUCTS = 1.5e6;
/** Below this share left by earlier columns (or of residual variation), plain sums of squares lose too much. */
const ILL_CONDITIONED = 1e-7;
/** A predictor with no more than this share of its variation left (1e-10 of its length) is a combination of those before it. */
export const ALIAS_TOLERANCE = 1e-20;

/**
 * Linear least squares from cross products about the means, factored in
 * double-double. With double-double accumulation the result is that of exact
 * arithmetic on the given numbers as long as the condition number stays below
 * about 1e14; with plain accumulation one step of iterative refinement on the
 * residuals gives what QR would.
 *
 * @see Å. Björck (1996), Numerical Methods for Least Squares Problems, 2.9.3 and 6.6.5 (corrected semi-normal equations)
 */
export function leastSquares(problem: LeastSquaresProblem): LeastSquares {
  const m = problem.columns.length + 1;
  const n = problem.response.hi.length;
  const wanted = problem.accumulation ?? 'auto';
  if (wanted === 'doubleDouble' || (wanted === 'auto' && (n * m * m) / 2 <= CHEAP_PRODUCTS)) return precise(problem);
  const fast = plain(problem);
  if (wanted === 'double') return fast;
  const smallest = fast.remainder.reduce((least, share) => Math.min(least, share), 1);
  if (smallest < ILL_CONDITIONED) return precise(problem);
  const residual = fast.solve(problem.columns.length).residualSumOfSquares;
  return residual < ILL_CONDITIONED * fast.totalSumOfSquares ? precise(problem) : fast;
}

interface Reduced {
  readonly gram: PreciseMatrix;
  readonly centres: readonly DoubleDouble[];
}

function precise(problem: LeastSquaresProblem): LeastSquares {
  const all = [...problem.columns, problem.response];
  const { weights } = problem;
  const total = weights ? preciseSum({ hi: weights }) : dd(problem.response.hi.length);
  const centres = all.map((column) => {
    if (!problem.intercept) return ZERO;
    return divide(weights ? preciseDot(column, { hi: weights }) : preciseSum(column), total);
  });
  const centred = all.map((column, j) => {
    const shifted: PreciseColumn = problem.intercept ? preciseShift(column, centres[j]) : column;
    return weights ? scaleRows(shifted, weights) : shifted;
  });
  return finish(problem, { gram: preciseGram(centred), centres }, total, 'doubleDouble');
}

/** √w x in double-double, or w x for `power` 1. */
function scaleRows(column: PreciseColumn, weights: Float64Array, power: 0.5 | 1 = 0.5): PreciseColumn {
  const n = weights.length;
  const hi = new Float64Array(n);
  const lo = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const scaled = multiply(dd(column.hi[i], column.lo ? column.lo[i] : 0), power === 1 ? dd(weights[i]) : squareRoot(dd(weights[i])));
    hi[i] = scaled.hi;
    lo[i] = scaled.lo;
  }
  return { hi, lo };
}

function plain(problem: LeastSquaresProblem): LeastSquares {
  const all = [...problem.columns, problem.response].map(({ hi }) => hi);
  const { weights } = problem;
  const n = problem.response.hi.length;
  let total = 0;
  if (weights) for (let i = 0; i < n; i++) total += weights[i];
  else total = n;
  const centres = Float64Array.from(all, (column) => {
    if (!problem.intercept) return 0;
    let sum = 0;
    if (weights) for (let i = 0; i < n; i++) sum += weights[i] * column[i];
    else for (let i = 0; i < n; i++) sum += column[i];
    return sum / total;
  });
  const gram = fastGram(all, centres, weights ? weights.map(Math.sqrt) : undefined);
  return finish(problem, { gram, centres: Array.from(centres, (c) => dd(c)) }, dd(total), 'double');
}

function finish(problem: LeastSquaresProblem, { gram, centres }: Reduced, weightTotal: DoubleDouble, accumulation: 'double' | 'doubleDouble'): LeastSquares {
  const p = problem.columns.length;
  const factor = sequentialCholesky(gram, Array.from({ length: p }, (_, j) => j), ALIAS_TOLERANCE);
  const size = gram.size;
  const rhs = factor.kept.map((j) => dd(gram.hi[p * size + j], gram.lo[p * size + j]));
  const sequential = forwardSolve(factor.lower, rhs, rhs.length);
  const totalSumOfSquares = dd(gram.hi[p * size + p], gram.lo[p * size + p]);
  const base = {
    problem,
    accumulation,
    n: problem.response.hi.length,
    centres: Float64Array.from(centres.slice(0, p), toNumber),
    responseCentre: toNumber(centres[p]),
    totalSumOfSquares: toNumber(totalSumOfSquares),
    kept: factor.kept,
    aliased: factor.aliased,
    remainder: factor.remainder,
    crossProducts: Float64Array.from(gram.hi)
  };
  return {
    ...base,
    solve(columnCount) {
      const k = factor.kept.filter((j) => j < columnCount).length;
      let explained = ZERO;
      for (let i = 0; i < k; i++) explained = add(explained, multiply(sequential[i], sequential[i]));
      const exact = backwardSolve(factor.lower, sequential.slice(0, k), k);
      const means = factor.kept.slice(0, k).map((j) => centres[j]);
      const inverse = withConstant(preciseInverse(factor.lower, k), means, problem.intercept, weightTotal);
      const solution = accumulation === 'double' ? refined(problem, base.centres, base.responseCentre, factor, k, exact) : direct(problem, centres, factor, k, exact);
      let constant = problem.intercept ? centres[p] : ZERO;
      if (problem.intercept) for (let i = 0; i < k; i++) constant = subtract(constant, multiply(solution.exact[i], means[i]));
      return {
        kept: factor.kept.slice(0, k),
        coefficients: Float64Array.from(solution.exact, toNumber),
        constant: toNumber(constant),
        residualSumOfSquares: solution.sum,
        regressionSumOfSquares: accumulation === 'double' ? base.totalSumOfSquares - solution.sum : toNumber(explained),
        inverse,
        residuals: solution.residuals
      };
    }
  };
}

/** The inverse for parameters (constant, slopes): var(a) = 1/Σw + m̄ᵀ C m̄, cov(a, b) = −C m̄. */
function withConstant(slopes: PreciseMatrix, means: readonly DoubleDouble[], intercept: boolean, weightTotal: DoubleDouble): Float64Array {
  const k = slopes.size;
  const entry = (i: number, j: number): DoubleDouble => dd(slopes.hi[i * k + j], slopes.lo[i * k + j]);
  if (!intercept) return Float64Array.from({ length: k * k }, (_, at) => slopes.hi[at] + slopes.lo[at]);
  const q = k + 1;
  const inverse = new Float64Array(q * q);
  let corner = divide(dd(1), weightTotal);
  for (let i = 0; i < k; i++) {
    let edge = ZERO;
    for (let j = 0; j < k; j++) {
      edge = add(edge, multiply(entry(i, j), means[j]));
      inverse[(i + 1) * q + j + 1] = toNumber(entry(i, j));
    }
    inverse[i + 1] = inverse[(i + 1) * q] = -toNumber(edge);
    corner = add(corner, multiply(edge, means[i]));
  }
  inverse[0] = toNumber(corner);
  return inverse;
}

interface Estimated {
  readonly exact: readonly DoubleDouble[];
  readonly residuals: Float64Array;
  /** Σ w e². */
  readonly sum: number;
}

/** Residuals of an exactly solved system, summed in double-double per row. */
function direct(problem: LeastSquaresProblem, centres: readonly DoubleDouble[], factor: SequentialFactor, k: number, exact: readonly DoubleDouble[]): Estimated {
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

/** One step of refinement: δ = (XᵀWX)⁻¹ XᵀW r. */
function refined(problem: LeastSquaresProblem, centres: Float64Array, responseCentre: number, factor: SequentialFactor, k: number, first: readonly DoubleDouble[]): Estimated {
  const used = factor.kept.slice(0, k);
  const columns = used.map((j) => problem.columns[j].hi);
  const own = Float64Array.from(used, (j) => centres[j]);
  const residuals = new Float64Array(problem.response.hi.length);
  const { hi: response } = problem.response;
  const start = Float64Array.from(first, toNumber);
  const gradient = new Float64Array(k);
  const tile = new Float64Array((k + 1) * TILE_ROWS);
  const sweep = (slopes: Float64Array, from: Float64Array, shift: number, gather: boolean): number => {
    let sum = 0;
    for (let begin = 0; begin < residuals.length; begin += TILE_ROWS) {
      const end = Math.min(residuals.length, begin + TILE_ROWS);
      fillTile(tile, columns, own, undefined, begin, end);
      for (let i = begin; i < end; i++) residuals[i] = from[i] - shift;
      for (let j = 0; j < k; j++) {
        const slope = slopes[j];
        const base = j * TILE_ROWS - begin;
        for (let i = begin; i < end; i++) residuals[i] -= slope * tile[base + i];
      }
      const { weights } = problem;
      for (let i = begin; i < end; i++) sum += residuals[i] * residuals[i] * (weights ? weights[i] : 1);
      if (!gather) continue;
      for (let j = 0; j < k; j++) {
        const base = j * TILE_ROWS - begin;
        let dot = 0;
        if (weights) for (let i = begin; i < end; i++) dot += tile[base + i] * residuals[i] * weights[i];
        else for (let i = begin; i < end; i++) dot += tile[base + i] * residuals[i];
        gradient[j] += dot;
      }
    }
    return sum;
  };
  sweep(start, response, responseCentre, true);
  const step = backwardSolve(factor.lower, forwardSolve(factor.lower, Array.from(gradient, (g) => dd(g)), k), k);
  const exact = first.map((b, i) => add(b, step[i]));
  const sum = sweep(Float64Array.from(step, toNumber), residuals, 0, false);
  return { exact, residuals, sum };
}
