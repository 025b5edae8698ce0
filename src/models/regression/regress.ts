import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { finite } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { withScoresNamedIn } from '../../survey/withScoresNamedIn.js';
import { leastSquares, type LeastSquares } from '../../numerics/leastSquares/index.js';
import { assumptionsOf } from './assumptions.js';
import { blockModel, type BlockModel } from './blockModel.js';
import { blockResult } from './blocks.js';
import { collinearityDimensions } from './collinearity.js';
import { buildDesign, type Design } from './design/designMatrix.js';
import { formulaTerms } from './formulaTerms.js';
import { influenceOf } from './influence.js';
import { resolveOptions, sourceOf, type RegressOptions, type ResolvedRegressOptions } from './options.js';
import type { Assumptions, Influence, RegressionFit, RegressionMeasures } from './results.js';
import { augmentTable, glanceTable, tidyTable } from './tables/broom.js';
import { regressionTables } from './tables/regressionTables.js';
import { termTests } from './termTests.js';

/** Below this tolerance of a predictor (R² on the others above 0.9999) its estimate is nearly arbitrary. */
const NEAR_COLLINEAR = 1e-4;
/** With fewer clusters than this the cluster-robust standard errors are known to be too small. */
const FEW_CLUSTERS = 20;

/**
 * Ordinary or weighted least squares, in one or several blocks.
 *
 * Rows with a missing value in any variable of any block are left out
 * (listwise), so that all blocks describe the same rows; the fit's `sample`
 * says how many.
 *
 * The name of a construct of the codebook stands for its score, the mean of its items.
 *
 * @param formula `y ~ a + b*c + I(x^2) + factor(g, ref = "2")`; `|` starts the next block
 * @throws SurveyError `unknown-variable`, `unknown-option`, `no-rows`, `constant-outcome`, and the parser's errors
 * @example regress('WOM ~ gender + years | EXP + REL', survey).tables()
 */
export function regress(formula: string, survey: Survey, options: RegressOptions = {}): RegressionFit {
  return regressAmong(formula, survey, options, []);
}

/** `regress` over the rows that are complete in further columns too, so that several equations share their rows. */
export function regressAmong(formula: string, given: Survey, options: RegressOptions, complete: readonly string[]): RegressionFit {
  const survey = withScoresNamedIn(given, [formula, ...complete, ...(options.blocks ?? []).flat()].join(' '));
  const resolved = resolveOptions(options);
  const { syntax, terms, source } = formulaTerms(formula, survey, options.blocks, sourceOf(formula, options));
  const design = buildDesign(syntax.response, terms, survey, { complete, ...(resolved.weights === null ? {} : { weights: resolved.weights }), ...(resolved.cluster === null ? {} : { cluster: resolved.cluster }) }, source);
  checkSample(design, resolved);
  const squares = leastSquares({
    columns: design.columns.map(({ values }) => values),
    response: design.response,
    intercept: design.intercept,
    ...(design.weights ? { weights: design.weights } : {})
  });
  if (!(squares.totalSumOfSquares > 0)) fail('constant-outcome', `the outcome \`${design.responseName}\` is the same in all ${design.rows.count} rows used`, { span: syntax.response.span }, source);
  return assemble(source.text, survey, design, squares, resolved);
}

function checkSample(design: Design, options: ResolvedRegressOptions): void {
  const { rows } = design;
  const told = rows.missing.map(({ name, count }) => `\`${name}\` ${count}`).join(', ');
  if (options.missing === 'fail' && rows.missing.length > 0) fail('missing-values', `values are missing: ${told}`, { help: "use `missing: 'listwise'` to leave these rows out" });
  if (rows.count === 0) fail('no-rows', 'no row is complete in all variables of the model', told === '' ? {} : { notes: [`missing: ${told}`] });
  if (options.se === 'cluster' && (design.clusterCount ?? 0) < 2) fail('one-cluster', `\`${options.cluster ?? ''}\` has only one cluster in the rows used`);
}

