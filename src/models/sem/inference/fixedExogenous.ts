import type { Estimation } from '../estimation/estimate.js';
import { mapPacked } from '../../../shared/packedArray.js';
import { rolesOfBlock } from '../structure/blocks.js';

/** Columns of a block's exogenous variables, where their moments are fixed. */
export function fixedExogenous({ table }: Pick<Estimation, 'table'>, block: number): readonly number[] {
  const { observed, exogenousObserved } = rolesOfBlock(table, block);
  return table.rows.some((row) => row.exo) ? mapPacked(exogenousObserved, (name) => observed.indexOf(name)) : [];
}
