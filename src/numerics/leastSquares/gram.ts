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

/** Writes rows [start, end) of √w (x − centre) into the tile, column after column. */
export function fillTile(tile: Float64Array, columns: readonly Float64Array[], centres: Float64Array, roots: Float64Array | undefined, start: number, end: number): void {
  for (let j = 0; j < columns.length; j++) {
    const column = columns[j];
    const centre = centres[j];
    const base = j * TILE_ROWS - start;
    if (roots) for (let i = start; i < end; i++) tile[base + i] = (column[i] - centre) * roots[i];
    else for (let i = start; i < end; i++) tile[base + i] = column[i] - centre;
  }
}

/**
 * Cross products of centred (and weighted) columns in plain doubles, by tiles
 * of rows and blocks of 2 × 2 columns: for large n, where rounding errors
 * average out and a later refinement step removes what is left.
 */
export function fastGram(columns: readonly Float64Array[], centres: Float64Array, roots: Float64Array | undefined): PreciseMatrix {
  const m = columns.length;
  const n = columns[0]?.length ?? 0;
  const gram = preciseMatrix(m);
  const sums = gram.hi;
  const tile = new Float64Array((m + 1) * TILE_ROWS); // one spare column of zeros evens the count
  for (let start = 0; start < n; start += TILE_ROWS) {
    const end = Math.min(n, start + TILE_ROWS);
    fillTile(tile, columns, centres, roots, start, end);
    addTile(sums, tile, m, end - start);
  }
  for (let i = 0; i < m; i++) for (let j = 0; j < i; j++) sums[j * m + i] = sums[i * m + j];
  return gram;
}

function addTile(sums: Float64Array, tile: Float64Array, m: number, rows: number): void {
  for (let i = 0; i < m; i += 2) {
    const a0 = i * TILE_ROWS;
    const a1 = a0 + TILE_ROWS;
    for (let j = 0; j <= i; j += 2) {
      const b0 = j * TILE_ROWS;
      const b1 = b0 + TILE_ROWS;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      for (let r = 0; r < rows; r++) {
        const x0 = tile[a0 + r];
        const x1 = tile[a1 + r];
        const y0 = tile[b0 + r];
        const y1 = tile[b1 + r];
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
      }
      sums[i * m + j] += s00;
      if (i + 1 < m) sums[(i + 1) * m + j] += s10;
      if (j + 1 <= i) sums[i * m + j + 1] += s01;
      if (i + 1 < m && j + 1 <= i + 1) sums[(i + 1) * m + j + 1] += s11;
    }
  }
}
