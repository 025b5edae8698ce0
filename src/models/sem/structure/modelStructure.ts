import type { Parameter, ParameterTable } from '../parameterTable.js';
import { blockCount, blockOf, rolesOfBlock } from './blocks.js';
import { filterPacked } from '../../../shared/packedArray.js';

/** Matrices of the all-y LISREL model. */
export const LAMBDA = 0;
export const THETA = 1;
export const PSI = 2;
export const BETA = 3;
export const NU = 4;
export const ALPHA = 5;

/** One cell of a model matrix that a row of the parameter table fills (the lower triangle for Θ and Ψ). */
export interface Cell {
  readonly matrix: number;
  readonly row: number;
  readonly column: number;
  /** Index of the row in `ParameterTable.rows`. */
  readonly parameter: number;
}

/**
 * One group's model in index form,
 *
 *   y = ν + Λη + ε,  η = α + Βη + ζ,  Var(ε) = Θ,  Var(ζ) = Ψ,
 *
 * p observed and m latent variables. An observed variable that takes part in
 * a regression, or covaries with a latent one, gets a latent twin (loading 1,
 * no residual), and its parameters move to Ψ, Β and α.
 *
 * @see Bollen (1989), Structural Equations with Latent Variables, chapter 8; Jöreskog & Sörbom (1996)
 */
export interface GroupStructure {
  readonly p: number;
  readonly m: number;
  readonly observed: readonly string[];
  /** Latent variables, then observed variables with a latent twin. */
  readonly latent: readonly string[];
  /** Column of the latent twin per observed variable, or −1. */
  readonly twin: Int32Array;
  readonly cells: readonly Cell[];
  /** True when Β has any cell. */
  readonly regressions: boolean;
  /** Cells of Λ that can differ from zero, row by row. */
  readonly loadingStart: Int32Array;
  readonly loadingColumn: Int32Array;
}

export interface ModelStructure {
  /** One per group; in two-level models one per level of each group. */
  readonly groups: readonly GroupStructure[];
  /** Row index per free parameter (`Parameter.free` − 1). */
  readonly freeRows: Int32Array;
  /** 0-based position among the distinct free parameters per table row, or −1: rows that share a label share it. */
  readonly position: Int32Array;
  /** Number of distinct free parameters. */
  readonly size: number;
  /** First table row of each distinct free parameter. */
  readonly firstRow: Int32Array;
  readonly meanStructure: boolean;
}

const COVARIANCE_OR_REGRESSION = new Set(['~', '~~', '=~', '~1', '<~']);

export function modelStructure(table: ParameterTable): ModelStructure {
  const { rows } = table;
  const groups = Array.from({ length: blockCount(table) }, (_, block) => blockStructure(table, block));
  const owner = sharedRows(rows);
  const position = new Int32Array(rows.length).fill(-1);
  const freeRows = new Int32Array(table.freeCount);
  const firstRow: number[] = [];
  rows.forEach((row, i) => {
    if (row.free <= 0) return;
    freeRows[row.free - 1] = i;
    if (owner[i] < i) position[i] = position[owner[i]];
    else {
      position[i] = firstRow.length;
      firstRow.push(i);
    }
  });
  return { groups, freeRows, position, size: firstRow.length, firstRow: Int32Array.from(firstRow), meanStructure: table.meanStructure };
}

/** Per free row the first row that has the same value by a shared label or an equality of two names; itself otherwise. */
function sharedRows(rows: readonly Parameter[]): Int32Array {
  const owner = new Int32Array(rows.length);
  for (let i = 0; i < owner.length; i++) owner[i] = i;
  // nothing is shared without a label or an equality
  if (!rows.some((row) => row.op === '==' || (row.label !== '' && row.free > 0))) return owner;
  const rowOfName = new Map<string, number>();
  const find = (i: number): number => (owner[i] === i ? i : find(owner[i]));
  const join = (i: number, j: number): void => {
    const a = find(i);
    const b = find(j);
    owner[Math.max(a, b)] = Math.min(a, b);
  };
  const defined = new Set(rows.filter((row) => row.op === ':=').map((row) => row.lhs));
  const name = (text: string, i: number): void => {
    if (text === '') return;
    const known = rowOfName.get(text);
    if (known !== undefined) join(known, i);
    else rowOfName.set(text, i);
  };
  for (let i = 0; i < rows.length; i++) {
    if (rows[i].free <= 0) continue;
    name(rows[i].label, i);
    name(rows[i].plabel, i);
  }
  for (const row of rows) {
    const e = row.expression;
    if (row.op !== '==' || e?.type !== 'binary' || e.operator !== '-' || e.left.type !== 'name' || e.right.type !== 'name') continue;
    const left = defined.has(e.left.name) ? undefined : rowOfName.get(e.left.name);
    const right = defined.has(e.right.name) ? undefined : rowOfName.get(e.right.name);
    if (left !== undefined && right !== undefined) join(left, right);
  }
  return owner.map((_, i) => find(i));
}

