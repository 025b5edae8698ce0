import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import type { Survey } from '../../../survey/survey.js';
import { withScoresNamedIn } from '../../../survey/withScoresNamedIn.js';
import { buildDesign } from '../design/designMatrix.js';
import { formulaTerms } from '../formulaTerms.js';
import { checkChoice, checkKeys, checkLevel, sourceOf, type RegressOptions } from '../options.js';
import { aliasWarnings, columnsUpTo, deviations, likelihoodBlocks, likelihoodMeasures, slopeRows, waldRow, withoutUnbounded } from './common.js';
import { brantTest } from './brantTest.js';
import { cumulativeLikelihood } from './cumulativeLikelihood.js';
import { LOGIT, PROBIT, type Link } from './links.js';
import { maximize, type Maximum } from './newton.js';
import type { OrdinalFit, ParallelLines } from './results.js';
import { scaledColumns, unscale, type ScaledColumns } from './scaledColumns.js';
import { categoricalGlance, categoricalTidy, ordinalTables } from './tables.js';

export interface OrdinalOptions extends Pick<RegressOptions, 'confLevel' | 'blocks' | 'source'> {
  /** `logit` (default): proportional odds; `probit`. */
  readonly link?: 'logit' | 'probit';
}

/** More ordered classes than this are a measurement. */
const MOST_CLASSES = 50;
/** A linear predictor this far from every threshold means a class is certain to nine digits: the classes are separated. */
const SEPARATED = 20;

/**
 * Ordinal regression, P(Y ≤ j) = F(ζⱼ − Σ b x) with F logistic (proportional
 * odds) or normal; a positive b speaks for higher classes.
 *
 * @see McCullagh (1980), Regression models for ordinal data, JRSS B 42
 * @example ordinal('satisfaction ~ trust + price', survey).tables()
 */
