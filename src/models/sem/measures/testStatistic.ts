import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import type { DiscrepancyChoice } from '../estimation/estimate.js';
import { buildProblem, partMaker, solve, type Estimation } from '../estimation/estimate.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { missingPatterns } from '../estimation/missingPatterns.js';
import type { SemSample } from '../estimation/sample.js';
import { incompleteValue, saturatedMoments } from '../estimation/saturated.js';
import type { GroupRows } from '../../../statistics/rows.js';
import { freeMoments, parameterCount } from '../fit/degreesOfFreedom.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { fixedExogenous } from '../inference/fixedExogenous.js';
import { rolesOfBlock } from '../structure/blocks.js';
import { isScaled } from '../specification/scaledTests.js';
import { availableMoments } from './availableMoments.js';
import { baselineTable, correlatedInBaseline } from './baseline.js';
import { logDet, submatrix } from './likelihoodIndices.js';
import { mapPacked } from '../../../shared/packedArray.js';

/** Σ_g n_g F_g; n_g − 1 instead of n_g for wishart and the least squares estimators. */
export function modelStatistic(groupValues: Float64Array, sample: SemSample, options: ResolvedSemOptions): number {
  const lost = options.discrepancy === 'ML' && options.likelihood === 'normal' ? 0 : 1;
  let sum = 0;
  sample.groups.forEach((group, g) => (sum += (group.n - lost) * groupValues[g]));
  return sum;
}

export function modelDf(estimation: Estimation): number {
  return freeMoments(estimation.table) - parameterCount(estimation);
}

/**
 * χ² of the independence model. Maximum likelihood has the closed form
 * F_B = Σ ln s_ii + ln|S_xx| − ln|S|; the others are linear least squares and
 * need one step of the general solver.
 */
export function baselineStatistic(table: ParameterTable, sample: SemSample, options: ResolvedSemOptions, choice: DiscrepancyChoice): { statistic: number; df: number; estimation: Estimation | null } | null {
  if (choice.name === 'ML' && !choice.incomplete && !isScaled(options.test)) return closedBaseline(table, sample, options);
  const independence = baselineTable(table, options);
  const df = freeMoments(independence) - independence.freeCount;
  if (choice.incomplete && !isScaled(options.test)) {
    const values = choice.incomplete.map((group, g) => independenceValue(independence, sample, g) - group.saturated.value);
    return values.every(Number.isFinite) ? { statistic: modelStatistic(Float64Array.from(values), sample, options), df, estimation: null } : null;
  }
  const estimation = solveIndependence(independence, sample, choice);
  return { statistic: modelStatistic(estimation.objective.groupValues, sample, options), df, estimation };
}

/** Complete rows: the covariances that are not among exogenous variables are the degrees of freedom. */
function closedBaseline(table: ParameterTable, sample: SemSample, options: ResolvedSemOptions): { statistic: number; df: number; estimation: null } | null {
  const groups = sample.groups.length;
  const values = new Float64Array(groups);
  let df = 0;
  for (let g = 0; g < groups; g++) {
    const { observed } = rolesOfBlock(table, g);
    const p = observed.length;
    const x = mapPacked(correlatedInBaseline(table, g, options), (name) => observed.indexOf(name));
    const s = sample.groups[g].covariance;
    const whole = logDet(s, p);
    const exogenous = logDet(submatrix(s, p, x), x.length);
    if (whole === null || exogenous === null) return null;
    values[g] = exogenous - whole;
    for (let i = 0; i < p; i++) if (!x.includes(i)) values[g] += Math.log(options.conditionalX ? residualVariance(s, p, i, x) : s[i * p + i]);
    df += (p * (p - 1)) / 2 - (x.length * (x.length - 1)) / 2;
    // given x, the baseline keeps all regressions on x
    if (options.conditionalX) df -= (p - x.length) * x.length;
  }
  return { statistic: modelStatistic(values, sample, options), df, estimation: null };
}

