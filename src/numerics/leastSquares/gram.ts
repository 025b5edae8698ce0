import { preciseDot, type PreciseColumn } from '../exact/accumulate.js';
import { addBlock, BLOCK, TILE_ROWS } from '../simd/tileProducts.js';
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
    for (let i = 0; i < padded; i += BLOCK) for (let j = 0; j <= i; j += BLOCK) addBlock(tile, i * TILE_ROWS, j * TILE_ROWS, end - start, i * padded + j, padded, products);
  }
  const gram = preciseMatrix(m);
  for (let i = 0; i < m; i++) for (let j = 0; j <= i; j++) gram.hi[i * m + j] = gram.hi[j * m + i] = products[i * padded + j];
  return { gram, sums };
}
