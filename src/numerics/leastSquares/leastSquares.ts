import { dd, divide, multiply, squareRoot, subtract, toNumber, ZERO, add, type DoubleDouble } from '../exact/doubleDouble.js';
import { preciseDot, preciseShift, preciseSum, type PreciseColumn } from '../exact/accumulate.js';
import { fastGram, preciseGram, TILE_ROWS, type CentredProducts } from './gram.js';
import { backwardSolve, forwardSolve, preciseInverse, sequentialCholesky, type PreciseMatrix, type SequentialFactor } from './preciseFactor.js';
import { simdProducts, type SimdProducts } from './simd/simdProducts.js';

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

/** Rows whose mean serves as a first centre; the exact one follows from the sums about it. */
const FIRST_ROWS = 256;

function plain(problem: LeastSquaresProblem): LeastSquares {
  const all = [...problem.columns, problem.response].map(({ hi }) => hi);
  const { weights } = problem;
  const n = problem.response.hi.length;
  const m = all.length;
  let total = 0;
  if (weights) for (let i = 0; i < n; i++) total += weights[i];
  else total = n;
  const centres = Float64Array.from(all, (column) => (problem.intercept ? column.subarray(0, FIRST_ROWS).reduce((sum, x) => sum + x, 0) / Math.min(n, FIRST_ROWS) : 0));
  const simd = weights ? undefined : simdProducts(m);
  const { gram, sums } = simd ? simdGram(simd, all, centres) : fastGram(all, centres, weights ? weights.map(Math.sqrt) : undefined);
  if (problem.intercept) {
    // S about the means = S about c − W (m − c)(m − c)ᵀ
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) gram.hi[i * m + j] -= (sums[i] * sums[j]) / total;
    for (let j = 0; j < m; j++) centres[j] += sums[j] / total;
  }
  return finish(problem, { gram, centres: Array.from(centres, (c) => dd(c)) }, dd(total), 'double');
}

function simdGram(simd: SimdProducts, columns: readonly Float64Array[], centres: Float64Array): CentredProducts {
  const { products, sums } = simd.gram(columns, centres);
  return { gram: { size: columns.length, hi: products, lo: new Float64Array(products.length) }, sums };
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
  const solved = new Map<number, LeastSquaresSolution>();
  return {
    ...base,
    solve(columnCount) {
      const known = solved.get(columnCount);
      if (known) return known;
      const k = factor.kept.filter((j) => j < columnCount).length;
      let explained = ZERO;
      for (let i = 0; i < k; i++) explained = add(explained, multiply(sequential[i], sequential[i]));
      const exact = backwardSolve(factor.lower, sequential.slice(0, k), k);
      const means = factor.kept.slice(0, k).map((j) => centres[j]);
      const inverse = withConstant(preciseInverse(factor.lower, k), means, problem.intercept, weightTotal);
      const solution = accumulation === 'double' ? refined(problem, base.centres, base.responseCentre, factor, k, exact) : direct(problem, centres, factor, k, exact);
      let constant = problem.intercept ? centres[p] : ZERO;
      if (problem.intercept) for (let i = 0; i < k; i++) constant = subtract(constant, multiply(solution.exact[i], means[i]));
      const answer: LeastSquaresSolution = {
        kept: factor.kept.slice(0, k),
        coefficients: Float64Array.from(solution.exact, toNumber),
        constant: toNumber(constant),
        residualSumOfSquares: solution.sum,
        regressionSumOfSquares: accumulation === 'double' ? base.totalSumOfSquares - solution.sum : toNumber(explained),
        inverse,
        residuals: solution.residuals
      };
      solved.set(columnCount, answer);
      return answer;
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

/** Above this least share left by other columns the solution is exact to eleven digits without refinement. */
const WELL_CONDITIONED = 1e-3;

/** Residuals, after one step of refinement δ = (XᵀWX)⁻¹ XᵀW r when the conditioning asks for it. */
function refined(problem: LeastSquaresProblem, centres: Float64Array, responseCentre: number, factor: SequentialFactor, k: number, first: readonly DoubleDouble[]): Estimated {
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
