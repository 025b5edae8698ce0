import type { DiscrepancyChoice } from '../estimation/estimate.js';
import { buildProblem, partMaker, solve, type Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import { freeMoments, parameterCount } from '../fit/degreesOfFreedom.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { isScaled } from '../inference/modelTest.js';
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
      for (let i = 0; i < p; i++) if (!x.includes(i)) values[g] += Math.log(s[i * p + i]);
    }
    return { statistic: modelStatistic(values, sample, options), df, estimation: null };
  }
  const problem = buildProblem(independence, sample.groups, choice.groupWeights, partMaker(choice, sample.groups), 'simple');
  const estimation = solve(problem, { maxIterations: 100, tolerance: 1e-10 });
  return { statistic: modelStatistic(problem.objective.groupValues, sample, options), df, estimation };
}