function assemble(formula: string, survey: Survey, design: Design, squares: LeastSquares, options: ResolvedRegressOptions): RegressionFit {
  const models: BlockModel[] = [];
  const blocks = Array.from({ length: design.blockCount }, (_, index) => {
    const columnCount = design.terms.reduce((count, term) => (term.block <= index ? Math.max(count, term.first + term.count) : count), 0);
    models.push(blockModel(design, squares, columnCount, options));
    return blockResult(design, squares, index, models[index], models[index - 1], options);
  });
  const model = models[models.length - 1];
  const last = blocks[blocks.length - 1];
  const { residuals } = model.solution;
  const collinearity = collinearityDimensions(design, squares, model);
  const measures: RegressionMeasures = {
    n: design.rows.count,
    df1: last.df1,
    df2: last.df2,
    r: last.r,
    rSquared: last.rSquared,
    get rSquaredLow(): number | null {
      return last.rSquaredLow;
    },
    get rSquaredHigh(): number | null {
      return last.rSquaredHigh;
    },
    adjRSquared: last.adjRSquared,
    sigma: last.sigma,
    fStatistic: last.fStatistic,
    pValue: last.pValue,
    durbinWatson: model.exact ? null : finite(durbinWatson(residuals)),
    conditionIndex: collinearity.length > 0 ? collinearity[collinearity.length - 1].conditionIndex : null,
    logLik: last.logLik,
    aic: last.aic,
    bic: last.bic,
    regressionSumOfSquares: last.regressionSumOfSquares,
    residualSumOfSquares: last.residualSumOfSquares,
    totalSumOfSquares: last.totalSumOfSquares
  };
  let assumptions: Assumptions | undefined;
  let influence: Influence | undefined;
  let fitted: Float64Array | undefined;
  const fit: RegressionFit = {
    kind: 'regression',
    formula,
    response: design.responseName,
    responseLabel: design.responseLabel,
    references: design.factors.map(({ column, levels, reference, automatic }) => ({ factor: column, level: levels[reference].label, automatic })),
    options: options as RegressionFit['options'],
    convergence: { converged: true, iterations: 0, gradient: 0, message: 'closed form' },
    warnings: Object.freeze(warningsOf(design, squares, model, options)),
    sample: design.rows.report,
    coefficients: last.coefficients,
    blocks,
    termTests: termTests(design, squares, model, options),
    measures,
    collinearity,
    parameterNames: model.names,
    covariance: model.covariance,
    residuals,
    get fitted(): Float64Array {
      return (fitted ??= residuals.map((e, i) => design.response.hi[i] - e));
    },
    rowNumbers: () => rowNumbers(survey, design),
    assumptions: () => (assumptions ??= assumptionsOf(design, squares, model, residuals)),
    influence: () => (influence ??= influenceOf(design, squares, model)),
    tidy: () => tidyTable(fit),
    glance: () => glanceTable(fit),
    augment: (data) => augmentTable(fit, data),
    tables: () => regressionTables(fit)
  };
  return Object.freeze(fit);
}

/** Σ(eᵢ − eᵢ₋₁)² / Σeᵢ², about 2 when neighbouring rows are uncorrelated. */
export function durbinWatson(residuals: Float64Array): number {
  let change = 0;
  let total = residuals.length > 0 ? residuals[0] * residuals[0] : 0;
  for (let i = 1; i < residuals.length; i++) {
    change += (residuals[i] - residuals[i - 1]) ** 2;
    total += residuals[i] * residuals[i];
  }
  return change / total;
}

/** Rows of the file, counted from 1. */
function rowNumbers(survey: Survey, design: Design): Uint32Array {
  const { indices, count } = design.rows;
  const excluded = survey.screening?.excludedBy;
  const valid: number[] | undefined = excluded ? [] : undefined;
  if (valid && excluded) for (let i = 0; i < excluded.length; i++) if (excluded[i] === 0) valid.push(i);
  return Uint32Array.from({ length: count }, (_, i) => {
    const at = indices ? indices[i] : i;
    return (valid ? valid[at] : at) + 1;
  });
}

function warningsOf(design: Design, squares: LeastSquares, model: BlockModel, options: ResolvedRegressOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = (j: number): string => `\`${design.columns[j].name}\``;
  for (const j of squares.aliased) {
    const constant = design.columns[j].values.hi.every((value, _, all) => value === all[0]);
    found.push(warning('aliased-term', constant && design.intercept ? `${name(j)} does not vary in the rows used and has no estimate` : `${name(j)} is a combination of the terms before it and has no estimate`, { zh: constant && design.intercept ? `${name(j)} 在所用数据中没有变异，无估计值` : `${name(j)} 是前面各项的线性组合，无估计值`, help: 'leave it out, or one of the terms that make it up', helpZh: '剔除该项，或构成它的某一项' }));
  }
  const size = squares.problem.columns.length + 1;
  const q = model.names.length;
  const shift = design.intercept ? 1 : 0;
  model.solution.kept.forEach((j, place) => {
    const k = place + shift;
    const tolerance = 1 / (squares.crossProducts[j * size + j] * model.bread[k * q + k]);
    if (tolerance < NEAR_COLLINEAR) found.push(warning('near-collinear', `${name(j)} is nearly a combination of the other predictors (tolerance ${tolerance.toExponential(1)})`, { zh: `${name(j)} 几乎是其他自变量的线性组合（容差 ${tolerance.toExponential(1)}）`, help: 'centre polynomials and products, or leave a predictor out', helpZh: '对多项式与乘积项作中心化，或剔除一个自变量' }));
  });
  if (model.exact) found.push(warning('exact-fit', 'the predictors reproduce the outcome exactly: tests of significance mean nothing', { zh: '自变量完全再现因变量，显著性检验没有意义' }));
  if (model.df2 <= 0) found.push(warning('no-residual-df', `${design.rows.count} rows for ${q} parameters leave nothing to estimate the error from`, { zh: `${q} 个参数只有 ${design.rows.count} 行，无法估计误差` }));
  if (options.se === 'cluster' && (design.clusterCount ?? 0) < FEW_CLUSTERS) found.push(warning('few-clusters', `standard errors rest on ${design.clusterCount ?? 0} clusters, fewer than ${FEW_CLUSTERS}: they are likely too small`, { zh: `标准误仅基于 ${design.clusterCount ?? 0} 个群（少于 ${FEW_CLUSTERS}），很可能偏小` }));
  if (!design.intercept) found.push(warning('no-constant', 'without a constant R² is about zero, not about the mean, and is not comparable with other models', { zh: '无常数项时 R² 以零而非均值为基准，不能与其他模型比较' }));
  return found;
}
