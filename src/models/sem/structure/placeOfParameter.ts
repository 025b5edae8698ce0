import type { ParameterTable } from '../parameterTable.js';
import { blockOf, placeOfBlock } from './blocks.js';
import type { ModelStructure } from './modelStructure.js';

/** A distinct free parameter for messages: `f =~ x2`, with its group and level unless several blocks share it. */
export function placeOfParameter(table: ParameterTable, { position, firstRow }: Pick<ModelStructure, 'position' | 'firstRow'>, parameter: number): string {
  const row = table.rows[firstRow[parameter]];
  const name = `\`${`${row.lhs} ${row.op} ${row.rhs}`.trim()}\``;
  const block = blockOf(row, table);
  const shared = table.rows.some((other, i) => position[i] === parameter && blockOf(other, table) !== block);
  return shared ? name : `${name}${placeOfBlock(table, block)}`;
}
