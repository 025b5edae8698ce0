import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { normalCdf, normalDensity, normalQuantile } from '../../../numerics/distributions/index.js';
import type { Survey } from '../../../survey/survey.js';
import { buildDesign } from '../design/designMatrix.js';
import { formulaTerms } from '../formulaTerms.js';
import { checkChoice, checkKeys, checkLevel, sourceOf, type RegressOptions } from '../options.js';
import { aliasWarnings, columnsUpTo, likelihoodBlocks, likelihoodMeasures, slopeRows, waldRow } from './common.js';
import { maximize, type LogLikelihood } from './newton.js';
import type { OrdinalFit } from './results.js';
import { scaledColumns, unscale } from './scaledColumns.js';
import { categoricalGlance, categoricalTidy, ordinalTables } from './tables.js';

export interface OrdinalOptions extends Pick<RegressOptions, 'confLevel' | 'blocks' | 'source'> {
  /** `logit` (default): proportional odds; `probit`. */
  readonly link?: 'logit' | 'probit';
}

/** A distribution function with its density and the density's slope. */
interface Link {
  cdf(x: number): number;
  density(x: number): number;
  slope(x: number): number;
  quantile(p: number): number;
}

const LOGIT: Link = {
  cdf: (x) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x))),
  density(x) {
    const e = Math.exp(-Math.abs(x));
    return e / ((1 + e) * (1 + e));
  },
  slope(x) {
    return LOGIT.density(x) * (1 - 2 * LOGIT.cdf(x));
  },
  quantile: (p) => Math.log(p / (1 - p))
};

const PROBIT: Link = { cdf: normalCdf, density: normalDensity, slope: (x) => (Number.isFinite(x) ? -x * normalDensity(x) : 0), quantile: normalQuantile };

/** More ordered classes than this are a measurement. */
const MOST_CLASSES = 50;

/**
 * Ordinal regression, P(Y ≤ j) = F(ζⱼ − Σ b x) with F logistic (proportional
 * odds) or normal; a positive b speaks for higher classes.
 *
 * @see McCullagh (1980), Regression models for ordinal data, JRSS B 42
 * @example ordinal('satisfaction ~ trust + price', survey).tables()
 */
export function ordinal(formula: string, survey: Survey, options: OrdinalOptions = {}): OrdinalFit {
  checkKeys(options, ['confLevel', 'link', 'blocks', 'source'], '`ordinal`');
  const confLevel = options.confLevel === undefined ? 0.95 : checkLevel(options.confLevel);
  const link = options.link === undefined ? 'logit' : checkChoice('link', options.link, ['logit', 'probit']);
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
    return { scaled, maximum: maximize(cumulativeLikelihood(codes, cuts, scaled.values, family), first) };
  });
  const { scaled, maximum } = steps[steps.length - 1];
  const { parameters, covariance } = unscale(maximum.parameters, maximum.covariance, cuts, 1, scaled);
  const warnings: Diagnostic[] = aliasWarnings(design, scaled);
  if (!maximum.convergence.converged) warnings.push(warning('not-converged', `the fit did not converge: ${maximum.convergence.message}`, { help: 'a predictor may tell the classes apart perfectly' }));
  const k = parameters.length;
  const cutName = (j: number): string => `${classes[j].text}|${classes[j + 1].text}`;
  const fit: OrdinalFit = {
    kind: 'ordinal',
    link,
    formula: source.text,
    response: design.responseName,
    classes: classes.map(({ label }) => label),
    thresholds: Array.from({ length: cuts }, (_, j) => waldRow({ term: cutName(j), display: cutName(j), label: { en: `${classes[j].label.en} | ${classes[j + 1].label.en}` } }, parameters[j], covariance[j * k + j], confLevel, false)),
    coefficients: slopeRows(design, design.columns.length, scaled, parameters, covariance, cuts, confLevel, link === 'logit'),
    blocks: likelihoodBlocks(design, steps.map((step) => step.maximum.logLik), steps.map((step) => step.scaled.kept.length), nullLogLik),
    measures: likelihoodMeasures(n, maximum.logLik, nullLogLik, scaled.kept.length, k),
    parameterNames: [...Array.from({ length: cuts }, (_, j) => cutName(j)), ...scaled.kept.map((j) => design.columns[j].name)],
    covariance,
    references: design.factors.map(({ column, levels, reference }) => ({ factor: column, level: levels[reference].label })),
    options: Object.freeze({ confLevel, link }),
    convergence: maximum.convergence,
    warnings: Object.freeze(warnings),
    sample: design.rows.report,
    tidy: () => categoricalTidy(fit),
    glance: () => categoricalGlance(fit),
    tables: () => ordinalTables(fit)
  };
  return Object.freeze(fit);
}

/** Σ log(F(ζⱼ − η) − F(ζⱼ₋₁ − η)) with ζ₀ = −∞ and ζ_J = ∞; parameters (thresholds, slopes). */
function cumulativeLikelihood(codes: Int32Array, cuts: number, columns: readonly Float64Array[], { cdf, density, slope }: Link): LogLikelihood {
  const k = cuts + columns.length;
  const upper = new Float64Array(k);
  const lower = new Float64Array(k);
  return (parameters, gradient, information) => {
    for (let j = 1; j < cuts; j++) if (!(parameters[j] > parameters[j - 1])) return -Infinity;
    let logLik = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      let eta = 0;
      for (let c = 0; c < columns.length; c++) {
        const x = columns[c][i];
        eta += parameters[cuts + c] * x;
        upper[cuts + c] = lower[cuts + c] = -x;
      }
      const hasUpper = code < cuts;
      const hasLower = code > 0;
      const u = hasUpper ? parameters[code] - eta : Infinity;
      const l = hasLower ? parameters[code - 1] - eta : -Infinity;
      // from the side where both values are small
      const p = l > 0 ? cdf(-l) - cdf(-u) : cdf(u) - cdf(l);
      if (!(p > 0)) return -Infinity;
      logLik += Math.log(p);
      const fu = hasUpper ? density(u) / p : 0;
      const fl = hasLower ? density(l) / p : 0;
      const su = hasUpper ? slope(u) / p : 0;
      const sl = hasLower ? slope(l) / p : 0;
      for (let a = 0; a < cuts; a++) upper[a] = lower[a] = 0;
      if (hasUpper) upper[code] = 1;
      if (hasLower) lower[code - 1] = 1;
      for (let a = 0; a < k; a++) {
        const ga = fu * upper[a] - fl * lower[a];
        gradient[a] += ga;
        for (let b = 0; b <= a; b++) {
          const gb = fu * upper[b] - fl * lower[b];
          information[a * k + b] += ga * gb - (su * upper[a] * upper[b] - sl * lower[a] * lower[b]);
        }
      }
    }
    for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) information[b * k + a] = information[a * k + b];
    return logLik;
  };
}
