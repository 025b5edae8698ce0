import { chiSquareUpper, fUpper, normalUpper } from '../../numerics/distributions/index.js';
import { leastSquares, type LeastSquares, type LeastSquaresProblem } from '../../numerics/leastSquares/index.js';
import { shapiroWilk } from '../../numerics/shapiroWilk.js';
import { finite, table, type Table } from '../../shared/table.js';
import type { BlockModel } from './blockModel.js';
import type { Design } from './design/designMatrix.js';
import { orthogonalRows } from './orthogonalRows.js';
import type { Assumptions, AssumptionTest } from './results.js';
import { column, HEADING } from './tables/wording.js';

const MEANING: Readonly<Record<AssumptionTest['test'], { readonly en: string; readonly zh: string }>> = {
  breuschPagan: { en: 'Equal variances: Breusch–Pagan (studentized)', zh: '方差齐性：Breusch–Pagan（学生化）' },
  scoreTest: { en: 'Equal variances: score test on fitted values', zh: '方差齐性：对预测值的得分检验' },
  reset: { en: 'Linearity: RESET with squares and cubes', zh: '线性：RESET（二、三次项）' },
  durbinWatson: { en: 'Uncorrelated errors: Durbin–Watson (one-sided)', zh: '误差独立：Durbin–Watson（单侧）' },
  shapiroWilk: { en: 'Normal residuals: Shapiro–Wilk', zh: '残差正态：Shapiro–Wilk' }
};

export function assumptionsOf(design: Design, squares: LeastSquares, model: BlockModel, residuals: Float64Array): Assumptions {
  const usable = !model.exact && model.df2 > 0;
  const tests = usable ? [breuschPagan(squares, model, residuals), scoreTest(design, model, residuals), reset(design, squares, model, residuals), durbinWatsonTest(design, squares, model, residuals), normality(residuals)] : [];
  const found: Assumptions = { kind: 'assumptions', tests, tidy: () => assumptionTable(tests, true), tables: () => [assumptionTable(tests, false)] };
  return Object.freeze(found);
}

function squared(residuals: Float64Array): Float64Array {
  return residuals.map((e) => e * e);
}

/** The problem of the same predictors with another outcome. */
function withResponse(problem: LeastSquaresProblem, response: Float64Array): LeastSquaresProblem {
  const { weights: _, ...rest } = problem;
  return { ...rest, intercept: true, response: { hi: response } };
}

/**
 * n R² of the squared residuals on the predictors.
 * @see Koenker (1981), A note on studentizing a test for heteroscedasticity, Journal of Econometrics 17
 */
function breuschPagan(squares: LeastSquares, model: BlockModel, residuals: Float64Array): AssumptionTest {
  const auxiliary = leastSquares(withResponse(squares.problem, squared(residuals)));
  const { residualSumOfSquares } = auxiliary.solve(squares.problem.columns.length);
  const statistic = residuals.length * (1 - residualSumOfSquares / auxiliary.totalSumOfSquares);
  return { test: 'breuschPagan', statistic: finite(statistic), df1: model.df1, df2: null, pValue: finite(chiSquareUpper(statistic, model.df1)) };
}

/**
 * Half the regression sum of squares of e²/σ̂² on the fitted values, σ̂² = Σe²/n.
 * @see Cook & Weisberg (1983), Diagnostics for heteroscedasticity in regression, Biometrika 70
 */
function scoreTest(design: Design, model: BlockModel, residuals: Float64Array): AssumptionTest {
  const weighted = design.weights ? residuals.map((e, i) => e * Math.sqrt((design.weights as Float64Array)[i])) : residuals;
  const variance = model.solution.residualSumOfSquares / residuals.length;
  const fitted = residuals.map((e, i) => design.response.hi[i] - e);
  const auxiliary = leastSquares({ columns: [{ hi: fitted }], response: { hi: squared(weighted).map((value) => value / variance) }, intercept: true });
  const statistic = auxiliary.solve(1).regressionSumOfSquares / 2;
  return { test: 'scoreTest', statistic: finite(statistic), df1: 1, df2: null, pValue: finite(chiSquareUpper(statistic, 1)) };
}

/**
 * F test of ŷ² and ŷ³ as further predictors.
 * @see Ramsey (1969), Tests for specification errors in classical linear least squares regression analysis, JRSS B 31
 */
