import type { Diagnostic } from '../../../shared/diagnostic.js';
import { solve, type Estimation } from '../estimation/estimate.js';
import { orWithoutStarts } from '../estimation/withoutStarts.js';
import type { SemData, SemSample } from '../estimation/sample.js';
import { convergenceWarnings } from '../fit/convergenceWarning.js';
import { rowWarnings } from '../fit/dataWarnings.js';
import { momentsWarnings } from '../fit/momentsWarning.js';
import { solutionWarnings } from '../fit/solutionWarnings.js';
import { parameterCount } from '../fit/degreesOfFreedom.js';
import type { FitState, ModelTest, PairwiseFit, TestResult } from '../fit/fitState.js';
import { rolesOfBlock } from '../structure/blocks.js';
import { standardizedValues, type Standardization } from '../standardize.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import { modelStatistic } from '../measures/testStatistic.js';
import { testResults } from '../inference/testResults.js';
import { boundedByData } from '../specification/dataBounds.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { categoricalProblem } from './categoricalProblem.js';
import { categoricalInference, type CategoricalInference } from './categoricalInference.js';
import { CategoricalPart } from './categoricalPart.js';
import { correlationWarnings } from './correlationWarnings.js';
import { pairwiseInference } from './pairwise/pairwiseInference.js';
import { improperResponses } from './improperResponses.js';
import { categoricalSample, type CategoricalSample } from './categoricalSample.js';
import type { Categories } from './ordinalVariables.js';

/**
 * Estimates a model with ordinal variables by limited information: moments by
 * pairs, then (diagonally) weighted least squares, with standard errors and
 * tests from the moments' asymptotic covariance matrix.
 *
 * @see Muthén, du Toit & Spisic (1997), Robust inference using weighted least squares
 */
export function estimateCategorical(syntax: string, table: ParameterTable, data: SemData, rows: SemSample, categories: Categories, options: ResolvedSemOptions): FitState {
  const ordinal = categoricalSample(table, rows, categories, options);
  const sample: SemSample = { ...rows, groups: ordinal.groups, hasMeans: true };
  const bounded = boundedByData(table, (name, g) => responseVariance(ordinal, rows.names[g].indexOf(name), g), options);
  const pairwise = ordinal.likelihoods !== null;
  const lost = pairwise ? 0 : sample.groups.length;
  const attempt = (method: 'informed' | 'simple', from = bounded): Estimation => solve(categoricalProblem(from, ordinal, method), { maxIterations: options.control.maxIterations, tolerance: options.control.gradientTolerance });
  const first = attempt(options.start === 'simple' ? 'simple' : 'informed');
  const started = orWithoutStarts(bounded, first.minimum.converged || options.start === 'simple' ? first : better(first, attempt('simple')), (own) => attempt('informed', own));
  const { estimation } = started;
  const warnings: Diagnostic[] = [...bounded.warnings, ...started.warnings, ...correlationWarnings(ordinal.moments, ordinal.maps.map(({ variables }, g) => variables.map(({ index }) => rows.names[g][index])), sample.groupLabels)];
  const npar = parameterCount(estimation);
  warnings.push(...rowWarnings(sample, npar));
  let vcov: Float64Array | null = null;
  let test: ModelTest | null = null;
  let tests: readonly TestResult[] = [];
  let baseline: ModelTest | null = null;
  let pairwiseFit: PairwiseFit | null = null;
  if (!estimation.minimum.converged)
    warnings.push(...convergenceWarnings(estimation));
  else {
    const df = ordinal.moments.reduce((sum, group) => sum + group.layout.count, 0) - npar;
    const inference = pairwise ? pairwiseInference({ estimation, sample, options, df }) : leastSquaresInference(estimation, sample, options, df, ordinal);
    ({ vcov, test, baseline } = inference);
    if (inference.pairwise) pairwiseFit = inference.pairwise;
    if (inference.unidentified) warnings.push(inference.unidentified);
    warnings.push(...(inference.warnings ?? []));
    warnings.push(...momentsWarnings(df, npar));
  }
  if (test) {
    const all = testResults(test, estimation, sample, options);
    tests = all.tests;
    warnings.push(...all.warnings);
  }
  for (const part of estimation.objective.parts) (part as CategoricalPart).finish(estimation.values);
  if (estimation.minimum.converged) {
    warnings.push(...improperResponses(estimation, ordinal.maps, sample.groupLabels), ...solutionWarnings(estimation, vcov));
  }
  const rotated = { standardizedGradients: (kind: Standardization) => standardizedDerivatives(estimation, kind) };
  return { syntax, table: bounded, options, data, sample, estimation, effectiveN: sample.n - lost, vcov, test, tests, baseline, npar, warnings, rotated, ...(pairwiseFit ? { pairwise: pairwiseFit } : {}) };
}

function leastSquaresInference(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions, df: number, { maps }: CategoricalSample): CategoricalInference {
  const statistic = modelStatistic(estimation.objective.groupValues, sample, options);
  const exogenous = maps.map(({ variables }, g) => Uint8Array.from(variables, ({ index }) => (rolesOfBlock(estimation.table, g).exogenousObserved.includes(sample.names[g][index]) ? 1 : 0)));
  return categoricalInference({ estimation, sample, options, statistic: df === 0 && statistic < SATURATED ? 0 : statistic, df, exogenous });
}

/** 1 for a latent response; the residual variance given exogenous variables for a continuous one; else the sample's. */
function responseVariance({ maps, moments, groups }: CategoricalSample, index: number, g: number): number {
  const v = maps[g].variables.findIndex((variable) => variable.index === index);
  if (v < 0) return groups[g].covariance[index * groups[g].mean.length + index];
  const { layout, values } = moments[g];
  return layout.variance[v] < 0 ? 1 : values[layout.variance[v]];
}

/** A saturated model's statistic is 0 up to rounding. */
const SATURATED = 1e-8;

/** Relative step of central differences. */
const STEP = 1e-5;

/**
 * ∂(standardized rows)/∂x by central differences: scales and residual variances
 * of ordinal variables follow from the other parameters.
 */
function standardizedDerivatives(estimation: Estimation, kind: Standardization): readonly (Float64Array | null)[] {
  const { objective, structure, table, names } = estimation;
  const q = structure.size;
  const at = (k: number, shift: number): Float64Array => {
    const values = estimation.values.slice();
    for (let i = 0; i < values.length; i++) if (structure.position[i] === k) values[i] += shift;
    for (const part of objective.parts) part.evaluate(values);
    const out = values.slice();
    structure.groups.forEach((group, g) => {
      const implied = new ImpliedMoments(group);
      implied.setCells(values);
      implied.update();
      standardizedValues(table, group, implied, g, values, kind, out);
    });
    table.rows.forEach((row, i) => {
      if (row.op === ':=' && row.expression) out[i] = names.value(row.expression, out);
    });
    return out;
  };
  const gradients = table.rows.map(() => new Float64Array(q));
  for (let k = 0; k < q; k++) {
    const h = STEP * Math.max(1, Math.abs(estimation.x[k]));
    const up = at(k, h);
    const down = at(k, -h);
    gradients.forEach((gradient, i) => (gradient[k] = (up[i] - down[i]) / (2 * h)));
  }
  for (const part of objective.parts) part.evaluate(estimation.values.slice());
  return gradients.map((gradient) => (gradient.some((value) => Math.abs(value) > CONSTANT) ? gradient : null));
}

/** Derivatives below this are rounding of a row that does not move. */
const CONSTANT = 1e-8;

function better(first: Estimation, second: Estimation): Estimation {
  return second.minimum.converged || second.minimum.value < first.minimum.value ? second : first;
}
