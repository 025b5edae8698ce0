import { PRODUCTS_WASM } from './products.js';

/** Rows of a tile, and what one column of it takes. */
const TILE_ROWS = 256;
const COLUMN_BYTES = 8 * TILE_ROWS;
const BLOCK = 3;
const PAGE_BYTES = 65536;

interface Exports {
  readonly memory: WebAssembly.Memory;
  products(a: number, b: number, out: number): void;
  centre(at: number, centre: number): number;
  subtract(target: number, x: number, slope: number): void;
}

/** Sums over tiles of 256 rows, two rows at a time; see products.wat. */
export interface SimdProducts {
  /** Cross products of the columns about the centres (m × m, row-major) and Σ(x − centre). */
  gram(columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array };
  /** target = from − constant − Σ slope · column. */
  subtractFit(target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void;
}

/** The kernel with room for `columns` columns; undefined where WebAssembly or its SIMD instructions are missing or forbidden. */
export function simdProducts(columns: number): SimdProducts | undefined {
  let exports: Exports;
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(PRODUCTS_WASM), (character) => character.charCodeAt(0)));
    exports = new WebAssembly.Instance(module).exports as unknown as Exports;
    const padded = Math.ceil((columns + 1) / BLOCK) * BLOCK;
    const needed = padded * COLUMN_BYTES + 8 * padded * padded;
    const missing = Math.ceil((needed - exports.memory.buffer.byteLength) / PAGE_BYTES);
    if (missing > 0) exports.memory.grow(missing);
  } catch {
    return undefined;
  }
  return { gram: (all, centres) => gram(exports, all, centres), subtractFit: (...rest) => subtractFit(exports, ...rest) };
}

/** Copies rows [start, end) of a column into the tile, the rest of the 256 as `fill`. */
function load(tile: Float64Array, at: number, column: Float64Array, start: number, end: number, fill: number): void {
  tile.set(column.subarray(start, end), at);
  if (end - start < TILE_ROWS) tile.fill(fill, at + end - start, at + TILE_ROWS);
}

function gram({ memory, products, centre }: Exports, columns: readonly Float64Array[], centres: Float64Array): { readonly products: Float64Array; readonly sums: Float64Array } {
  const m = columns.length;
  const n = columns[0].length;
  const blocks = Math.ceil(m / BLOCK);
  const values = new Float64Array(memory.buffer);
  const out = blocks * BLOCK * TILE_ROWS;
  values.fill(0);
  const sums = new Float64Array(m);
  for (let start = 0; start < n; start += TILE_ROWS) {
    const end = Math.min(n, start + TILE_ROWS);
    for (let j = 0; j < m; j++) {
      load(values, j * TILE_ROWS, columns[j], start, end, centres[j]);
      sums[j] += centre(j * COLUMN_BYTES, centres[j]);
    }
    for (let i = 0, at = out; i < blocks; i++) for (let j = 0; j <= i; j++, at += BLOCK * BLOCK) products(i * BLOCK * COLUMN_BYTES, j * BLOCK * COLUMN_BYTES, 8 * at);
  }
  const result = new Float64Array(m * m);
  for (let i = 0, at = out; i < blocks; i++) {
    for (let j = 0; j <= i; j++, at += BLOCK * BLOCK) {
      for (let a = 0; a < BLOCK; a++) {
        for (let b = 0; b < BLOCK; b++) {
          const [row, column] = [i * BLOCK + a, j * BLOCK + b];
          if (row < m && column < m) result[row * m + column] = result[column * m + row] = values[at + a * BLOCK + b];
        }
      }
    }
  }
  return { products: result, sums };
}

function subtractFit({ memory, centre, subtract }: Exports, target: Float64Array, from: Float64Array, constant: number, columns: readonly Float64Array[], slopes: readonly number[]): void {
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
