import { add, dd, divide, multiply, subtract, toNumber, ZERO, type DoubleDouble } from '../exact/doubleDouble.js';
import { preciseDot, preciseShift, preciseSum, scaleRows, type PreciseColumn } from '../exact/accumulate.js';
import { fastGram, preciseGram, type CentredProducts } from './gram.js';
import { backwardSolve, forwardSolve, preciseInverse, sequentialCholesky, type PreciseMatrix } from './preciseFactor.js';
import type { LeastSquares, LeastSquaresProblem, LeastSquaresSolution } from './problem.js';
import { exactResiduals, refinedResiduals } from './residuals.js';
import { simdProducts, type SimdProducts } from '../simd/simdProducts.js';

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
      const solution = accumulation === 'double' ? refinedResiduals(problem, base.centres, base.responseCentre, factor, k, exact) : exactResiduals(problem, centres, factor, k, exact);
      let constant = problem.intercept ? centres[p] : ZERO;
      if (problem.intercept) for (let i = 0; i < k; i++) constant = subtract(constant, multiply(solution.exact[i], means[i]));
      const answer: LeastSquaresSolution = {
        kept: factor.kept.slice(0, k),
        coefficients: Float64Array.from(solution.exact, toNumber),
        constant: toNumber(constant),
        residualSumOfSquares: solution.sum,
        regressionSumOfSquares: accumulation === 'double' ? base.totalSumOfSquares - solution.sum : toNumber(explained),
        inverse,
        residuals: solution.residuals,
        factor: Float64Array.from({ length: k * k }, (_, at) => factor.lower.hi[Math.floor(at / k) * factor.lower.size + (at % k)]),
        weightTotal: toNumber(weightTotal)
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
