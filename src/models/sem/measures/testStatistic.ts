import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import type { DiscrepancyChoice } from '../estimation/estimate.js';
import { buildProblem, partMaker, solve, type Estimation } from '../estimation/estimate.js';
import { missingPatterns } from '../estimation/missingPatterns.js';
import type { SemSample } from '../estimation/sample.js';
import { saturatedMoments } from '../estimation/saturated.js';
import type { GroupRows } from '../../../statistics/rows.js';
import { freeMoments, parameterCount } from '../fit/degreesOfFreedom.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { isScaled } from '../specification/scaledTests.js';
import { baselineTable } from './baseline.js';
import { logDet, submatrix } from './likelihoodIndices.js';

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
  const independence = baselineTable(table);
  const df = freeMoments(independence) - independence.freeCount;
  if (choice.incomplete && !isScaled(options.test)) {
    const values = choice.incomplete.map((group, g) => independenceValue(table, sample, g) - group.saturated.value);
    return values.every(Number.isFinite) ? { statistic: modelStatistic(Float64Array.from(values), sample, options), df, estimation: null } : null;
  }
  if (choice.name === 'ML' && !isScaled(options.test)) {
    const x = table.roles.exogenousObserved.map((name) => table.roles.observed.indexOf(name));
    const values = new Float64Array(sample.groups.length);
    for (let g = 0; g < values.length; g++) {
      const s = sample.groups[g].covariance;
      const p = sample.names.length;
      const whole = logDet(s, p);
      const exogenous = logDet(submatrix(s, p, x), x.length);
      if (whole === null || exogenous === null) return null;
      values[g] = exogenous - whole;
      for (let i = 0; i < p; i++) if (!x.includes(i)) values[g] += Math.log(options.conditionalX ? residualVariance(s, p, i, x) : s[i * p + i]);
    }
    // given x, the baseline keeps all regressions on x
    const slopes = options.conditionalX ? (sample.names.length - x.length) * x.length * sample.groups.length : 0;
    return { statistic: modelStatistic(values, sample, options), df: df - slopes, estimation: null };
  }
  const problem = buildProblem(independence, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), 'simple');
  const estimation = solve(problem, { maxIterations: 100, tolerance: 1e-10 });
  return { statistic: modelStatistic(problem.objective.groupValues, sample, options), df, estimation };
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

/** F of the independence model with missing answers: every variable for itself, exogenous ones together. */
function independenceValue(table: ParameterTable, sample: SemSample, group: number): number {
  const rows = sample.rows?.groups[group];
  if (!rows) return NaN;
  const p = sample.names.length;
  const x = table.roles.exogenousObserved.map((name) => table.roles.observed.indexOf(name));
  let value = x.length > 0 ? marginalValue(rows, p, x) : 0;
  for (let i = 0; i < p; i++) if (!x.includes(i)) value += marginalValue(rows, p, [i]);
  return value;
}

/** −2/n times the saturated log-likelihood of some columns, without the constant in π. */
export function marginalValue(rows: GroupRows, p: number, columns: readonly number[]): number {
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
  const moments = saturatedMoments(part, missingPatterns(part, k), k);
  const whole = rows.weights ? rows.weights.reduce((sum, w) => sum + w, 0) : rows.n;
  const own = weights ? weights.reduce((sum, w) => sum + w, 0) : index.length;
  return moments ? (moments.value * own) / whole : NaN;
}
