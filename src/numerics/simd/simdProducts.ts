import { addTile, BLOCK, COLUMN_BYTES, TILE_ROWS, tileKernel, unpackBlocks, type TileKernel } from './tileProducts.js';

/** Sums over tiles of 256 rows, two rows at a time; see products.wat. */
export interface SimdProducts {
  /** Cross products of the columns about the centres (m × m, row-major) and Σ(x − centre). */
  gram(columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array };
  /** target = from − constant − Σ slope · column. */
  subtractFit(target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void;
}

/** The kernel with room for `columns` columns; undefined where WebAssembly or its SIMD instructions are missing or forbidden. */
export function simdProducts(columns: number): SimdProducts | undefined {
  const padded = Math.ceil((columns + 1) / BLOCK) * BLOCK;
  const kernel = tileKernel(padded * COLUMN_BYTES + 8 * padded * padded);
  return kernel && { gram: (all, centres) => gram(kernel, all, centres), subtractFit: (...rest) => subtractFit(kernel, ...rest) };
}

/** Copies rows [start, end) of a column into the tile, the rest of the 256 as `fill`. */
function load(tile: Float64Array, at: number, column: Float64Array, start: number, end: number, fill: number): void {
  tile.set(column.subarray(start, end), at);
  if (end - start < TILE_ROWS) tile.fill(fill, at + end - start, at + TILE_ROWS);
}

function gram(kernel: TileKernel, columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array } {
  const m = columns.length;
  const n = columns[0].length;
  const blocks = Math.ceil(m / BLOCK);
  const values = new Float64Array(kernel.memory.buffer);
  const out = blocks * BLOCK * TILE_ROWS;
  values.fill(0);
  const sums = new Float64Array(m);
  for (let start = 0; start < n; start += TILE_ROWS) {
    const end = Math.min(n, start + TILE_ROWS);
    for (let j = 0; j < m; j++) {
      load(values, j * TILE_ROWS, columns[j], start, end, centres[j]);
      sums[j] += kernel.centre(j * COLUMN_BYTES, centres[j]);
    }
    addTile(values, blocks, out, kernel);
  }
  return { products: unpackBlocks(values, m, out), sums };
}

function subtractFit({ memory, centre, subtract }: TileKernel, target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void {
  const values = new Float64Array(memory.buffer);
  const own = values.subarray(0, TILE_ROWS);
  for (let start = 0; start < target.length; start += TILE_ROWS) {
    const end = Math.min(target.length, start + TILE_ROWS);
    load(values, 0, from, start, end, constant);
    centre(0, constant);
    for (let j = 0; j < columns.length; j++) {
      load(values, TILE_ROWS, columns[j], start, end, 0);
      subtract(0, COLUMN_BYTES, slopes[j]);
    }
    target.set(end - start === TILE_ROWS ? own : own.subarray(0, end - start), start);
  }
}
