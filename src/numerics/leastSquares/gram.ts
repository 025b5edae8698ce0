import { preciseDot, type PreciseColumn } from '../exact/accumulate.js';
import { preciseMatrix, type PreciseMatrix } from './preciseFactor.js';

/** All sums of products of the columns, each in double-double. */
export function preciseGram(columns: readonly PreciseColumn[]): PreciseMatrix {
  const gram = preciseMatrix(columns.length);
  const m = columns.length;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      const { hi, lo } = preciseDot(columns[i], columns[j]);
      gram.hi[i * m + j] = gram.hi[j * m + i] = hi;
      gram.lo[i * m + j] = gram.lo[j * m + i] = lo;
    }
  }
  return gram;
}

/** Rows of one tile: 256 doubles of a column fill half of a typical first-level cache for 8 columns at a time. */
export const TILE_ROWS = 256;

/** Writes rows [start, end) of √w (x − centre) into the tile, column after column, and adds up w (x − centre). */
function fillTile(tile: Float64Array, sums: Float64Array, columns: readonly Float64Array[], centres: Float64Array, roots: Float64Array | undefined, start: number, end: number): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j];
    const centre = centres[j];
    let sum = 0;
    if (roots) {
      for (let i = start, at = j * TILE_ROWS; i < end; i++, at++) {
        const value = (column[i] - centre) * roots[i];
        sum += value * roots[i];
        tile[at] = value;
      }
    } else {
      for (let i = start, at = j * TILE_ROWS; i < end; i++, at++) {
        const value = column[i] - centre;
        sum += value;
        tile[at] = value;
      }
    }
    sums[j] += sum;
  }
}

/** Cross products about given centres, and what is left of the sums there. */
export interface CentredProducts {
  readonly gram: PreciseMatrix;
  /** Σ w (x − centre), per column. */
  readonly sums: Float64Array;
}

/** Columns per block: 3 × 3 running sums and six operands fit the sixteen registers of a processor. */
const BLOCK = 3;

/**
 * Cross products of centred (and weighted) columns in plain doubles, by tiles
 * of rows and blocks of 3 × 3 columns: for large n, where rounding errors
 * average out and a later refinement step removes what is left.
 */
export function fastGram(columns: readonly Float64Array[], centres: Float64Array, roots: Float64Array | undefined): CentredProducts {
  const m = columns.length;
  const n = columns[0]?.length ?? 0;
  const padded = Math.ceil(m / BLOCK) * BLOCK; // spare columns stay zero
  const products = new Float64Array(padded * padded);
  const sums = new Float64Array(m);
  const tile = new Float64Array(padded * TILE_ROWS);
  for (let start = 0; start < n; start += TILE_ROWS) {
    const end = Math.min(n, start + TILE_ROWS);
    fillTile(tile, sums, columns, centres, roots, start, end);
    for (let i = 0; i < padded; i += BLOCK) for (let j = 0; j <= i; j += BLOCK) addBlock(products, tile, padded, i, j, end - start);
  }
  const gram = preciseMatrix(m);
  for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) gram.hi[i * m + j] = gram.hi[j * m + i] = products[i * padded + j];
  return { gram, sums };
}

/** Adds the products of columns i … i + 2 with columns j … j + 2 over the tile's rows. */
function addBlock(sums: Float64Array, tile: Float64Array, size: number, i: number, j: number, rows: number): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  const end = i * TILE_ROWS + rows;
  const toColumn = (j - i) * TILE_ROWS;
  for (let a = i * TILE_ROWS, b = a + toColumn; a < end; a++, b++) {
    const x0 = tile[a];
    const x1 = tile[a + TILE_ROWS];
    const x2 = tile[a + 2 * TILE_ROWS];
    const y0 = tile[b];
    const y1 = tile[b + TILE_ROWS];
    const y2 = tile[b + 2 * TILE_ROWS];
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
  }
  const at = i * size + j;
  sums[at] += s00;
  sums[at + 1] += s01;
  sums[at + 2] += s02;
  sums[at + size] += s10;
  sums[at + size + 1] += s11;
  sums[at + size + 2] += s12;
  sums[at + 2 * size] += s20;
  sums[at + 2 * size + 1] += s21;
  sums[at + 2 * size + 2] += s22;
}