function blockStructure(table: ParameterTable, block: number): GroupStructure {
  const roles = rolesOfBlock(table, block);
  const { observed } = roles;
  const p = observed.length;
  const observedIndex = new Map(observed.map((name, i) => [name, i]));
  const own: Parameter[] = [];
  const places: number[] = [];
  for (let i = 0; i < table.rows.length; i++) {
    const row = table.rows[i];
    if (!COVARIANCE_OR_REGRESSION.has(row.op) || blockOf(row, table) !== block) continue;
    own.push(row);
    places.push(i);
  }
  const twins = twinned(own, observedIndex);
  const latent = [...roles.latent, ...filterPacked(observed, (name) => twins.has(name))];
  const latentIndex = new Map(latent.map((name, i) => [name, i]));
  const twin = new Int32Array(p).fill(-1);
  if (twins.size > 0) for (let i = 0; i < p; i++) twin[i] = latentIndex.get(observed[i]) ?? -1;

  const cells: Cell[] = [];
  for (let at = 0; at < own.length; at++) {
    const row = own[at];
    const parameter = places[at];
    const add = (matrix: number, r: number, c: number): void => void cells.push({ matrix, row: r, column: c, parameter });
    const left = latentIndex.get(row.lhs);
    const right = latentIndex.get(row.rhs);
    switch (row.op) {
      case '=~':
        if (right === undefined) add(LAMBDA, observedIndex.get(row.rhs) as number, left as number);
        else add(BETA, right, left as number);
        break;
      case '~':
      case '<~':
        add(BETA, left as number, right as number);
        break;
      case '~1':
        if (left === undefined) add(NU, observedIndex.get(row.lhs) as number, 0);
        else add(ALPHA, left, 0);
        break;
      default: {
        const [i, j] = left === undefined ? [observedIndex.get(row.lhs) as number, observedIndex.get(row.rhs) as number] : [left, right as number];
        add(left === undefined ? THETA : PSI, Math.max(i, j), Math.min(i, j));
      }
    }
  }
  const columnsOf: number[][] = Array.from(twin, (column) => (column >= 0 ? [column] : []));
  for (const { matrix, row, column } of cells) if (matrix === LAMBDA && !columnsOf[row].includes(column)) columnsOf[row].push(column);
  const loadingStart = new Int32Array(p + 1);
  for (let i = 0; i < p; i++) loadingStart[i + 1] = loadingStart[i] + columnsOf[i].length;
  return {
    p, m: latent.length, observed, latent, twin, cells, loadingStart,
    regressions: cells.some((cell) => cell.matrix === BETA),
    loadingColumn: Int32Array.from(columnsOf.flatMap((columns) => (columns.length > 1 ? columns.sort((x, y) => x - y) : columns)))
  };
}

/** Observed variables that need a latent twin; whoever covaries with one needs one too. */
function twinned(rows: readonly Parameter[], observedIndex: ReadonlyMap<string, number>): Set<string> {
  const twins = new Set<string>();
  for (const row of rows) {
    if (row.op === '~' || row.op === '<~') for (const name of [row.lhs, row.rhs]) if (observedIndex.has(name)) twins.add(name);
  }
  const isLatent = (name: string): boolean => twins.has(name) || !observedIndex.has(name);
  for (let changed = true; changed; ) {
    changed = false;
    for (const row of rows) {
      if (row.op !== '~~' || row.lhs === row.rhs || isLatent(row.lhs) === isLatent(row.rhs)) continue;
      twins.add(isLatent(row.lhs) ? row.rhs : row.lhs);
      changed = true;
    }
  }
  return twins;
}
