import type { Parameter, ParameterTable, VariableRoles } from '../parameterTable.js';

/** Which covariances a model of moments frees: all, or those of exogenous variables alone. */
export type MomentModel = 'saturated' | 'independence';

/**
 * The saturated or the independence model of a two-level table: variances of
 * both levels and one mean per variable free, with all covariances or only
 * those among exogenous variables; no equality over groups.
 *
 * @param fixedExogenous keeps moments of exogenous variables at their sample values, as the model does
 */
export function momentTable(table: ParameterTable, model: MomentModel, fixedExogenous: boolean): ParameterTable {
  const rows: Parameter[] = [];
  const blocks = table.blockRoles;
  let free = 0;
  blocks.forEach(({ observed, exogenousObserved }, block) => {
    const group = Math.floor(block / 2) + 1;
    const level = (block % 2) + 1;
    const exogenous = new Set(exogenousObserved);
    const elsewhere = new Set(level === 1 ? blocks[block + 1].observed : []);
    const add = (lhs: string, op: '~~' | '~1', rhs: string, exo: boolean, fixed: boolean): void => {
      const id = rows.length + 1;
      rows.push({ id, lhs, op, rhs, group, level, free: exo || fixed ? 0 : ++free, label: '', plabel: `.p${id}.`, ustart: fixed ? 0 : null, lower: -Infinity, upper: Infinity, exo, efa: '', origin: 'auto.var' });
    };
    observed.forEach((a, i) =>
      observed.slice(i).forEach((b) => {
        const both = exogenous.has(a) && exogenous.has(b);
        if (a === b || both || model === 'saturated') add(a, '~~', b, fixedExogenous && both, false);
      })
    );
    for (const name of observed) add(name, '~1', '', fixedExogenous && exogenous.has(name), elsewhere.has(name));
  });
  const blockRoles = blocks.map((roles): VariableRoles => ({ ...roles, latent: [] }));
  return { ...table, rows, freeCount: free, roles: { ...table.roles, latent: [] }, blockRoles, warnings: [] };
}
