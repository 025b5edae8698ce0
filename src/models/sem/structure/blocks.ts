import type { Parameter, ParameterTable, VariableRoles } from '../parameterTable.js';

/** Levels of the model: 1, or 2 where it has `level:` blocks. */
export function levelCount({ levelLabels }: Pick<ParameterTable, 'levelLabels'>): number {
  return levelLabels?.length ?? 1;
}

/** Blocks with moments of their own: every level of every group. */
export function blockCount(table: Pick<ParameterTable, 'groupLabels' | 'levelLabels'>): number {
  return table.groupLabels.length * levelCount(table);
}

/** 0-based block of a row, group by group; negative for `:=`, `==`, `<`, `>`. */
export function blockOf(row: Pick<Parameter, 'group' | 'level'>, table: Pick<ParameterTable, 'levelLabels'>): number {
  const levels = levelCount(table);
  return levels === 1 ? row.group - 1 : (row.group - 1) * levels + row.level - 1;
}

/** The names of one block by role. */
export function rolesOfBlock(table: ParameterTable, block: number): VariableRoles {
  return table.blockRoles[block];
}

/** The observed variables of one group, at whatever level, in the order of its sample moments. */
export function variablesOfGroup(table: ParameterTable, group: number): readonly string[] {
  const levels = levelCount(table);
  return levels === 1 ? table.blockRoles[group].observed : [...new Set(table.blockRoles.slice(group * levels, (group + 1) * levels).flatMap(({ observed }) => observed))];
}

/** Exogenous observed variables of one group, at whatever level. */
export function exogenousOfGroup(table: ParameterTable, group: number): readonly string[] {
  const levels = levelCount(table);
  return [...new Set(table.blockRoles.slice(group * levels, (group + 1) * levels).flatMap(({ exogenousObserved }) => exogenousObserved))];
}

/** True where the groups are not all measured by the same variables in the same order and roles. */
export function groupsDiffer(table: ParameterTable): boolean {
  const key = (group: number): string => JSON.stringify([variablesOfGroup(table, group), exogenousOfGroup(table, group)]);
  return table.groupLabels.length > 1 && table.groupLabels.some((_, g) => key(g) !== key(0));
}

/** ` in group `a``, ` at level `within``, both or nothing: where a block is, for messages. */
export function placeOfBlock(table: Pick<ParameterTable, 'groupLabels' | 'levelLabels'>, block: number): string {
  const levels = levelCount(table);
  const group = table.groupLabels.length > 1 ? ` in group \`${table.groupLabels[Math.floor(block / levels)]}\`` : '';
  return `${group}${table.levelLabels ? ` at level \`${table.levelLabels[block % levels]}\`` : ''}`;
}
