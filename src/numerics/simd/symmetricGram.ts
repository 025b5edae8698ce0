import { addTile, BLOCK, TILE_ROWS, tileKernel, unpackBlocks } from './tileProducts.js';

/**
 * Writes entries [start, end) of all m vectors into the tile: entry k of vector
 * j at `tile[j · 256 + k − start]`. The rest of the tile is zero.
 */
export type TileLoader = (tile: Float64Array, start: number, end: number) => void;

/** Where 256 entries of vector j begin in a tile. */
export const TILE_STRIDE: number = TILE_ROWS;

/**
 * All inner products of m vectors of length n, m × m: tiles of 256 entries in
 * WebAssembly SIMD, in plain loops where there is none. Memory: 2 kB a vector
 * and the products, whatever n.
 *
 * @param load fills one tile; what scales or centres the vectors does so there.
 */
export function symmetricGram(m: number, n: number, load: TileLoader): Float64Array {
  const blocks = Math.ceil(m / BLOCK);
  const sums = blocks * BLOCK * TILE_ROWS;
  const size = sums + ((blocks * (blocks + 1)) / 2) * BLOCK * BLOCK;
  const kernel = tileKernel(8 * size);
  const values = kernel ? new Float64Array(kernel.memory.buffer, 0, size) : new Float64Array(size);
  for (let start = 0; start < n; start += TILE_ROWS) {
    const end = Math.min(n, start + TILE_ROWS);
    if (end - start < TILE_ROWS) for (let j = 0; j < m; j++) values.fill(0, j * TILE_ROWS + end - start, (j + 1) * TILE_ROWS);
    load(values, start, end);
    addTile(values, blocks, sums, kernel);
  }
  return unpackBlocks(values, m, sums);
}

/** A Aᵀ of an m × n row-major matrix. */
export function gramOfRows(a: Float64Array, m: number, n: number): Float64Array {
  return symmetricGram(m, n, (tile, start, end) => {
    for (let j = 0; j < m; j++) tile.set(a.subarray(j * n + start, j * n + end), j * TILE_ROWS);
  });
}

/** AᵀA of an n × m row-major matrix. */
export function gramOfColumns(a: Float64Array, n: number, m: number): Float64Array {
  return symmetricGram(m, n, (tile, start, end) => {
    for (let i = start; i < end; i++) for (let j = 0, at = i * m; j < m; j++) tile[j * TILE_ROWS + i - start] = a[at + j];
  });
}
