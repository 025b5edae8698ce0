import type { FitState } from '../fit/fitState.js';
import type { Measures } from '../measures/fitIndices.js';
import { informationCriteria, normalLogLikelihood, submatrix } from '../measures/likelihoodIndices.js';
import type { TwoLevelState } from './twoLevelState.js';

const LOG_2PI = Math.log(2 * Math.PI);

/**
 * ℓ of the model and of the unrestricted one. Fixed exogenous variables of one
 * level are conditioned on; one of both levels is split into its parts by the
 * model, so its likelihood stays (it is the same in both).
 */
export function levelLikelihood({ estimation, sample, npar, table }: FitState, { groups, saturated }: TwoLevelState, out: Measures): void {
  let logl = 0;
  let unrestricted = 0;
  let fmin = 0;
  let conditional: number | null = 0;
  groups.forEach((group, g) => {
    const { n, clusters, within, names, sizes } = group;
    let constant = 0;
    if (!group.incomplete) for (const { size, count } of sizes) constant += count * within.length * Math.log(size);
    const model = n * estimation.objective.groupValues[g] + saturated.values[g] + constant;
    const pi = (group.incomplete?.cells ?? n * within.length + clusters * (names.length - within.length)) * LOG_2PI;
    logl -= 0.5 * (model + pi);
    unrestricted -= 0.5 * (saturated.values[g] + constant + pi);
    fmin += 0.5 * model;
    for (const level of [0, 1]) {
      const block = 2 * g + level;
      const { observed } = saturated.estimation.implied[block].structure;
      const other = saturated.estimation.implied[2 * g + 1 - level].structure.observed;
      const exogenous = table.blockRoles[block].exogenousObserved.filter((name) => !other.includes(name) && table.rows.some((row) => row.exo && row.level === level + 1 && row.lhs === name)).map((name) => observed.indexOf(name));
      const block2 = submatrix(saturated.moments[block].covariance, observed.length, exogenous);
      const value = normalLogLikelihood(level === 0 ? n : clusters, exogenous.length, block2, block2, null);
      conditional = value === null || conditional === null ? null : conditional + value;
    }
  });
  out.set('fmin', fmin / sample.n);
  if (conditional !== null) informationCriteria(logl - conditional, unrestricted - conditional, npar, sample.n, out);
}

/**
 * SRMR of each level: differences between the correlations of the model and
 * the unrestricted ones of that level, over the lower triangle with its
 * diagonal of zeros; and the sum of both levels, as lavaan gives it.
 */
export function levelResiduals({ estimation }: FitState, { groups, saturated }: TwoLevelState, out: Measures): void {
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const level = [0, 0];
  estimation.implied.forEach(({ structure, sigma }, block) => {
    const { p } = structure;
    const s = saturated.moments[block].covariance;
    let sum = 0;
    for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) sum += (s[i * p + j] / Math.sqrt(s[i * p + i] * s[j * p + j]) - sigma[i * p + j] / Math.sqrt(sigma[i * p + i] * sigma[j * p + j])) ** 2;
    level[block % 2] += (groups[Math.floor(block / 2)].n / total) * (p > 0 ? Math.sqrt(sum / ((p * (p + 1)) / 2)) : 0);
  });
  const set = (name: string, value: number): void => void out.set(name, Number.isFinite(value) ? value : null);
  set('srmr', level[0] + level[1]);
  set('srmr_within', level[0]);
  set('srmr_between', level[1]);
}
