import { parseModel } from '../../language/parser.js';
import type { ModelSyntax } from '../../language/syntax.js';
import { fail } from '../../shared/diagnostic.js';
import type { Moments } from '../../statistics/moments.js';
import { estimateModel } from './estimate.js';
import { withProducts } from './estimation/products.js';
import { isMoments, requireVariance, semSample, type SemData } from './estimation/sample.js';
import { FittedModel } from './fit/fittedModel.js';
import type { SemFunction, SemOptions } from './options.js';
import type { ParameterTable } from './parameterTable.js';
import { estimateCategorical } from './categorical/estimateCategorical.js';
import { ordinalVariables } from './categorical/ordinalVariables.js';
import { boundedByData } from './specification/dataBounds.js';
import { drawsOfFit, type FitRun } from './bootstrap/drawsOfFit.js';
import { optionWarnings } from './specification/informationOptions.js';
import { resolveOptions } from './specification/resolveOptions.js';
import { rotateFit } from './rotation/rotateFit.js';
import { hasInterceptFormula, specify } from './specify.js';
import { refuseWithLevels } from './twoLevel/checkLevels.js';
import { estimateTwoLevel } from './twoLevel/estimateTwoLevel.js';

export type { SemData } from './estimation/sample.js';

/** What a paper prints (`readPublished`): its moments, if it prints a covariance matrix. */
export interface PrintedMoments {
  readonly kind: 'published';
  readonly moments: Moments | null;
}

/** Codes that make a solution inadmissible. */
const INADMISSIBLE: ReadonlySet<string> = new Set(['heywood', 'latent-covariance', 'residual-covariance', 'threshold-order']);

/**
 * Fits a structural equation model in lavaan's syntax to a survey, or to
 * moments typed in from a paper.
 *
 * Never throws for a model that does not converge, is not identified or ends
 * in a Heywood case: `convergence`, `admissible` and `warnings` say so, and
 * numbers that then mean nothing are null.
 *
 * @param run watches and stops the draws of `se: 'bootstrap'` and `test: 'bollen.stine'`
 * @throws SurveyError for a text or data that cannot be understood
 * @example sem('visual =~ x1 + x2 + x3; textual =~ x4 + x5 + x6; textual ~ visual', survey).measures.cfi
 */
export function sem(syntax: string | ModelSyntax, data: SemData | PrintedMoments, options: SemOptions = {}, run: FitRun = {}): FittedModel {
  return fitModel(syntax, data, options, 'sem', run);
}

/** Confirmatory factor analysis: `sem` under the name that says so. */
export function cfa(syntax: string | ModelSyntax, data: SemData | PrintedMoments, options: SemOptions = {}, run: FitRun = {}): FittedModel {
  return fitModel(syntax, data, options, 'cfa', run);
}

/** Latent growth model: observed intercepts 0, latent means free. */
export function growth(syntax: string | ModelSyntax, data: SemData | PrintedMoments, options: SemOptions = {}, run: FitRun = {}): FittedModel {
  return fitModel(syntax, data, options, 'growth', run);
}

/** Nothing is added to the model but what the options ask for. */
export function lavaan(syntax: string | ModelSyntax, data: SemData | PrintedMoments, options: SemOptions = {}, run: FitRun = {}): FittedModel {
  return fitModel(syntax, data, options, 'lavaan', run);
}

function fitModel(model: string | ModelSyntax, from: SemData | PrintedMoments, given: SemOptions, modelType: SemFunction, run: FitRun): FittedModel {
  const data = semData(from);
  const syntax = withConstraints(model, given.constraints);
  if (syntax.statements.length === 0) fail('empty-model', 'the model holds no formula', { help: 'for example `f =~ x1 + x2 + x3` measures f by three columns, `y ~ x` regresses y on x' });
  const hasLevels = syntax.statements.some((statement) => statement.type === 'block' && statement.keyword === 'level');
  const groupLabels = groupsOf(data, given);
  const categories = ordinalVariables(syntax, data, given);
  const options = resolveOptions(given, modelType, {
    categorical: categories.size > 0,
    groupCount: groupLabels.length,
    hasIntercepts: hasInterceptFormula(syntax),
    hasLevels,
    hasMeans: !isMoments(data) || data.groups.every((group) => group.mean !== undefined)
  });
  const ordinal = new Map([...categories].map(([name, values]) => [name, values.length - 1]));
  const specified = specify(syntax, { ordinal, names: isMoments(data) ? data.names : data.names(), groupLabels, dataName: isMoments(data) ? 'the covariance matrix' : `survey \`${data.name}\`` }, options);
  const table = { ...specified, warnings: [...specified.warnings, ...optionWarnings(given, options)] };
  if (table.levelLabels) refuseWithLevels(options, table, !isMoments(data), { name: 'model', text: syntax.text });
  const source = isMoments(data) ? data : withProducts(data, table.roles.observed);
  const sample = semSample(source, table, options, table.levelLabels ? levelOne(table) : null);
  requireVariance(sample);
  const fitted = table.levelLabels ? estimateTwoLevel(syntax.text, table, source, sample, options) : rotateFit(
    options.categorical
      ? estimateCategorical(syntax.text, table, source, sample, categories, options)
      : estimateModel(syntax.text, boundedByData(table, (name, g) => sample.groups[g].covariance[sample.names[g].indexOf(name) * (sample.names[g].length + 1)], options), source, sample, options)
  );
  const state = drawsOfFit(fitted, run);
  return new FittedModel(state, state.estimation.minimum.converged && !state.warnings.some(({ code }) => INADMISSIBLE.has(code)));
}

/** Names at level 1 in any group. */
function levelOne({ blockRoles }: ParameterTable): readonly string[] {
  return [...new Set(blockRoles.flatMap(({ observed }, block) => (block % 2 === 0 ? observed : [])))];
}

function semData(data: SemData | PrintedMoments): SemData {
  if ((data as { kind?: unknown }).kind !== 'published') return data as SemData;
  return (data as PrintedMoments).moments ?? fail('no-moments', 'what is printed holds no covariance matrix to fit a model to', { help: 'give `n:`, `names:` and a lower triangle below `covariances:`' });
}

/** The model, and below it what the option `constraints` adds. */
function withConstraints(model: string | ModelSyntax, constraints: SemOptions['constraints'] = []): ModelSyntax {
  const added = (Array.isArray(constraints) ? constraints : [constraints]).filter((each) => typeof each === 'string' && each !== '');
  if (added.length > 0) return parseModel([typeof model === 'string' ? model : model.text, ...added].join('\n'));
  return typeof model === 'string' ? parseModel(model) : model;
}

/** Labels of the groups in order of first appearance; one empty label without groups. */
function groupsOf(data: SemData, { group, groupLabel }: SemOptions): readonly string[] {
  if (isMoments(data)) return data.groups.map(({ label }) => label);
  if (group === undefined) return [''];
  if (groupLabel && groupLabel.length > 0) return groupLabel;
  const labels = [...new Set(data.labels(group))].filter((label): label is string => label !== null);
  return labels.length > 0 ? labels : fail('empty-group', `the grouping variable \`${group}\` has no values`);
}
