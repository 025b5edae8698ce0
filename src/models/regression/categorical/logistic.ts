import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Survey } from '../../../survey/survey.js';
import { withScoresNamedIn } from '../../../survey/withScoresNamedIn.js';
import { buildDesign } from '../design/designMatrix.js';
import { formulaTerms } from '../formulaTerms.js';
import { checkKeys, checkLevel, sourceOf, type RegressOptions } from '../options.js';
import { aliasWarnings, columnsUpTo, deviations, likelihoodBlocks, likelihoodMeasures, slopeRows, waldRow, withoutUnbounded } from './common.js';
import { binaryLikelihood } from './binaryLikelihood.js';
import { hosmerLemeshow } from './hosmerLemeshow.js';
import { maximize } from './newton.js';
import type { Classification, LogisticFit } from './results.js';
import { rocArea } from './rocArea.js';
import { scaledColumns, unscale, type ScaledColumns } from './scaledColumns.js';
import { categoricalGlance, categoricalTidy, logisticTables } from './tables.js';

export interface LogisticOptions extends Pick<RegressOptions, 'confLevel' | 'blocks' | 'source'> {
  /** The class whose probability is modelled, by value or label; the last one by default. */
  readonly event?: string | number;
}

/** A linear predictor beyond this means probabilities of 0 and 1 to nine digits: the classes are separated. */
const SEPARATED = 20;

/**
 * Binary logistic regression by maximum likelihood,
 * log(p / (1 − p)) = b₀ + Σ b x.
 *
 * @param formula the outcome is a column with two classes
 * @throws SurveyError `bad-outcome` when the outcome has not two classes
 * @see Hosmer, Lemeshow & Sturdivant (2013), Applied Logistic Regression
 * @example logistic('bought ~ trust + price', survey).tables()
 */