function reset(design: Design, squares: LeastSquares, model: BlockModel, residuals: Float64Array): AssumptionTest {
  const fitted = residuals.map((e, i) => design.response.hi[i] - e);
  const p = squares.problem.columns.length;
  const larger = leastSquares({ ...squares.problem, columns: [...squares.problem.columns, ...[2, 3].map((power) => ({ hi: fitted.map((v) => v ** power) }))] });
  const solution = larger.solve(p + 2);
  const df1 = solution.kept.length - model.df1;
  const df2 = model.df2 - df1;
  if (df1 < 1 || df2 < 1) return { test: 'reset', statistic: null, df1, df2, pValue: null };
  const statistic = (model.solution.residualSumOfSquares - solution.residualSumOfSquares) / df1 / (solution.residualSumOfSquares / df2);
  return { test: 'reset', statistic: finite(statistic), df1, df2, pValue: finite(fUpper(statistic, df1, df2)) };
}

/**
 * Durbin–Watson with the normal approximation from its exact mean and
 * variance; small p speaks for positive correlation of neighbouring rows.
 * @see Durbin & Watson (1951), Testing for serial correlation in least squares regression II, Biometrika 38, eqs 3–6
 */
function durbinWatsonTest(design: Design, squares: LeastSquares, model: BlockModel, residuals: Float64Array): AssumptionTest {
  const rows = orthogonalRows(design, squares, model.solution);
  const { n, parameters: k } = rows;
  let change = 0;
  let total = residuals[0] ** 2;
  for (let i = 1; i < n; i++) {
    change += (residuals[i] - residuals[i - 1]) ** 2;
    total += residuals[i] ** 2;
  }
  const statistic = change / total;
  if (n < 5 || design.weights) return { test: 'durbinWatson', statistic: finite(statistic), df1: null, df2: null, pValue: null };
  // with orthonormal Z the traces of XᵀAX(XᵀX)⁻¹ are those of ZᵀAZ;
  // A is the second-difference matrix: (Ax)ᵢ = 2xᵢ − xᵢ₋₁ − xᵢ₊₁, with single weight at both ends
  const matrix = new Float64Array(n * k);
  for (let i = 0; i < n; i++) rows.coordinates(i, matrix.subarray(i * k, (i + 1) * k));
  const image = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    const own = i === 0 || i === n - 1 ? 1 : 2;
    for (let a = 0; a < k; a++) image[i * k + a] = own * matrix[i * k + a] - (i > 0 ? matrix[(i - 1) * k + a] : 0) - (i < n - 1 ? matrix[(i + 1) * k + a] : 0);
  }
  const once = crossProduct(matrix, image, n, k);
  const twice = crossProduct(image, image, n, k);
  let traceSquare = 0;
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) traceSquare += once[a * k + b] * once[b * k + a];
  const p = 2 * (n - 1) - trace(once, k);
  const q = 2 * (3 * n - 4) - 2 * trace(twice, k) + traceSquare;
  const mean = p / (n - k);
  const variance = (2 / ((n - k) * (n - k + 2))) * (q - p * mean);
  return { test: 'durbinWatson', statistic, df1: null, df2: null, pValue: finite(normalUpper((mean - statistic) / Math.sqrt(variance))) };
}

/** XᵀY. */
function crossProduct(x: Float64Array, y: Float64Array, n: number, k: number): Float64Array {
  const cross = new Float64Array(k * k);
  for (let i = 0; i < n; i++) for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) cross[a * k + b] += x[i * k + a] * y[i * k + b];
  return cross;
}

function trace(matrix: Float64Array, k: number): number {
  let sum = 0;
  for (let a = 0; a < k; a++) sum += matrix[a * k + a];
  return sum;
}

function normality(residuals: Float64Array): AssumptionTest {
  const found = shapiroWilk(residuals);
  return { test: 'shapiroWilk', statistic: found?.statistic ?? null, df1: null, df2: null, pValue: found?.pValue ?? null };
}

function assumptionTable(tests: readonly AssumptionTest[], plain: boolean): Table {
  const columns = [
    column('test', { en: 'Assumption and test', zh: '假设与检验' }, 'text', plain ? {} : { zhFrom: 'testZh' }),
    column('statistic', { en: 'Statistic', zh: '统计量' }, 'number'),
    column('df1', HEADING.df1, 'integer'),
    column('df2', HEADING.df2, 'integer'),
    column('pValue', HEADING.p, 'pValue')
  ];
  const rows = tests.map(({ test, statistic, df1, df2, pValue }) => ({ test: plain ? test : MEANING[test].en, ...(plain ? {} : { testZh: MEANING[test].zh }), statistic, df1, df2, pValue }));
  const notes = plain ? [] : [{ en: 'A small p speaks against the assumption; a large one does not prove it. Unequal variances: use robust standard errors (HC3).', zh: '显著性小表示假设不成立；显著性大并不证明假设成立。方差不齐时使用稳健标准误（HC3）。' }];
  return table({ en: 'Assumptions of the regression', zh: '回归假设检验' }, columns, rows, { notes });
}
