import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import { buildProblem, partMaker, solve, type DiscrepancyChoice, type Estimation } from './estimation/estimate.js';
import { orWithoutStarts } from './estimation/withoutStarts.js';
import type { SemData, SemSample } from './estimation/sample.js';
import { isAdmissible } from './fit/admissible.js';
import { convergenceWarnings } from './fit/convergenceWarning.js';
import { momentsWarnings } from './fit/momentsWarning.js';
import { solutionWarnings } from './fit/solutionWarnings.js';
import { coverageWarnings } from './fit/coverage.js';
import { dataWarnings } from './fit/dataWarnings.js';
import { parameterCount } from './fit/degreesOfFreedom.js';
import type { FitState, ModelTest, TestResult } from './fit/fitState.js';
import { testResults } from './inference/testResults.js';
import { fixedExogenous } from './inference/fixedExogenous.js';
import { adfWeights } from './inference/adfWeight.js';
import { modelTest } from './inference/modelTest.js';
import { isScaled } from './specification/scaledTests.js';
import { parameterCovariance } from './inference/parameterCovariance.js';
import { logDet } from './measures/likelihoodIndices.js';
import { baselineStatistic, modelDf, modelStatistic } from './measures/testStatistic.js';
import type { ResolvedSemOptions } from './options.js';
import type { ParameterTable } from './parameterTable.js';

/** Estimates a specified model from sample moments and answers everything that follows from the solution. */
export function estimateModel(syntax: string, table: ParameterTable, data: SemData, sample: SemSample, options: ResolvedSemOptions): FitState {
  const choice = discrepancyChoice(sample, options, table);
  const started = orWithoutStarts(table, solveFromStarts(table, sample, choice, options), (own) => solveFromStarts(own, sample, choice, options));
  const { estimation } = started;
  const warnings: Diagnostic[] = [...table.warnings, ...started.warnings];
  const npar = parameterCount(estimation);
  const effectiveN = sampleSize(sample, options);
  const { minimum } = estimation;
  let vcov: Float64Array | null = null;
  let test: ModelTest | null = null;
  let tests: readonly TestResult[] = [];
  let baseline: ModelTest | null = null;
  warnings.push(...dataWarnings(sample, npar), ...coverageWarnings(sample));
  if (!options.doFit) warnings.push(warning('not-estimated', 'the model was not estimated, as `do.fit` is false: the values are starting values, without standard errors or tests', { zh: '`do.fit` 为 false，模型未作估计：所列为起始值，没有标准误和检验' }));
  else if (!minimum.converged) warnings.push(...convergenceWarnings(estimation));
  else {
    const inverses = parameterCovariance(estimation, sample, options);
    vcov = inverses.vcov;
    if (inverses.unidentified) warnings.push(inverses.unidentified);
    warnings.push(...momentsWarnings(modelDf(estimation), npar), ...solutionWarnings(estimation, vcov));
    if (options.test !== 'none' && minimumIsDefined(sample, options)) test = modelTest(estimation, sample, options, modelStatistic(estimation.objective.groupValues, sample, options), modelDf(estimation));
    const independence = test && options.baseline ? baselineStatistic(table, sample, options, choice) : null;
    if (independence) baseline = independence.estimation ? modelTest(independence.estimation, sample, options, independence.statistic, independence.df) : { statistic: independence.statistic, df: independence.df, scaled: null };
    if (options.samplingWeights !== null && (options.se === 'robust.sem' || options.se === 'robust.cluster.sem')) warnings.push(warning('weights-ignored', `standard errors and tests of ${options.estimator} take the fourth moments from unweighted rows, as lavaan does`, { zh: `${options.estimator} 的标准误与检验按未加权数据取四阶矩（与 lavaan 相同）`, help: 'use `estimator: "MLR"`, which weights them', helpZh: '使用 `estimator: "MLR"`，它会加权' }));
    for (const [what, each] of [['', test], ['baseline ', baseline]] as const)
      if (each && !inverses.unidentified && isScaled(options.test) && each.df > 0 && each.scaled === null) warnings.push(warning('scaling-factor', `the scaling factor of the ${what}model is not a positive number, so its scaled test does not exist`, { zh: `${what === '' ? '' : '基准'}模型的校正因子不是正数，其校正检验不存在`, help: 'too few rows or clusters for this correction: report the standard test', helpZh: '样本或群数不足以作此校正：请报告标准检验' }));
  }
  if (test) {
    const all = testResults(test, estimation, sample, options);
    tests = all.tests;
    warnings.push(...all.warnings);
  }
  return { syntax, table, options, data, sample, estimation, effectiveN, vcov, test, tests, baseline, npar, warnings };
}