/** The independence model estimated. Exogenous variables with missing answers are fixed at their available-case moments, as lavaan has them there. */
export function solveIndependence(independence: ParameterTable, sample: SemSample, choice: DiscrepancyChoice): Estimation {
  const { groups, incomplete, rows } = sample;
  const samples = !incomplete || !rows ? groups : groups.map((group, g): GroupSample => {
    const x = fixedExogenous({ table: independence }, g);
    if (x.length === 0) return group;
    const p = group.mean.length;
    const available = availableMoments(rows.groups[g], p);
    const mean = group.mean.slice();
    const covariance = group.covariance.slice();
    for (const i of x) mean[i] = available.mean[i];
    for (const i of x) for (const j of x) covariance[i * p + j] = available.covariance[i * p + j];
    return { n: group.n, mean, covariance };
  });
  return solve(buildProblem(independence, samples, choice.groupWeights, partMaker(choice, groups), 'simple'), { maxIterations: 100, tolerance: 1e-10 });
}

/** Variance of column i given the columns x. */
function residualVariance(s: Float64Array, p: number, i: number, x: readonly number[]): number {
  const k = x.length;
  const factor = submatrix(s, p, x);
  if (k === 0 || cholesky(factor, k) >= 0) return s[i * p + i];
  const slopes = Float64Array.from(x, (j) => s[i * p + j]);
  choleskySolve(factor, k, slopes);
  return x.reduce((rest, j, a) => rest - slopes[a] * s[i * p + j], s[i * p + i]);
}

/** F of the independence model with missing answers: every variable for itself, exogenous ones together at their moments. */
function independenceValue(table: ParameterTable, sample: SemSample, group: number): number {
  const rows = sample.rows?.groups[group];
  if (!rows) return NaN;
  const { observed, exogenousObserved } = rolesOfBlock(table, group);
  const p = observed.length;
  const x = exogenousObserved.map((name) => observed.indexOf(name));
  // exogenous variables with missing answers are fixed at the moments of the available cases, as lavaan has them in the baseline of ml.x
  let value = x.length === 0 ? 0 : marginalValue(rows, p, x, table.rows.some((row) => row.exo) ? block(availableMoments(rows, p), p, x) : undefined);
  for (let i = 0; i < p; i++) if (!x.includes(i)) value += marginalValue(rows, p, [i]);
  return value;
}

/** −2/n times the log-likelihood of fixed exogenous variables at their fixed moments, without the constant in π. */
export function exogenousValue(sample: SemSample, group: number, exogenous: readonly number[]): number {
  const rows = sample.rows?.groups[group];
  if (exogenous.length === 0) return 0;
  if (!rows) return NaN;
  const p = sample.names[group].length;
  return marginalValue(rows, p, exogenous, block(sample.groups[group], p, exogenous));
}

/** Moments of some of the variables. */
function block({ mean, covariance }: Pick<GroupSample, 'mean' | 'covariance'>, p: number, index: readonly number[]): Pick<GroupSample, 'mean' | 'covariance'> {
  return { mean: Float64Array.from(index, (i) => mean[i]), covariance: submatrix(covariance, p, index) };
}

/** −2/n times the log-likelihood of some columns, at given moments or at its maximum, without the constant in π. */
function marginalValue(rows: GroupRows, p: number, columns: readonly number[], at?: Pick<GroupSample, 'mean' | 'covariance'>): number {
  const k = columns.length;
  const picked: number[] = [];
  const index: number[] = [];
  for (let i = 0; i < rows.n; i++) {
    if (columns.every((column) => Number.isNaN(rows.values[i * p + column]))) continue;
    index.push(i);
    for (const column of columns) picked.push(rows.values[i * p + column]);
  }
  const weights = rows.weights ? Float64Array.from(index, (i) => (rows.weights as Float64Array)[i]) : undefined;
  const part: GroupRows = { label: rows.label, n: index.length, values: Float64Array.from(picked), index: Int32Array.from(index), ...(weights ? { weights } : {}) };
  const patterns = missingPatterns(part, k);
  const value = at ? incompleteValue(part, patterns, at.mean, at.covariance) : (saturatedMoments(part, patterns, k)?.value ?? null);
  const whole = rows.weights ? rows.weights.reduce((sum, w) => sum + w, 0) : rows.n;
  const own = weights ? weights.reduce((sum, w) => sum + w, 0) : index.length;
  return value === null ? NaN : (value * own) / whole;
}
