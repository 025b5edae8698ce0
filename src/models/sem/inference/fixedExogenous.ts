import type { Estimation } from '../estimation/estimate.js';

/** Columns of exogenous variables whose moments are fixed. */
export function fixedExogenous(estimation: Pick<Estimation, 'table'>): readonly number[] {
  const { table } = estimation;
  return table.rows.some((row) => row.exo) ? table.roles.exogenousObserved.map((name) => table.roles.observed.indexOf(name)) : [];
}
