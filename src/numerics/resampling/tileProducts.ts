import { BLOCK, type ProductKernel } from './productKernel.js';
import type { WeightedProducts } from './weightedProducts.js';

/** Rows that are multiplied at once: forty columns of them and their weighted copies stay in a core's cache. */
const TILE_ROWS = 512;
const BYTES = 8;
const LANES = 2;
const STRIDE: number = TILE_ROWS * BYTES;

/** Products of doubles, tile by tile and three columns with three. */
export class TileProducts implements WeightedProducts {
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  readonly width: number;
  private readonly kernel: ProductKernel;
  /** Tiles of columns, then the weights of a tile and its weighted columns. */
  private readonly memory: Float64Array;
  private readonly out: Float64Array;
  private readonly blocks: number;

  /** @param values n × columns */
  constructor(values: Float64Array, private readonly n: number, private readonly columns: number, kernelOf: (bytes: number) => ProductKernel) {
    this.blocks = Math.ceil(columns / BLOCK);
    this.width = this.blocks * BLOCK;
    this.counts = new Int32Array(n);
    this.sums = new Float64Array(this.width ** 2);
    const tiles = Math.ceil(n / TILE_ROWS);
    const size = ((tiles + 1) * this.width + 1) * TILE_ROWS;
    this.kernel = kernelOf(BYTES * (size + BLOCK * BLOCK));
    const { buffer, base } = this.kernel;
    this.memory = new Float64Array(buffer, base, size);
    this.out = new Float64Array(buffer, base + BYTES * size, BLOCK * BLOCK);
    for (let i = 0; i < n; i++) {
      const at = Math.floor(i / TILE_ROWS) * this.width * TILE_ROWS + (i % TILE_ROWS);
      for (let j = 0; j < columns; j++) this.memory[at + j * TILE_ROWS] = values[i * columns + j];
    }
  }

  addUp(): void {
    const { counts, n, sums, memory, width } = this;
    const weights = memory.length - TILE_ROWS * (width + 1);
    sums.fill(0);
    for (let from = 0; from < n; from += TILE_ROWS) {
      const rows = Math.min(TILE_ROWS, n - from);
      for (let i = 0; i < rows; i++) memory[weights + i] = counts[from + i];
      this.multiply(from / TILE_ROWS, rows);
    }
    counts.fill(0);
  }

  /** Adds the weighted products of a tile's rows to the sums. */
  private multiply(tile: number, rows: number): void {
    const { memory, kernel, blocks, sums, out, columns, width } = this;
    const padded = Math.ceil(rows / LANES) * LANES;
    const first = memory.byteOffset + tile * width * STRIDE;
    const weightsAt = memory.length - TILE_ROWS * (width + 1);
    const weights = memory.byteOffset + weightsAt * BYTES;
    const second = weights + STRIDE;
    memory.fill(0, weightsAt + rows, weightsAt + padded);
    for (let j = 0; j < columns; j++) kernel.weighDoubles(first + j * STRIDE, weights, second + j * STRIDE, padded * BYTES);
    for (let a = 0; a < blocks; a++) {
      for (let b = 0; b <= a; b++) {
        kernel.doubles(first + a * BLOCK * STRIDE, second + b * BLOCK * STRIDE, padded * BYTES, STRIDE, out.byteOffset);
        for (let i = 0; i < BLOCK; i++) {
          const to = (a * BLOCK + i) * width + b * BLOCK;
          for (let j = 0; j < BLOCK; j++) sums[to + j] += out[i * BLOCK + j];
        }
      }
    }
  }
}
