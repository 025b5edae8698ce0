import type { PreciseColumn } from '../exact/accumulate.js';

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
  /** L with L Lᵀ = the kept columns' cross products; k × k, row-major. */
  readonly factor: Float64Array;
  /** Σ w, or n. */
  readonly weightTotal: number;
}
