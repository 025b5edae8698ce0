import type { Estimation } from '../estimation/estimate.js';
import { mapPacked } from '../../../shared/packedArray.js';

/** Columns of exogenous variables whose moments are fixed. */
export function fixedExogenous(estimation: Pick<Estimation, 'table'>): readonly number[] {
  const { table } = estimation;
  return table.rows.some((row) => row.exo) ? mapPacked(table.roles.exogenousObserved, (name) => table.roles.observed.indexOf(name)) : [];
}
