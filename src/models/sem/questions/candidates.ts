import type { Operator, Parameter, ParameterTable } from '../parameterTable.js';
import { blockCount, blockOf, levelCount, rolesOfBlock } from '../structure/blocks.js';

/** Parameters that could be added: fixed rows, and rows that the model does not have. */
export interface Candidates {
  /** Those of `rows` whose outcome is a fixed exogenous variable. */
  readonly exogenousOutcomes: ReadonlySet<number>;
  /** The model's rows, then the rows that could be added, fixed at 0. */
  readonly table: ParameterTable;
  /** Indices of candidate rows in `table`. */
  readonly rows: readonly number[];
}

/**
 * Candidates for release, as lavaan lists them: fixed parameters; loadings of
 * every latent variable on every pure indicator; covariances among indicators
 * and among latent variables; and where the model has regressions, those
 * between any two of their variables, exogenous ones as outcomes too. Moments
 * of fixed exogenous variables are the sample's, so that their indices would
 * be 0: they are no candidates. In a two-level model each level is asked by itself.
 *
 * @param conditional the model is one given the exogenous variables (`conditional.x`)
 * @param scales response scales are parameters (delta)
 */
export function candidates(table: ParameterTable, conditional = false, scales = false): Candidates {
  const structural = table.rows.filter((row) => row.op !== ':=' && row.op !== '==' && row.op !== '<' && row.op !== '>');
  const rows: Parameter[] = [...table.rows];
  const known = new Set(structural.map((row) => key(row.lhs, row.op, row.rhs, blockOf(row, table))));
  for (let block = 0; block < blockCount(table); block++) {
    const { observed, latent, exogenousObserved } = rolesOfBlock(table, block);
    const own = structural.filter((row) => blockOf(row, table) === block);
    const indicators = new Set(own.filter((row) => row.op === '=~').map((row) => row.rhs));
    const outcomes = new Set(own.filter((row) => row.op === '~').map((row) => row.lhs));
    const exogenous = new Set(exogenousObserved);
    const inEquations = [...new Set([...outcomes, ...own.filter((row) => row.op === '~').map((row) => row.rhs)])];
    const observedIndicators = observed.filter((name) => indicators.has(name));
    const levels = levelCount(table);
    const add = (lhs: string, op: Operator, rhs: string): void => {
      if (known.has(key(lhs, op, rhs, block)) || (op === '~~' && known.has(key(rhs, op, lhs, block)))) return;
      const id = rows.length + 1;
      rows.push({ id, lhs, op, rhs, group: Math.floor(block / levels) + 1, level: (block % levels) + 1, free: 0, label: '', plabel: `.p${id}.`, ustart: 0, lower: -Infinity, upper: Infinity, exo: false, efa: '', origin: 'user' });
    };
    for (const f of latent) for (const name of observedIndicators) if (!outcomes.has(name)) add(f, '=~', name);
    observedIndicators.forEach((a, i) => observedIndicators.slice(i + 1).forEach((b) => add(a, '~~', b)));
    latent.forEach((a, i) => latent.slice(i + 1).forEach((b) => add(a, '~~', b)));
    // b =~ a is the same cell as a ~ b
    for (const a of inEquations) for (const b of inEquations) if (a !== b && !(conditional && exogenous.has(a)) && !known.has(key(b, '=~', a, block))) add(a, '~', b);
  }
  const all = rows.flatMap((row, i) => (row.free === 0 && !row.exo && row.group > 0 && (['=~', '~', '~~', '~1'].includes(row.op) || (scales && row.op === '~*~')) ? [i] : []));
  const fixed = new Set(structural.filter((row) => row.exo && row.op === '~~').map((row) => key(row.lhs, '', '', blockOf(row, table))));
  const exogenousOutcomes = new Set(all.filter((i) => rows[i].op === '~' && fixed.has(key(rows[i].lhs, '', '', blockOf(rows[i], table)))));
  return { table: { ...table, rows }, rows: all, exogenousOutcomes };
}

function key(lhs: string, op: string, rhs: string, block: number): string {
  return JSON.stringify([lhs, op, rhs, block]);
}