/** A parameter that did not leave 0, and where it is put to leave it. */
const AT_ZERO = 1e-9;
const AWAY_FROM_ZERO = 0.5;

/**
 * Effects that enter the moments by their products only (of a phantom variable
 * on two others, say) have no gradient at 0, where they start: a saddle point.
 * They are moved away from it, and the lower solution counts.
 */
function offSaddle(estimation: Estimation, again: (from: Float64Array) => Estimation): Estimation {
  const { minimum, x, objective, structure } = estimation;
  if (!minimum.converged || !x.some((value) => Math.abs(value) < AT_ZERO)) return estimation;
  const information = new Float64Array(structure.size ** 2);
  objective.information(information);
  const from = x.map((value, k) => (Math.abs(value) < AT_ZERO && Math.abs(information[k * structure.size + k]) < AT_ZERO ? AWAY_FROM_ZERO : value));
  if (from.every((value, k) => value === x[k])) return estimation;
  const other = again(from);
  return other.minimum.converged && other.minimum.value < minimum.value - LOWER * Math.abs(minimum.value) ? other : estimation;
}

/** Relative difference by which another minimum is a lower one. */
const LOWER = 1e-7;

/** From informed starting values; should they fail or end in an improper solution, from simple ones too. */
function solveFromStarts(table: ParameterTable, sample: SemSample, choice: DiscrepancyChoice, options: ResolvedSemOptions): Estimation {
  const limits = { maxIterations: options.control.maxIterations, tolerance: options.control.gradientTolerance, search: options.doFit };
  const attempt = (method: 'informed' | 'simple'): Estimation => solve(buildProblem(table, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), method), limits);
  if (options.start === 'simple' || !options.doFit) return attempt(options.start === 'simple' ? 'simple' : 'informed');
  const first = offSaddle(attempt('informed'), (from) => solve(buildProblem(table, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), 'informed'), { ...limits, from }));
  if (first.minimum.converged && isAdmissible(first)) return first;
  const second = attempt('simple');
  if (!first.minimum.converged) return second.minimum.converged || second.minimum.value < first.minimum.value ? second : first;
  // an improper solution may be a local minimum: the lower one counts
  return second.minimum.converged && second.minimum.value < first.minimum.value - LOWER * Math.abs(first.minimum.value) ? second : first;
}

function discrepancyChoice(sample: SemSample, options: ResolvedSemOptions, table: ParameterTable): DiscrepancyChoice {
  const lost = options.discrepancy === 'ML' ? 0 : 1;
  const groupWeights = Float64Array.from(sample.groups, (group) => (group.n - lost) / sample.n);
  const name = options.discrepancy;
  if (name === 'PML') return fail('estimator', 'PML needs ordered variables');
  if (name === 'WLS' || name === 'DWLS') return { name, groupWeights, momentWeights: adfWeights(name, sample, table.meanStructure, (g) => fixedExogenous({ table }, g)) };
  return sample.incomplete ? { name, groupWeights, incomplete: sample.incomplete } : { name, groupWeights };
}

/** N of the fit formulas: N for maximum likelihood, N − G for wishart and least squares. */
function sampleSize(sample: SemSample, options: ResolvedSemOptions): number {
  return options.discrepancy === 'ML' && options.likelihood === 'normal' ? sample.n : sample.n - sample.groups.length;
}

/** ln|S| exists, which the likelihood-ratio statistic compares with. */
function minimumIsDefined(sample: SemSample, options: ResolvedSemOptions): boolean {
  return options.discrepancy !== 'ML' || sample.groups.every((group, g) => logDet(group.covariance, sample.names[g].length) !== null);
}