export function ordinal(formula: string, given: Survey, options: OrdinalOptions = {}): OrdinalFit {
  checkKeys(options, ['confLevel', 'link', 'blocks', 'source'], '`ordinal`');
  const confLevel = options.confLevel === undefined ? 0.95 : checkLevel(options.confLevel);
  const link = options.link === undefined ? 'logit' : checkChoice('link', options.link, ['logit', 'probit']);
  const survey = withScoresNamedIn(given, [formula, ...(options.blocks ?? []).flat()].join(' '));
  const { syntax, terms, source } = formulaTerms(formula, survey, options.blocks, sourceOf(formula, options));
  const design = buildDesign(syntax.response, terms, survey, { outcome: 'classes' }, source);
  if (design.rows.count === 0) fail('no-rows', 'no row is complete in all variables of the model');
  if (!design.intercept) fail('no-constant', 'the thresholds stand for the constant, it cannot be left out', {}, source);
  const classes = design.classes?.levels ?? [];
  const codes = design.classes?.codes ?? new Int32Array(0);
  if (classes.length < 2 || classes.length > MOST_CLASSES) fail('bad-outcome', `the outcome \`${design.responseName}\` has ${classes.length} classes in the rows used, 2 to ${MOST_CLASSES} were expected`, { span: syntax.response.span }, source);
  const n = codes.length;
  const counts = new Float64Array(classes.length);
  for (const code of codes) counts[code]++;
  const nullLogLik = counts.reduce((sum, count) => sum + count * Math.log(count / n), 0);
  const family = link === 'logit' ? LOGIT : PROBIT;
  const cuts = classes.length - 1;

  const steps = Array.from({ length: design.blockCount }, (_, index) => {
    const scaled = scaledColumns(design, columnsUpTo(design, index));
    const first = new Float64Array(cuts + scaled.values.length);
    let below = 0;
    for (let j = 0; j < cuts; j++) first[j] = family.quantile((below += counts[j]) / n);
    return { scaled, maximum: maximize(cumulativeLikelihood(codes, cuts, scaled.values, family, true), first, (parameters) => farthest(parameters, cuts, scaled, n) > SEPARATED) };
  });
  const { scaled, maximum } = steps[steps.length - 1];
  const { parameters, covariance } = unscale(maximum.parameters, maximum.covariance, cuts, 1, scaled);
  const warnings: Diagnostic[] = aliasWarnings(design, scaled);
  const separated = farthest(maximum.parameters, cuts, scaled, n) > SEPARATED;
  if (separated) warnings.push(warning('separation', `the predictors tell (some of) the classes of \`${design.responseName}\` apart perfectly: estimates run to infinity, and those that do have no standard error, test or odds ratio`, { zh: `自变量完全分离了 \`${design.responseName}\` 的（部分）类别：估计值趋于无穷，相应的标准误、检验与优势比不存在`, help: 'look for a predictor that tells the outcome, drop it or join categories', helpZh: '找出能直接判定因变量的自变量，剔除它或合并类别' }));
  else if (!maximum.convergence.converged) warnings.push(warning('not-converged', `the fit did not converge: ${maximum.convergence.message}`, { zh: `拟合未收敛：${maximum.convergence.message}`, help: 'a predictor may tell the classes apart perfectly', helpZh: '某自变量可能完全区分了类别' }));
  const parallelLines = separated ? null : testParallelLines(codes, cuts, scaled, family, maximum);
  const k = parameters.length;
  const cutName = (j: number): string => `${classes[j].text}|${classes[j + 1].text}`;
  const thresholds = Array.from({ length: cuts }, (_, j) => waldRow({ term: cutName(j), display: cutName(j), label: { en: `${classes[j].label.en} | ${classes[j + 1].label.en}` } }, parameters[j], covariance[j * k + j], confLevel, false));
  const slopes = slopeRows(design, design.columns.length, scaled, parameters, covariance, cuts, confLevel, link === 'logit');
  const fit: OrdinalFit = {
    kind: 'ordinal',
    link,
    formula: source.text,
    response: design.responseName,
    classes: classes.map(({ label }) => label),
    thresholds: separated ? withoutUnbounded(thresholds, () => 1) : thresholds,
    coefficients: separated ? withoutUnbounded(slopes, deviations(design, scaled)) : slopes,
    blocks: likelihoodBlocks(design, steps.map((step) => step.maximum.logLik), steps.map((step) => step.scaled.kept.length), nullLogLik),
    measures: likelihoodMeasures(n, maximum.logLik, nullLogLik, scaled.kept.length, k, separated ? null : confLevel),
    parameterNames: [...Array.from({ length: cuts }, (_, j) => cutName(j)), ...scaled.kept.map((j) => design.columns[j].name)],
    covariance,
    references: design.factors.map(({ column, levels, reference }) => ({ factor: column, level: levels[reference].label })),
    options: Object.freeze({ confLevel, link }),
    convergence: separated ? { ...maximum.convergence, converged: false, message: 'estimates run to infinity: the classes are separated' } : maximum.convergence,
    warnings: Object.freeze(warnings),
    sample: design.rows.report,
    parallelLines,
    brant: separated || link !== 'logit' ? null : brantTest(codes, cuts, scaled.values, scaled.kept.map((j) => design.columns[j].display)),
    tidy: () => categoricalTidy(fit),
    glance: () => categoricalGlance(fit),
    tables: () => ordinalTables(fit)
  };
  return Object.freeze(fit);
}

/** Largest distance of a row's linear predictor from the threshold nearest to it. */
function farthest(parameters: Float64Array, cuts: number, { values }: ScaledColumns, n: number): number {
  let most = 0;
  for (let i = 0; i < n; i++) {
    let eta = 0;
    for (let c = 0; c < values.length; c++) eta += parameters[cuts + c] * values[c][i];
    let nearest = Infinity;
    for (let j = 0; j < cuts; j++) nearest = Math.min(nearest, Math.abs(parameters[j] - eta));
    most = Math.max(most, nearest);
  }
  return most;
}

/** Likelihood ratio of one set of slopes for all thresholds against a set per threshold; null numbers when the larger model has no maximum. */
function testParallelLines(codes: Int32Array, cuts: number, { values }: ScaledColumns, family: Link, { parameters, logLik, convergence }: Maximum): ParallelLines | null {
  const p = values.length;
  if (cuts < 2 || p === 0 || !convergence.converged) return null;
  const start = new Float64Array(cuts + p * cuts);
  start.set(parameters.subarray(0, cuts));
  for (let j = 0; j < cuts; j++) start.set(parameters.subarray(cuts), cuts + j * p);
  const general = maximize(cumulativeLikelihood(codes, cuts, values, family, false), start);
  const df = p * (cuts - 1);
  if (!general.convergence.converged) return { statistic: null, df, pValue: null };
  const statistic = Math.max(0, 2 * (general.logLik - logLik));
  return { statistic, df, pValue: chiSquareUpper(statistic, df) };
}
