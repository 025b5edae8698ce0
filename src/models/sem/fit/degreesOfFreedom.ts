import { independentRows } from '../../../numerics/optimize/constraints.js';
import type { Estimation } from '../estimation/estimate.js';
import { activeJacobian } from '../inference/activeConstraints.js';
import type { ParameterTable } from '../parameterTable.js';

/** Sample moments that the model explains: means and covariances, without those of fixed exogenous variables. */
export function freeMoments(table: ParameterTable): number {
  const p = table.roles.observed.length;
  const perGroup = (p * (p + 1)) / 2 + (table.meanStructure ? p : 0);
  const fixed = table.rows.filter((row) => row.exo && (row.op === '~~' || row.op === '~1')).length;
  return perGroup * table.groupLabels.length - fixed;
}

/** Distinct free parameters minus the independent equality constraints among them. */
export function parameterCount(estimation: Estimation): number {
  const bound = activeJacobian(estimation, true);
  const size = estimation.structure.size;
  return bound ? size - independentRows(bound.jacobian, bound.rows, size).length : size;
}
