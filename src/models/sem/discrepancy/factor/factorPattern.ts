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
  const indexOf = new Int32Array(m).fill(-1);
  for (const latent of loadingColumn) indexOf[latent] = 0;
  let k = 0;
  for (let latent = 0; latent < m; latent++) if (indexOf[latent] === 0) indexOf[latent] = k++;
  const measured = new Int32Array(k);
  for (let latent = 0; latent < m; latent++) if (indexOf[latent] >= 0) measured[indexOf[latent]] = latent;
  const columnsOf: (readonly number[])[] = Array.from({ length: p });
  for (const rows of blocks) {
    const columns = blockColumns(rows, loadingStart, loadingColumn, indexOf);
    for (const row of rows) columnsOf[row] = columns;
  }
  const rowStart = starts(columnsOf);
  const entries = rowStart[p];
  const column = new Int32Array(entries);
  const columnStart = new Int32Array(k + 1);
  for (let i = 0, e = 0; i < p; i++) {
    for (const at of columnsOf[i]) {
      column[e++] = at;
      columnStart[at + 1]++;
    }
  }
  for (let at = 0; at < k; at++) columnStart[at + 1] += columnStart[at];
  const columnRow = new Int32Array(entries);
  const columnEntry = new Int32Array(entries);
  const next = columnStart.slice();
  for (let i = 0; i < p; i++) {
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) {
      const to = next[column[e]]++;
      columnRow[to] = i;
      columnEntry[to] = e;
    }
  }
  const factor = factorRows(columnsOf, padded(k));
  const blockAt = new Int32Array(blocks.length + 1);
  for (let block = 0; block < blocks.length; block++) blockAt[block + 1] = blockAt[block] + blocks[block].length ** 2;
  return { p, k, blocks, blockAt, measured, indexOf, rowStart, column, columnStart, columnRow, columnEntry, factorStart: starts(factor), factorColumn: Int32Array.from(factor.flat()) };
}

/** Columns of Λ that the rows of a block have entries in, ascending. */
function blockColumns(rows: Int32Array, loadingStart: Int32Array, loadingColumn: Int32Array, indexOf: Int32Array): readonly number[] {
  const columns: number[] = [];
  for (const row of rows) {
    for (let e = loadingStart[row]; e < loadingStart[row + 1]; e++) {
      const at = indexOf[loadingColumn[e]];
      if (!columns.includes(at)) columns.push(at);
    }
  }
  return columns.length > 1 ? columns.sort((x, y) => x - y) : columns;
}

/** The pattern where every observed variable has a residual of its own, and Θ falls into blocks small enough to pay; else null. */
export function payingPattern(structure: GroupStructure): FactorPattern | null {
  const { p, cells, twin } = structure;
  const own = new Uint8Array(p);
  for (const { matrix, row, column } of cells) if (matrix === THETA && row === column) own[row] = 1;
  for (let i = 0; i < p; i++) if (twin[i] >= 0 || own[i] === 0) return null;
  const pattern = factorPattern(structure);
  const { blocks, k, column } = pattern;
  let work = 8 * k ** 3 + p * column.length;
  for (const { length } of blocks) {
    if (length > LARGEST_BLOCK) return null;
    work += length ** 3;
  }
  return k > 0 && work < 2 * p ** 3 ? pattern : null;
}

/** Whether the factor form exists and pays. */
export function hasFactorForm(structure: GroupStructure): boolean {
  return payingPattern(structure) !== null;
}

/** Rows that cells of Θ join, directly or through others. */
function residualBlocks({ p, cells }: GroupStructure): readonly Int32Array[] {
  const owner = Int32Array.from({ length: p }, (_, i) => i);
  const find = (i: number): number => (owner[i] === i ? i : find(owner[i]));
  let joined = false;
  for (const { matrix, row, column } of cells) {
    if (matrix !== THETA || row === column) continue;
    owner[find(row)] = find(column);
    joined = true;
  }
  if (!joined) return Array.from(owner, (row) => Int32Array.of(row));
  const members = new Map<number, number[]>();
  for (let i = 0; i < p; i++) {
    const rows = members.get(find(i));
    if (rows) rows.push(i);
    else members.set(find(i), [i]);
  }
  return Array.from(members.values(), (rows) => Int32Array.from(rows));
}

/**
 * Columns before the diagonal in each row of the Cholesky factor of C, which
 * has an entry wherever two columns meet in a row of W, and those that
 * elimination fills in.
 */
function factorRows(columnsOf: readonly (readonly number[])[], order: number): readonly (readonly number[])[] {
  if (columnsOf.every(({ length }) => length < 2)) return Array.from({ length: order }, () => []);
  const rows: Set<number>[] = Array.from({ length: order }, () => new Set());
  for (const columns of columnsOf) for (const x of columns) for (const y of columns) if (y < x) rows[x].add(y);
  for (let j = 0; j < order; j++) {
    const below = rows.flatMap((columns, i) => (columns.has(j) ? [i] : []));
    for (const x of below) for (const y of below) if (y < x) rows[x].add(y);
  }
  return rows.map((columns) => [...columns].sort((x, y) => x - y));
}

/** Where each list begins when they stand one after the other. */
function starts(lists: readonly (readonly number[])[]): Int32Array {
  const out = new Int32Array(lists.length + 1);
  for (let i = 0; i < lists.length; i++) out[i + 1] = out[i] + lists[i].length;
  return out;
}
