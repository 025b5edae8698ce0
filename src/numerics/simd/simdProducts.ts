import { addTile, BLOCK, COLUMN_BYTES, TILE_ROWS, tileKernel, unpackBlocks, type TileKernel } from './tileProducts.js';

/** Sums over tiles of 256 rows, two rows at a time; see products.c. */
export interface SimdProducts {
  /** Cross products of the columns about the centres (m × m, row-major) and Σ(x − centre). */
  gram(columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array };
  /** target = from − constant − Σ slope · column. */
  subtractFit(target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void;
}

/** Bytes of the stage: rows of all columns are copied at once, as many as stay in the second cache. */
const STAGE_BYTES = 1 << 19;
const MOST_STAGE_TILES = 16;

/** The kernel with room for `columns` columns; undefined where WebAssembly or its SIMD instructions are missing or forbidden. */
export function simdProducts(columns: number): SimdProducts | undefined {
  const padded = Math.ceil((columns + 1) / BLOCK) * BLOCK;
  const rows = TILE_ROWS * Math.max(1, Math.min(MOST_STAGE_TILES, Math.floor(STAGE_BYTES / (padded * COLUMN_BYTES))));
  const kernel = tileKernel(padded * (COLUMN_BYTES + 8 * rows) + 8 * padded * padded);
  return kernel && { gram: (all, centres) => gram(kernel, rows, all, centres), subtractFit: (...rest) => subtractFit(kernel, rows, ...rest) };
}

/** Copies rows [start, end) of a column to the stage; the last tile's rest becomes `fill`. */
function load(stage: Float64Array, at: number, column: Float64Array, start: number, end: number, fill: number): void {
  stage.set(column.subarray(start, end), at);
  const over = (end - start) % TILE_ROWS;
  if (over > 0) stage.fill(fill, at + end - start, at + end - start + TILE_ROWS - over);
}

/** Memory: the tile, its sums, the stage with `rows` rows of each column. */
function gram(kernel: TileKernel, rows: number, columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array } {
  const m = columns.length;
  const n = columns[0].length;
  const blocks = Math.ceil(m / BLOCK);
  const values = new Float64Array(kernel.memory.buffer);
  const out = blocks * BLOCK * TILE_ROWS;
  const stage = out + ((blocks * (blocks + 1)) / 2) * BLOCK * BLOCK + (blocks % 2);
  values.fill(0, 0, stage);
  const sums = new Float64Array(m);
  for (let start = 0; start < n; start += rows) {
    const end = Math.min(n, start + rows);
    for (let j = 0; j < m; j++) load(values, stage + j * rows, columns[j], start, end, centres[j]);
    for (let row = 0; row < end - start; row += TILE_ROWS) {
      for (let j = 0; j < m; j++) sums[j] += kernel.centre(8 * (stage + j * rows + row), j * COLUMN_BYTES, centres[j]);
      addTile(values, blocks, out, kernel);
    }
  }
  return { products: unpackBlocks(values, m, out), sums };
}

/** Memory: slopes, the stage with `rows` rows of the result and of each column. */
function subtractFit(kernel: TileKernel, rows: number, target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void {
  const values = new Float64Array(kernel.memory.buffer);
  const k = columns.length;
  values.set(slopes);
  const own = k + (k % 2);
  const first = own + rows;
  for (let start = 0; start < target.length; start += rows) {
    const end = Math.min(target.length, start + rows);
    load(values, own, from, start, end, 0);
    for (let j = 0; j < k; j++) load(values, first + j * rows, columns[j], start, end, 0);
    const count = Math.ceil((end - start) / 2) * 2;
    kernel.subtractFit(8 * own, count, constant, 8 * first, rows, 0, k);
    target.set(values.subarray(own, own + end - start), start);
  }
}
