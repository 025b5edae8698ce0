import { independentRows } from '../../../numerics/optimize/constraints.js';
import type { Estimation } from '../estimation/estimate.js';
import { momentCount } from '../implied/jacobian.js';
import { activeJacobian } from '../inference/activeConstraints.js';
import type { ParameterTable, VariableRoles } from '../parameterTable.js';

/** Sample moments that the model explains: means and covariances, without those of fixed exogenous variables. */
export function freeMoments(table: ParameterTable): number {
  if (table.levelLabels) return freeMomentsOfLevels(table, table.blockRoles);
  const fixed = table.rows.filter((row) => row.exo && (row.op === '~~' || row.op === '~1')).length;
  return table.blockRoles.reduce((sum, { observed }) => sum + momentCount(observed.length, table.meanStructure), -fixed);
}

/**
 * Two levels: covariances of both, and one mean per variable, which lives at
 * level 2 where the variable has a part there, less those of fixed exogenous variables.
 */
function freeMomentsOfLevels(table: ParameterTable, blocks: readonly VariableRoles[]): number {
  let count = 0;
  for (let block = 0; block < blocks.length; block += 2) {
    const [within, between] = [blocks[block].observed, blocks[block + 1].observed];
    for (const { length } of [within, between]) count += (length * (length + 1)) / 2;
    count += new Set([...within, ...between]).size;
    for (const row of table.rows) {
      if (!row.exo || row.group !== block / 2 + 1) continue;
      if (row.op === '~~' || (row.op === '~1' && (row.level === 2 || !between.includes(row.lhs)))) count--;
    }
  }
  return count;
}

/** Distinct free parameters minus the independent equality constraints among them. */
export function parameterCount(estimation: Estimation): number {
  const bound = activeJacobian(estimation, true);
  const size = estimation.structure.size;
  return bound ? size - independentRows(bound.jacobian, bound.rows, size).length : size;
}
