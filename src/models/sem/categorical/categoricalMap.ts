import type { ParameterTable } from '../parameterTable.js';
import { rolesOfBlock } from '../structure/blocks.js';

/** A modelled observed variable of one group, with the rows of the parameter table that concern its scale. */
export interface ScaledVariable {
  /** Place among the observed variables. */
  readonly index: number;
  readonly ordinal: boolean;
  /** Rows `y | t1 …` in order; empty for a continuous variable. */
  readonly thresholdRows: readonly number[];
  /** Row `y ~*~ y`, or −1. */
  readonly scaleRow: number;
  /** Row `y ~~ y`, or −1. */
  readonly varianceRow: number;
}

/** Which rows of the parameter table make the moments of one group. */
export interface CategoricalMap {
  readonly variables: readonly ScaledVariable[];
  /** Places of the exogenous variables that the moments are conditional on. */
  readonly exogenous: readonly number[];
  readonly theta: boolean;
  /** Rows of the parameter table. */
  readonly rowCount: number;
}

export function categoricalMap(table: ParameterTable, group: number, ordinal: ReadonlyMap<string, number>, conditional: boolean, theta: boolean): CategoricalMap {
  const { observed, exogenousObserved } = rolesOfBlock(table, group - 1);
  const exogenous = conditional ? exogenousObserved : [];
  const rowOf = new Map(table.rows.map((row, i) => [JSON.stringify([row.group, row.lhs, row.op, row.rhs]), i]));
  const row = (lhs: string, op: string, rhs: string): number => rowOf.get(JSON.stringify([group, lhs, op, rhs])) ?? -1;
  return {
    theta,
    rowCount: table.rows.length,
    exogenous: exogenous.map((name) => observed.indexOf(name)),
    variables: observed
      .filter((name) => !exogenous.includes(name))
      .map((name) => ({
        index: observed.indexOf(name),
        ordinal: ordinal.has(name),
        thresholdRows: Array.from({ length: ordinal.get(name) ?? 0 }, (_, t) => row(name, '|', `t${t + 1}`)),
        scaleRow: row(name, '~*~', name),
        varianceRow: row(name, '~~', name)
      }))
  };
}
