import { fUpper, tQuantile, tTwoSided } from '../../numerics/distributions/index.js';
import type { LeastSquares, LeastSquaresSolution } from '../../numerics/leastSquares/index.js';
import { finite } from '../../shared/table.js';
import { sandwich } from './covariance.js';
import type { Design } from './design/designMatrix.js';
import type { ResolvedRegressOptions } from './options.js';
import { orthogonalRows } from './orthogonalRows.js';
import type { Coefficient } from './results.js';
import { waldStatistic } from './waldTest.js';

/** Residual variation below this share of the total is rounding, not error: an exact fit. */
export const EXACT_FIT = 1e-24;

/** The model of the first `columnCount` design columns. */
export interface BlockModel {
  readonly columnCount: number;
  readonly solution: LeastSquaresSolution;
  /** Names of estimated parameters, constant first. */
  readonly names: readonly string[];
  readonly estimates: Float64Array;
  /** (XᵀWX)⁻¹ and the covariance of the estimates. */
  readonly bread: Float64Array;
  readonly covariance: Float64Array;
  /** Degrees of freedom of the t tests; n − q, or clusters − 1. */
  readonly testDf: number;
  readonly df1: number;
  readonly df2: number;
  readonly sigma: number | null;
  readonly exact: boolean;
}

export function blockModel(design: Design, squares: LeastSquares, columnCount: number, options: ResolvedRegressOptions): BlockModel {
  const solution = squares.solve(columnCount);
  const shift = design.intercept ? 1 : 0;
  const q = solution.kept.length + shift;
  const n = design.rows.count;
  const df2 = n - q;
  const exact = df2 > 0 && solution.residualSumOfSquares <= EXACT_FIT * squares.totalSumOfSquares;
  const variance = df2 > 0 ? solution.residualSumOfSquares / df2 : NaN;
  const bread = solution.inverse;
  const covariance =
    options.se === 'classical'
      ? bread.map((value) => value * variance)
      : sandwich(options.se, {
          rows: orthogonalRows(design, squares, solution),
          residuals: solution.residuals,
          ...(design.weights ? { weights: design.weights } : {}),
          ...(design.clusters ? { clusters: design.clusters, clusterCount: design.clusterCount ?? 0 } : {})
        });
  const estimates = new Float64Array(q);
  if (shift) estimates[0] = solution.constant;
  estimates.set(solution.coefficients, shift);
  return {
    columnCount,
    solution,
    names: [...(shift ? ['(Intercept)'] : []), ...solution.kept.map((j) => design.columns[j].name)],
    estimates,
    bread,
    covariance,
    testDf: options.se === 'cluster' ? (design.clusterCount ?? 0) - 1 : df2,
    df1: solution.kept.length,
    df2,
    sigma: df2 > 0 ? Math.sqrt(variance) : null,
    exact
  };
}

/** Wald F of the parameters at `at`: (bᵀV⁻¹b / q) on q and the test's degrees of freedom. */
export function waldF(model: BlockModel, at: readonly number[]): { readonly statistic: number | null; readonly pValue: number | null } {
  const wald = model.exact || !(model.testDf > 0) ? null : waldStatistic(model.estimates, model.covariance, model.names.length, at);
  if (wald === null || !Number.isFinite(wald)) return { statistic: null, pValue: null };
  const statistic = wald / at.length;
  return { statistic, pValue: fUpper(statistic, at.length, model.testDf) };
}

/** Every coefficient of the model, aliased columns included. */
export function coefficientRows(design: Design, squares: LeastSquares, model: BlockModel, options: ResolvedRegressOptions): readonly Coefficient[] {
  const shift = design.intercept ? 1 : 0;
  const q = model.names.length;
  const p = squares.problem.columns.length;
  const size = p + 1;
  const spread = (j: number): number => squares.crossProducts[j * size + j];
  const responseSpread = squares.totalSumOfSquares;
  const critical = model.testDf > 0 ? tQuantile(0.5 + options.confLevel / 2, model.testDf) : NaN;
  const rows: Coefficient[] = [];
  const tested = (k: number): Pick<Coefficient, 'estimate' | 'stdError' | 'statistic' | 'pValue' | 'confLow' | 'confHigh'> => {
    const estimate = model.estimates[k];
    const stdError = Math.sqrt(model.covariance[k * q + k]);
    const statistic = model.exact ? NaN : estimate / stdError;
    return {
      estimate: finite(estimate),
      stdError: finite(stdError),
      statistic: finite(statistic),
      pValue: Number.isFinite(statistic) && model.testDf > 0 ? tTwoSided(statistic, model.testDf) : null,
      confLow: finite(estimate - critical * stdError),
      confHigh: finite(estimate + critical * stdError)
    };
  };
  const nothing = { beta: null, tolerance: null, vif: null, zeroOrder: null, partial: null, part: null };
  if (shift) rows.push({ term: '(Intercept)', display: '(Constant)', label: { en: '(Constant)', zh: '（常量）' }, ...tested(0), ...nothing, aliased: false });
  for (let j = 0; j < model.columnCount; j++) {
    const column = design.columns[j];
    const place = model.solution.kept.indexOf(j);
    if (place < 0) {
      rows.push({ term: column.name, display: column.display, label: column.label, estimate: null, stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null, ...nothing, aliased: true });
      continue;
    }
    const k = place + shift;
    const scale = Math.sqrt(spread(j) / responseSpread);
    const tolerance = Math.min(1, 1 / (spread(j) * model.bread[k * q + k]));
    // part r = b √(unique variation of x) / √(variation of y); partial r takes what the others explain out of y too
    const part = (model.estimates[k] / Math.sqrt(model.bread[k * q + k])) / Math.sqrt(responseSpread);
    const unexplained = model.solution.residualSumOfSquares / responseSpread;
    rows.push({
      term: column.name,
      display: column.display,
      label: column.label,
      ...tested(k),
      beta: finite(model.estimates[k] * scale),
      tolerance: finite(tolerance),
      vif: finite(1 / tolerance),
      zeroOrder: finite(squares.crossProducts[j * size + p] / Math.sqrt(spread(j) * responseSpread)),
      partial: finite(part / Math.sqrt(part * part + unexplained)),
      part: finite(part),
      aliased: false
    });
  }
  return rows;
}

