import { PRODUCTS_WASM } from './products.js';
import { growTo, wasmInstance } from './wasmInstance.js';

/** Entries of every row of a tile, and the bytes they take. */
export const TILE_ROWS = 256;
export const COLUMN_BYTES: number = 8 * TILE_ROWS;
/** Columns per block: 3 × 3 running sums and six operands fit the sixteen registers of a processor. */
export const BLOCK = 3;

/** What products.c exports. */
export interface TileKernel {
  readonly memory: WebAssembly.Memory;
  blockRow(a: number, b: number, count: number, out: number): void;
  centre(from: number, to: number, centre: number): number;
  subtractFit(target: number, count: number, constant: number, x: number, stride: number, slopes: number, columns: number): void;
}

/** The kernel with at least so many bytes of memory; undefined where WebAssembly or its SIMD instructions are missing or forbidden. */
export function tileKernel(bytes: number): TileKernel | undefined {
  const kernel = wasmInstance<TileKernel>(PRODUCTS_WASM);
  return kernel && growTo(kernel.memory, bytes) ? kernel : undefined;
}

/**
 * Adds the sums of products of all pairs of `blocks` × 3 columns of a tile, the
 * lower triangle of 3 × 3 blocks one after the other, to `sums` there.
 *
 * @param tile its columns one after the other, 256 entries each; `sums` follow in the same array at index `sums`.
 */
export function addTile(values: Float64Array, blocks: number, sums: number, kernel: TileKernel | undefined): void {
  for (let i = 0, at = sums; i < blocks; at += (i + 1) * BLOCK * BLOCK, i++) {
    if (kernel) kernel.blockRow(i * BLOCK * COLUMN_BYTES, 0, i + 1, 8 * at);
    else for (let j = 0; j <= i; j++) addBlock(values, i * BLOCK * TILE_ROWS, j * BLOCK * TILE_ROWS, TILE_ROWS, at + j * BLOCK * BLOCK, BLOCK);
  }
}

/** The m × m matrix of the sums that `addTile` leaves. */
export function unpackBlocks(values: Float64Array, m: number, sums: number): Float64Array {
  const out = new Float64Array(m * m);
  const blocks = Math.ceil(m / BLOCK);
  for (let i = 0, at = sums; i < blocks; i++) {
    for (let j = 0; j <= i; j++, at += BLOCK * BLOCK) {
      for (let a = 0; a < BLOCK; a++) {
        for (let b = 0; b < BLOCK; b++) {
          const [row, column] = [i * BLOCK + a, j * BLOCK + b];
          if (row < m && column < m) out[row * m + column] = out[column * m + row] = values[at + a * BLOCK + b];
        }
      }
    }
  }
  return out;
}

/** Plain twin of the kernel: adds the products of three columns from `a` on with three from `b` on, over `rows` entries, to `sums` with rows of `stride`. */
export function addBlock(tile: Float64Array, a0: number, b0: number, rows: number, at: number, stride: number, sums: Float64Array = tile): void {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  const end = a0 + rows;
  for (let a = a0, b = b0; a < end; a++, b++) {
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
  sums[at] += s00;
  sums[at + 1] += s01;
  sums[at + 2] += s02;
  sums[at + stride] += s10;
  sums[at + stride + 1] += s11;
  sums[at + stride + 2] += s12;
  sums[at + 2 * stride] += s20;
  sums[at + 2 * stride + 1] += s21;
  sums[at + 2 * stride + 2] += s22;
}
