import { fUpper } from '../../numerics/distributions/index.js';
import type { LeastSquares } from '../../numerics/leastSquares/index.js';
import { finite } from '../../shared/table.js';
import { shareInterval } from '../../statistics/noncentralF.js';
import { coefficientRows, waldF, type BlockModel } from './blockModel.js';
import type { Design } from './design/designMatrix.js';
import type { ResolvedRegressOptions } from './options.js';
import type { BlockResult } from './results.js';

/**
 * Fit and change of fit of one block. ΔF = (ΔR²/Δdf) / ((1 − R²)/df₂) with the
 * larger model's residual; with robust standard errors the Wald F of the
 * parameters that entered.
 */
export function blockResult(design: Design, squares: LeastSquares, index: number, model: BlockModel, before: BlockModel | undefined, options: ResolvedRegressOptions): BlockResult {
  const { solution, df1, df2 } = model;
  const n = design.rows.count;
  const shift = design.intercept ? 1 : 0;
  const total = squares.totalSumOfSquares;
  const rSquared = total > 0 ? Math.max(0, model.exact ? 1 : 1 - solution.residualSumOfSquares / total) : NaN;
  const earlier = before ? 1 - before.solution.residualSumOfSquares / total : 0;
  const changeDf1 = df1 - (before?.df1 ?? 0);
  const classical = options.se === 'classical';
  const residualVariance = solution.residualSumOfSquares / df2;
  const testable = df2 > 0 && !model.exact;
  const all = Array.from({ length: df1 }, (_, k) => k + shift);
  const whole = classical
    ? f(testable && df1 > 0 ? solution.regressionSumOfSquares / df1 / residualVariance : NaN, df1, df2)
    : waldF(model, all);
  const change = classical
    ? f(testable && changeDf1 > 0 ? (solution.regressionSumOfSquares - (before?.solution.regressionSumOfSquares ?? 0)) / changeDf1 / residualVariance : NaN, changeDf1, df2)
    : waldF(model, all.slice(before?.df1 ?? 0));
  // found when asked for: with a million rows the noncentral F takes as long as the fit
  let found: ReturnType<typeof shareInterval> | undefined;
  const limits = (): ReturnType<typeof shareInterval> => (found ??= classical && whole.statistic !== null ? shareInterval(whole.statistic, df1, df2, options.confLevel, n) : { confLow: null, confHigh: null });
  const q = df1 + shift;
  const logWeights = design.weights ? design.weights.reduce((sum, w) => sum + Math.log(w), 0) : 0;
  const logLik = model.exact ? NaN : 0.5 * (logWeights - n * (Math.log(2 * Math.PI) + 1 - Math.log(n) + Math.log(solution.residualSumOfSquares)));
  return {
    block: index + 1,
    entered: design.terms.filter(({ block }) => block === index).map(({ name }) => name),
    coefficients: coefficientRows(design, squares, model, options),
    r: finite(Math.sqrt(rSquared)),
    rSquared: finite(rSquared),
    get rSquaredLow(): number | null {
      return limits().confLow;
    },
    get rSquaredHigh(): number | null {
      return limits().confHigh;
    },
    adjRSquared: df2 > 0 ? finite(1 - ((1 - rSquared) * (n - shift)) / df2) : null,
    sigma: finite(model.sigma),
    regressionSumOfSquares: solution.regressionSumOfSquares,
    residualSumOfSquares: solution.residualSumOfSquares,
    totalSumOfSquares: total,
    df1,
    df2,
    fStatistic: whole.statistic,
    pValue: whole.pValue,
    rSquaredChange: finite(rSquared - earlier),
    fChange: change.statistic,
    changeDf1,
    changeDf2: classical ? df2 : model.testDf,
    pChange: change.pValue,
    logLik: finite(logLik),
    aic: finite(-2 * logLik + 2 * (q + 1)),
    bic: finite(-2 * logLik + Math.log(n) * (q + 1))
  };
}

function f(statistic: number, df1: number, df2: number): { readonly statistic: number | null; readonly pValue: number | null } {
  if (!Number.isFinite(statistic)) return { statistic: null, pValue: null };
  return { statistic, pValue: fUpper(statistic, df1, df2) };
}
