import type { ResolvedSemOptions } from '../options.js';
import type { Parameter, ParameterTable } from '../parameterTable.js';
import { rolesOfBlock } from '../structure/blocks.js';

/** Exogenous observed variables, which stay correlated in the independence model; EQS and AMOS leave random ones uncorrelated too. */
export function correlatedInBaseline(table: ParameterTable, group: number, { mimic }: Pick<ResolvedSemOptions, 'mimic'>): readonly string[] {
  const all = (mimic === 'EQS' || mimic === 'amos') && !table.rows.some((row) => row.exo);
  return all ? [] : rolesOfBlock(table, group).exogenousObserved;
}

/**
 * The independence model of a parameter table: variances (and means) of all
 * observed variables free, covariances zero except among exogenous observed
 * variables; no equality across groups. Given the exogenous variables
 * (`conditional.x`), the regressions on them stay free.
 */
export function baselineTable(table: ParameterTable, options: Pick<ResolvedSemOptions, 'mimic' | 'conditionalX' | 'categorical'>): ParameterTable {
  const rows: Parameter[] = [];
  let free = 0;
  const add = (lhs: string, op: '~~' | '~1' | '~', rhs: string, group: number, exo: boolean): void => {
    const id = rows.length + 1;
    rows.push({ id, lhs, op, rhs, group, level: 1, free: exo ? 0 : ++free, label: '', plabel: `.p${id}.`, ustart: null, lower: -Infinity, upper: Infinity, exo, efa: '', origin: 'auto.var', span: undefined, expression: undefined });
  };
  const fixedExogenous = table.rows.some((row) => row.exo);
  const blockRoles = table.groupLabels.map((_, g) => {
    const { observed, ordered } = rolesOfBlock(table, g);
    const exogenous = correlatedInBaseline(table, g, options);
    const isExogenous = new Set(exogenous);
    for (const name of observed) if (!isExogenous.has(name)) add(name, '~~', name, g + 1, false);
    if (options.conditionalX && !options.categorical) for (const name of observed) if (!isExogenous.has(name)) for (const x of exogenous) add(name, '~', x, g + 1, false);
    exogenous.forEach((a, i) => exogenous.slice(i).forEach((b) => add(a, '~~', b, g + 1, fixedExogenous)));
    if (table.meanStructure) for (const name of observed) add(name, '~1', '', g + 1, fixedExogenous && isExogenous.has(name));
    return { observed, ordered, latent: [], exogenousObserved: exogenous };
  });
  return { ...table, rows, freeCount: free, roles: { ...table.roles, latent: [] }, blockRoles, warnings: [] };
}
