import { fail } from '../../shared/diagnostic.js';
import { tQuantile, tTwoSided } from '../../numerics/distributions/index.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { withScoresNamedIn } from '../../survey/withScoresNamedIn.js';
import { writeName } from './formula/ast.js';
import { checkChoice, checkKeys, type RegressOptions } from './options.js';
import type { JohnsonNeymanBound, Moderation, ModerationSpec, SimpleSlope } from './moderationResults.js';
import { probeValues, type Probe } from './probes.js';
import { regress } from './regress.js';
import type { RegressionFit } from './results.js';
import { moderationTables, simpleSlopeTable } from './tables/moderationTables.js';

const KEYS = ['outcome', 'predictor', 'moderator', 'covariates', 'centre', 'probe', 'se', 'cluster', 'weights', 'confLevel', 'missing'] as const;
const REGION_POINTS = 21;

/**
 * Moderated regression y = a + b₁x + b₂w + b₃xw (+ covariates): the effect of
 * x is b₁ + b₃w with variance v₁₁ + 2w v₁₃ + w² v₃₃.
 *
 * @see Aiken & West (1991), Multiple Regression: Testing and Interpreting Interactions
 * @see Hayes (2018), Introduction to Mediation, Moderation, and Conditional Process Analysis (model 1)
 * @example moderate(survey, { outcome: 'WOM', predictor: 'EXP', moderator: 'years' }).tables()
 */
export function moderate(given: Survey, spec: ModerationSpec): Moderation {
  checkKeys(spec, KEYS, '`moderate`');
  const { outcome, predictor, moderator, covariates = [] } = spec;
  for (const [role, name] of [['outcome', outcome], ['predictor', predictor], ['moderator', moderator]] as const) if (typeof name !== 'string') fail('missing-option', `\`moderate\` needs the name of the ${role}`);
  if (predictor === moderator) fail('bad-option', `\`${predictor}\` is both predictor and moderator`);
  const survey = withScoresNamedIn(given, [outcome, predictor, moderator, ...covariates].join(' '));
  for (const name of [outcome, predictor, moderator, ...covariates]) survey.column(name);
  for (const name of [outcome, predictor, moderator]) survey.numeric(name);
  const centred = spec.centre === undefined || checkChoice('centre', spec.centre, ['mean', 'none']) === 'mean';
  const part = (name: string): string => (centred ? `center(${writeName(name)})` : `numeric(${writeName(name)})`);
  const [x, w] = [part(predictor), part(moderator)];
  const options: RegressOptions = Object.fromEntries(Object.entries({ se: spec.se, cluster: spec.cluster, weights: spec.weights, confLevel: spec.confLevel, missing: spec.missing }).filter(([, value]) => value !== undefined));
  const fit = regress(`${writeName(outcome)} ~ ${[x, w, ...covariates.map(writeName)].join(' + ')} | ${x}:${w}`, survey, options);

  const rows = fit.rowNumbers();
  const column = survey.column(moderator).values as Float64Array;
  const values = Float64Array.from(rows, (row) => column[row - 1]);
  const centre = centred ? values.reduce((sum, v) => sum + v, 0) / values.length : 0;
  const slopeAt = slopeFunction(fit, x, `${x}:${w}`, centre);
  const { min, max } = values.reduce((range, v) => ({ min: Math.min(range.min, v), max: Math.max(range.max, v) }), { min: Infinity, max: -Infinity });
  const probes = probeValues(values, spec.probe ?? 'sd');
  const slopes = probes.map(slopeAt);
  const region = Array.from({ length: REGION_POINTS }, (_, i) => slopeAt({ value: min + ((max - min) * i) / (REGION_POINTS - 1), label: { en: '' } }));
  const labelOf = (name: string): Bilingual => survey.codebook.constructs.get(name)?.label ?? survey.info(name).label ?? { en: name };
  const result: Moderation = {
    kind: 'moderation',
    spec,
    labels: { outcome: labelOf(outcome), predictor: labelOf(predictor), moderator: labelOf(moderator) },
    fit,
    slopes,
    johnsonNeyman: johnsonNeyman(fit, x, `${x}:${w}`, centre, values),
    region,
    interaction: interactionOf(fit, survey.column(predictor).values as Float64Array, values, centred, { x, w, product: `${x}:${w}` }, probes),
    warnings: fit.warnings,
    tidy: () => simpleSlopeTable(result),
    tables: () => moderationTables(result)
  };
  return Object.freeze(result);
}

/**
 * Predicted outcome over the predictor at each probed moderator value, with
 * covariates at their means: least squares passes through the mean, so
 * mean(ŷ − b₁x − b₂w − b₃xw) is the constant plus what the covariates add.
 */
