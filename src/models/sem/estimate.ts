import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import { buildProblem, partMaker, solve, type DiscrepancyChoice, type Estimation } from './estimation/estimate.js';
import type { SemData, SemSample } from './estimation/sample.js';
import { admissibilityWarnings } from './fit/admissible.js';
import { dataWarnings } from './fit/dataWarnings.js';
import { parameterCount } from './fit/degreesOfFreedom.js';
import type { FitState, ModelTest } from './fit/fitState.js';
import { identificationWarning } from './inference/identification.js';
import { invertInformation } from './inference/parameterCovariance.js';
import { baselineStatistic, modelDf, modelStatistic } from './measures/testStatistic.js';
import type { ResolvedSemOptions } from './options.js';
import type { ParameterTable } from './parameterTable.js';

/** Estimates a specified model from sample moments and answers everything that follows from the solution. */
export function estimateModel(syntax: string, table: ParameterTable, data: SemData, sample: SemSample, options: ResolvedSemOptions): FitState {
  const choice = discrepancyChoice(sample, options);
  const estimation = solveFromStarts(table, sample, choice, options);
  const warnings: Diagnostic[] = [...table.warnings];
  const npar = parameterCount(estimation);
  const effectiveN = sampleSize(sample, options);
  const { minimum } = estimation;
  let vcov: Float64Array | null = null;
  let test: ModelTest | null = null;
  let baseline: ModelTest | null = null;
  warnings.push(...dataWarnings(sample, npar));
  if (!minimum.converged) warnings.push(convergenceWarning(estimation));
  else {
    const size = estimation.structure.size;
    const information = new Float64Array(size * size);
    if (options.information === 'observed') estimation.objective.hessian(information);
    else estimation.objective.information(information);
    const inverse = options.se === 'none' ? null : invertInformation(information, estimation);
    if (inverse) vcov = inverse.map((value) => value / inferenceN(sample, options));
    else if (options.se !== 'none') warnings.push(identificationWarning(information, estimation));
    warnings.push(...admissibilityWarnings(estimation));
    if (options.test !== 'none') test = { statistic: modelStatistic(estimation.objective.groupValues, sample, options), df: modelDf(estimation), scaled: null };
    const independence = options.test !== 'none' && options.baseline ? baselineStatistic(table, sample, options, choice) : null;
    if (independence) baseline = { statistic: independence.statistic, df: independence.df, scaled: null };
  }
  return { syntax, table, options, data, sample, estimation, effectiveN, vcov, test, baseline, npar, warnings };
}

/** From informed starting values; should they fail, from simple ones. */
function solveFromStarts(table: ParameterTable, sample: SemSample, choice: DiscrepancyChoice, options: ResolvedSemOptions): Estimation {
  const limits = { maxIterations: options.control.maxIterations, tolerance: options.control.gradientTolerance };
  const attempt = (method: 'informed' | 'simple'): Estimation => solve(buildProblem(table, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), method), limits);
  if (options.start === 'simple') return attempt('simple');
  const first = attempt('informed');
  if (first.minimum.converged) return first;
  const second = attempt('simple');
  return second.minimum.converged || second.minimum.value < first.minimum.value ? second : first;
}

function discrepancyChoice(sample: SemSample, options: ResolvedSemOptions): DiscrepancyChoice {
  const lost = options.discrepancy === 'ML' ? 0 : 1;
  const groupWeights = Float64Array.from(sample.groups, (group) => (group.n - lost) / sample.n);
  return { name: options.discrepancy === 'PML' ? 'ML' : options.discrepancy, groupWeights };
}

/** N of the fit formulas: N for maximum likelihood, N − G for wishart and least squares. */
function sampleSize(sample: SemSample, options: ResolvedSemOptions): number {
  return options.discrepancy === 'ML' && options.likelihood === 'normal' ? sample.n : sample.n - sample.groups.length;
}

/** N of vcov = I⁻¹/N: the number of rows, less one per group for wishart. */
function inferenceN(sample: SemSample, options: ResolvedSemOptions): number {
  return options.likelihood === 'wishart' && options.discrepancy === 'ML' ? sample.n - sample.groups.length : sample.n;
}

function convergenceWarning({ minimum }: Estimation): Diagnostic {
  return warning('not-converged', `estimation did not converge: ${minimum.message} (${minimum.iterations} iterations, scaled gradient ${minimum.gradient.toPrecision(3)})`, {
    help: 'check the model for parts that the data cannot identify, give starting values with start(), or simplify it; no standard errors or tests are reported'
  });
}