export function logistic(formula: string, given: Survey, options: LogisticOptions = {}): LogisticFit {
  checkKeys(options, ['confLevel', 'event', 'blocks', 'source'], '`logistic`');
  const confLevel = options.confLevel === undefined ? 0.95 : checkLevel(options.confLevel);
  const survey = withScoresNamedIn(given, [formula, ...(options.blocks ?? []).flat()].join(' '));
  const { syntax, terms, source } = formulaTerms(formula, survey, options.blocks, sourceOf(formula, options));
  const design = buildDesign(syntax.response, terms, survey, { outcome: 'classes' }, source);
  if (design.rows.count === 0) fail('no-rows', 'no row is complete in all variables of the model');
  if (!design.intercept) fail('no-constant', 'a logistic regression without a constant is not offered', {}, source);
  const classes = design.classes?.levels ?? [];
  if (classes.length !== 2) fail('bad-outcome', `the outcome \`${design.responseName}\` has ${classes.length} classes in the rows used, two were expected`, { span: syntax.response.span, help: classes.length > 2 ? '`ordinal` fits ordered classes' : 'use rows in which both classes occur' }, source);
  const eventCode = options.event === undefined ? 1 : classes.findIndex(({ value, text, label }) => String(value) === String(options.event) || text === options.event || label.en === options.event || label.zh === options.event);
  if (eventCode < 0) fail('unknown-level', `\`${String(options.event)}\` is not a class of \`${design.responseName}\``, { help: `classes are ${classes.map(({ text }) => `\`${text}\``).join(', ')}` });
  const y = Float64Array.from(design.classes?.codes ?? [], (code) => (code === eventCode ? 1 : 0));
  const n = y.length;
  const events = y.reduce((sum, v) => sum + v, 0);
  const nullLogLik = events * Math.log(events / n) + (n - events) * Math.log1p(-events / n);

  const steps = Array.from({ length: design.blockCount }, (_, index) => {
    const scaled = scaledColumns(design, columnsUpTo(design, index));
    return { scaled, maximum: maximize(binaryLikelihood(y, scaled.values), start(events / n, scaled.values.length), (parameters) => predictions(parameters, scaled, n).largest > SEPARATED) };
  });
  const { scaled, maximum } = steps[steps.length - 1];
  const { parameters, covariance } = unscale(maximum.parameters, maximum.covariance, 1, -1, scaled);
  const fitted = predictions(maximum.parameters, scaled, n);
  const separated = fitted.largest > SEPARATED;
  const warnings: Diagnostic[] = aliasWarnings(design, scaled);
  if (separated) warnings.push(warning('separation', `the predictors separate the classes of \`${design.responseName}\` (nearly) perfectly: estimates run to infinity, and those that do have no standard error, test or odds ratio`, { zh: `自变量（几乎）完全分离了 \`${design.responseName}\` 的类别：估计值趋于无穷，相应的标准误、检验与优势比不存在`, help: 'look for a predictor that tells the outcome, drop it or join categories', helpZh: '找出能直接判定因变量的自变量，剔除它或合并类别' }));
  else if (!maximum.convergence.converged) warnings.push(warning('not-converged', `the fit did not converge: ${maximum.convergence.message}`, { zh: `拟合未收敛：${maximum.convergence.message}` }));
  const constant = waldRow({ term: '(Intercept)', display: '(Constant)', label: { en: '(Constant)', zh: '（常量）' } }, parameters[0], covariance[0], confLevel, true);
  const columnCount = design.columns.length;
  const rows = [constant, ...slopeRows(design, columnCount, scaled, parameters, covariance, 1, confLevel, true)];
  const fit: LogisticFit = {
    kind: 'logistic',
    formula: source.text,
    response: design.responseName,
    classes: classes.map(({ label }) => label),
    event: classes[eventCode].label,
    coefficients: separated ? withoutUnbounded(rows, deviations(design, scaled)) : rows,
    blocks: likelihoodBlocks(design, steps.map((step) => step.maximum.logLik), steps.map((step) => step.scaled.kept.length), nullLogLik),
    measures: likelihoodMeasures(n, maximum.logLik, nullLogLik, scaled.kept.length, parameters.length, separated ? null : confLevel),
    parameterNames: ['(Intercept)', ...scaled.kept.map((j) => design.columns[j].name)],
    covariance,
    references: design.factors.map(({ column, levels, reference }) => ({ factor: column, level: levels[reference].label })),
    options: Object.freeze({ confLevel, event: classes[eventCode].text }),
    convergence: separated ? { ...maximum.convergence, converged: false, message: 'estimates run to infinity: the classes are separated' } : maximum.convergence,
    warnings: Object.freeze(warnings),
    sample: design.rows.report,
    fitted: fitted.values,
    classification: classify(y, fitted.values, confLevel),
    hosmerLemeshow: hosmerLemeshow(y, fitted.values),
    tidy: () => categoricalTidy(fit),
    glance: () => categoricalGlance(fit),
    tables: () => logisticTables(fit)
  };
  return Object.freeze(fit);
}

function start(share: number, slopes: number): Float64Array {
  const parameters = new Float64Array(slopes + 1);
  parameters[0] = Math.log(share / (1 - share));
  return parameters;
}

function predictions(parameters: Float64Array, { values }: ScaledColumns, n: number): { readonly values: Float64Array; readonly largest: number } {
  let largest = 0;
  const probabilities = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let eta = parameters[0];
    for (let j = 0; j < values.length; j++) eta += parameters[j + 1] * values[j][i];
    largest = Math.max(largest, Math.abs(eta));
    probabilities[i] = 1 / (1 + Math.exp(-eta));
  }
  return { values: probabilities, largest };
}

function share(right: number, wrong: number): number | null {
  return right + wrong > 0 ? right / (right + wrong) : null;
}

function classify(y: Float64Array, p: Float64Array, confLevel: number): Classification {
  const roc = rocArea(y, p, confLevel);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) counts[2 * y[i] + (p[i] >= 0.5 ? 1 : 0)]++;
  const [trueNegative, falsePositive, falseNegative, truePositive] = counts;
  return { trueNegative, falsePositive, falseNegative, truePositive, shareCorrect: (trueNegative + truePositive) / y.length, sensitivity: share(truePositive, falseNegative), specificity: share(trueNegative, falsePositive), areaUnderCurve: roc.area, areaStdError: roc.stdError, areaLow: roc.confLow, areaHigh: roc.confHigh };
}
