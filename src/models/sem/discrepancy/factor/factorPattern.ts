import { THETA, type GroupStructure } from '../../structure/modelStructure.js';

/** Orders are rounded up to a multiple of this, so that rows fill vector registers. */
export const LANES = 4;
/** Largest block of Θ: beyond it the sums inside a block cost more than Σ does. */
const LARGEST_BLOCK = 20;

/** Rounds an order up. */
export const padded = (size: number): number => Math.ceil(size / LANES) * LANES;

/** Which rows of Λ the residual covariances tie together, and where W = Θ⁻¹Λ and the factor K of C = ΛᵀW can differ from zero. */
export interface FactorPattern {
  /** Observed variables, and the latent ones that Λ has a column for. */
  readonly p: number;
  readonly k: number;
  /** Rows of each block of Θ; most have one. Blocks are kept one after the other, `blockAt` numbers into that. */
  readonly blocks: readonly Int32Array[];
  readonly blockAt: Int32Array;
  /** Latent variables that are measured, and the index among them per latent variable (or −1). */
  readonly measured: Int32Array;
  readonly indexOf: Int32Array;
  /** Entries of W row by row: columns among the k. Rows of a block have the same columns. */
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  /** The same entries column by column: their rows, and their places in the order by rows. */
  readonly columnStart: Int32Array;
  readonly columnRow: Int32Array;
  readonly columnEntry: Int32Array;
  /** Columns before the diagonal in each row of K, of the padded order. */
  readonly factorStart: Int32Array;
  readonly factorColumn: Int32Array;
}

export function factorPattern(structure: GroupStructure): FactorPattern {
  const { p, m, loadingStart, loadingColumn } = structure;
  const blocks = residualBlocks(structure);
  const measured = [...new Set(loadingColumn)].sort((x, y) => x - y);
  const indexOf = new Int32Array(m).fill(-1);
  measured.forEach((latent, at) => (indexOf[latent] = at));
  const columnsOf: number[][] = Array.from({ length: p }, () => []);
  for (const rows of blocks) {
    const columns = [...new Set([...rows].flatMap((row) => [...loadingColumn.subarray(loadingStart[row], loadingStart[row + 1])].map((latent) => indexOf[latent])))].sort((x, y) => x - y);
    for (const row of rows) columnsOf[row] = columns;
  }
  const k = measured.length;
  const column = Int32Array.from(columnsOf.flat());
  const rowOf = Int32Array.from(columnsOf.flatMap((columns, i) => columns.map(() => i)));
  const order = Array.from(column, (_, e) => e).sort((x, y) => column[x] - column[y] || x - y);
  const counts = new Int32Array(k);
  for (const at of column) counts[at]++;
  const factor = factorRows(columnsOf, padded(k));
  return {
    p, k, blocks, blockAt: starts(blocks.map((rows) => rows.length ** 2)), measured: Int32Array.from(measured), indexOf,
    rowStart: starts(columnsOf.map((columns) => columns.length)), column,
    columnStart: starts([...counts]), columnRow: Int32Array.from(order, (e) => rowOf[e]), columnEntry: Int32Array.from(order),
    factorStart: starts(factor.map((columns) => columns.length)), factorColumn: Int32Array.from(factor.flat())
  };
}

/** Whether every observed variable has a residual of its own, and Θ falls into blocks small enough to pay. */
export function hasFactorForm(structure: GroupStructure): boolean {
  const { p, cells, twin } = structure;
  if (twin.some((column) => column >= 0)) return false;
  const own = new Set(cells.filter((cell) => cell.matrix === THETA && cell.row === cell.column).map((cell) => cell.row));
  if (own.size < p) return false;
  const { blocks, k, column } = factorPattern(structure);
  if (k === 0 || blocks.some((rows) => rows.length > LARGEST_BLOCK)) return false;
  return blocks.reduce((sum, rows) => sum + rows.length ** 3, 0) + 8 * k ** 3 + p * column.length < 2 * p ** 3;
}

/** Rows that cells of Θ join, directly or through others. */
function residualBlocks({ p, cells }: GroupStructure): readonly Int32Array[] {
  const owner = Array.from({ length: p }, (_, i) => i);
  const find = (i: number): number => (owner[i] === i ? i : find(owner[i]));
  for (const cell of cells) if (cell.matrix === THETA && cell.row !== cell.column) owner[find(cell.row)] = find(cell.column);
  const members = new Map<number, number[]>();
  for (let i = 0; i < p; i++) members.set(find(i), [...(members.get(find(i)) ?? []), i]);
  return [...members.values()].map((rows) => Int32Array.from(rows));
}

/**
 * Columns before the diagonal in each row of the Cholesky factor of C, which
 * has an entry wherever two columns meet in a row of W, and those that
 * elimination fills in.
 */
function factorRows(columnsOf: readonly (readonly number[])[], order: number): readonly (readonly number[])[] {
  const rows: Set<number>[] = Array.from({ length: order }, () => new Set());
  for (const columns of columnsOf) for (const x of columns) for (const y of columns) if (y < x) rows[x].add(y);
  for (let j = 0; j < order; j++) {
    const below = rows.flatMap((columns, i) => (columns.has(j) ? [i] : []));
    for (const x of below) for (const y of below) if (y < x) rows[x].add(y);
  }
  return rows.map((columns) => [...columns].sort((x, y) => x - y));
}

/** Running sums from 0. */
function starts(lengths: readonly number[]): Int32Array {
  const out = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => (out[i + 1] = out[i] + length));
  return out;
}