function interactionOf(fit: RegressionFit, column: Float64Array, moderator: Float64Array, centred: boolean, names: { readonly x: string; readonly w: string; readonly product: string }, probes: readonly Probe[]): Moderation['interaction'] {
  const predictor = Float64Array.from(fit.rowNumbers(), (row) => column[row - 1]);
  const n = predictor.length;
  const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / n;
  const [cx, cw] = centred ? [mean(predictor), mean(moderator)] : [0, 0];
  const slope = (name: string): number => fit.coefficients.find(({ term }) => term === name)?.estimate ?? NaN;
  const [b1, b2, b3] = [slope(names.x), slope(names.w), slope(names.product)];
  let base = 0;
  for (let i = 0; i < n; i++) base += (fit.fitted[i] - b1 * (predictor[i] - cx) - b2 * (moderator[i] - cw) - b3 * (predictor[i] - cx) * (moderator[i] - cw)) / n;
  const lines = probes.map((probe) => {
    const w = probe.value - cw;
    return { probe, intercept: base + b2 * w - (b1 + b3 * w) * cx, slope: b1 + b3 * w };
  });
  return { from: predictor.reduce((least, v) => Math.min(least, v), Infinity), to: predictor.reduce((most, v) => Math.max(most, v), -Infinity), lines };
}

interface SlopeParts {
  readonly b1: number;
  readonly b3: number;
  readonly v11: number;
  readonly v13: number;
  readonly v33: number;
  readonly df: number;
}

function parts(fit: RegressionFit, x: string, product: string): SlopeParts {
  const q = fit.parameterNames.length;
  const i = fit.parameterNames.indexOf(x);
  const k = fit.parameterNames.indexOf(product);
  if (i < 0 || k < 0) fail('not-identified', 'predictor, moderator and their product cannot be told apart in the rows used', { help: 'does the moderator vary, and not only with the predictor?' });
  const estimate = (name: string): number => fit.coefficients.find(({ term }) => term === name)?.estimate ?? NaN;
  const df = fit.options.se === 'cluster' ? fit.blocks[fit.blocks.length - 1].changeDf2 : fit.measures.df2;
  return { b1: estimate(x), b3: estimate(product), v11: fit.covariance[i * q + i], v13: fit.covariance[i * q + k], v33: fit.covariance[k * q + k], df };
}

function slopeFunction(fit: RegressionFit, x: string, product: string, centre: number): (probe: Probe) => SimpleSlope {
  const { b1, b3, v11, v13, v33, df } = parts(fit, x, product);
  const critical = tQuantile(0.5 + fit.options.confLevel / 2, df);
  return (probe) => {
    const w = probe.value - centre;
    const estimate = b1 + b3 * w;
    const stdError = Math.sqrt(v11 + 2 * w * v13 + w * w * v33);
    const statistic = estimate / stdError;
    return { probe, estimate, stdError, statistic, pValue: tTwoSided(statistic, df), confLow: estimate - critical * stdError, confHigh: estimate + critical * stdError };
  };
}

/**
 * Roots of (b₁ + b₃w)² = t²(v₁₁ + 2w v₁₃ + w² v₃₃) within the data.
 * @see Johnson & Neyman (1936); Bauer & Curran (2005), Multivariate Behavioral Research 40
 */
function johnsonNeyman(fit: RegressionFit, x: string, product: string, centre: number, values: Float64Array): readonly JohnsonNeymanBound[] {
  const { b1, b3, v11, v13, v33, df } = parts(fit, x, product);
  const t2 = tQuantile(0.5 + fit.options.confLevel / 2, df) ** 2;
  const a = b3 * b3 - t2 * v33;
  const b = 2 * (b1 * b3 - t2 * v13);
  const c = b1 * b1 - t2 * v11;
  const discriminant = b * b - 4 * a * c;
  if (!(discriminant > 0)) return [];
  // the root of larger size first, the other from their product c/a: no cancellation
  const q = -0.5 * (b + (b < 0 ? -1 : 1) * Math.sqrt(discriminant));
  const roots = [q / a, c / q].filter(Number.isFinite).map((w) => w + centre).sort((u, v) => u - v);
  const low = values.reduce((least, v) => Math.min(least, v), Infinity);
  const high = values.reduce((most, v) => Math.max(most, v), -Infinity);
  return roots.filter((value) => value > low && value < high).map((value) => {
    const below = values.reduce((count, v) => count + (v < value ? 1 : 0), 0) / values.length;
    return { value, below, above: 1 - below };
  });
}
