import type { Operator, Parameter, ParameterTable } from '../parameterTable.js';

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
 * be 0: they are no candidates.
 *
 * @param conditional the model is one given the exogenous variables (`conditional.x`)
 * @param scales response scales are parameters (delta)
 */
export function candidates(table: ParameterTable, conditional = false, scales = false): Candidates {
  const { observed, latent } = table.roles;
  const structural = table.rows.filter((row) => row.op !== ':=' && row.op !== '==' && row.op !== '<' && row.op !== '>');
  const indicators = new Set(structural.filter((row) => row.op === '=~').map((row) => row.rhs));
  const outcomes = new Set(structural.filter((row) => row.op === '~').map((row) => row.lhs));
  const exogenous = new Set(table.roles.exogenousObserved);
  const inEquations = [...new Set([...outcomes, ...structural.filter((row) => row.op === '~').map((row) => row.rhs)])];
  const observedIndicators = observed.filter((name) => indicators.has(name));
  const rows: Parameter[] = [...table.rows];
  const known = new Set(structural.map((row) => key(row.lhs, row.op, row.rhs, row.group)));
  const add = (lhs: string, op: Operator, rhs: string, group: number): void => {
    if (known.has(key(lhs, op, rhs, group)) || (op === '~~' && known.has(key(rhs, op, lhs, group)))) return;
    const id = rows.length + 1;
    rows.push({ id, lhs, op, rhs, group, level: 1, free: 0, label: '', plabel: `.p${id}.`, ustart: 0, lower: -Infinity, upper: Infinity, exo: false, efa: '', origin: 'user' });
  };
  table.groupLabels.forEach((_, g) => {
    for (const f of latent) for (const name of observedIndicators) if (!outcomes.has(name)) add(f, '=~', name, g + 1);
    observedIndicators.forEach((a, i) => observedIndicators.slice(i + 1).forEach((b) => add(a, '~~', b, g + 1)));
    latent.forEach((a, i) => latent.slice(i + 1).forEach((b) => add(a, '~~', b, g + 1)));
    // b =~ a is the same cell as a ~ b
    for (const a of inEquations) for (const b of inEquations) if (a !== b && !(conditional && exogenous.has(a)) && !known.has(key(b, '=~', a, g + 1))) add(a, '~', b, g + 1);
  });
  const all = rows.flatMap((row, i) => (row.free === 0 && !row.exo && row.group > 0 && (['=~', '~', '~~', '~1'].includes(row.op) || (scales && row.op === '~*~')) ? [i] : []));
  const fixed = new Set(structural.filter((row) => row.exo && row.op === '~~').map((row) => row.lhs));
  const exogenousOutcomes = new Set(all.filter((i) => rows[i].op === '~' && fixed.has(rows[i].lhs)));
  return { table: { ...table, rows }, rows: all, exogenousOutcomes };
}

function key(lhs: string, op: string, rhs: string, group: number): string {
  return JSON.stringify([lhs, op, rhs, group]);
}
