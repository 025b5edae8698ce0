import type { Random } from '../random.js';
import { BLOCK, productKernel, type ProductKernel } from './productKernel.js';

/** Rows that are multiplied at once: forty columns of them and their weighted copies stay in a core's cache. */
const TILE_ROWS = 512;
/** Largest absolute value kept as a 16-bit integer, and largest weight: 512 · 63 · 256² < 2³¹, so no sum overflows. */
const LARGEST_INTEGER = 256;
const LARGEST_WEIGHT = 63;
/** Variance relative to the mean square below which it is rounding. */
const ROUNDING = 1e-14;

/**
 * Means and covariances of samples drawn with replacement from fixed rows. A
 * row that was drawn w times counts once, with weight w:
 *
 *   s_j = Σ w v_j,  q_jk = Σ w v_j v_k,  cov_jk = (q_jk − s_j s_k / n) / (n − lost),
 *
 * v being a value less a whole number or the mean near the middle of its
 * column. Answers on a scale are small integers then, whose sums are exact.
 */
export class ResampledMoments {
  private readonly shift: Float64Array;
  private readonly kernel: ProductKernel;
  /** Tiles of columns, then the weights of a tile and its weighted columns. Column p is the constant 1, so that its products are the sums. */
  private readonly memory: Float64Array | Int16Array;
  private readonly out: Float64Array;
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;
  private readonly blocks: number;

  /** @param rows n × p, row-major; @param kernelOf the kernel for some bytes, by default the fastest at hand. */
  constructor(rows: Float64Array, private readonly n: number, private readonly p: number, mean: Float64Array, kernelOf: (bytes: number) => ProductKernel = productKernel) {
    const whole = Float64Array.from(mean, Math.round);
    const integer = hasSmallIntegers(rows, p, whole);
    this.shift = integer ? whole : mean;
    this.blocks = Math.ceil((p + 1) / BLOCK);
    this.counts = new Int32Array(n);
    const columns = this.blocks * BLOCK;
    const tiles = Math.ceil(n / TILE_ROWS);
    const size = ((tiles + 1) * columns + 1) * TILE_ROWS;
    const bytes = size * (integer ? 2 : 8);
    this.kernel = kernelOf(bytes + 8 * BLOCK * BLOCK);
    const memory = integer ? new Int16Array(this.kernel.buffer, 0, size) : new Float64Array(this.kernel.buffer, 0, size);
    this.memory = memory;
    this.out = new Float64Array(this.kernel.buffer, bytes, BLOCK * BLOCK);
    this.sums = new Float64Array(columns * columns);
    for (let i = 0; i < n; i++) {
      const at = Math.floor(i / TILE_ROWS) * columns * TILE_ROWS + (i % TILE_ROWS);
      for (let j = 0; j < p; j++) memory[at + j * TILE_ROWS] = rows[i * p + j] - this.shift[j];
      memory[at + p * TILE_ROWS] = 1;
    }
  }

  /** Forgets the rows drawn. */
  clear(): void {
    this.counts.fill(0);
  }

  /** Counts row `i` once more. */
  add(i: number): void {
    this.counts[i]++;
  }

  /** Counts n rows drawn with replacement. */
  addDrawn(random: Random): void {
    random.tally(this.n, this.counts);
  }

  /** Moments of the rows counted, divisor n − lost. */
  moments(lost: 0 | 1, mean: Float64Array, covariance: Float64Array): void {
    this.addUp();
    const { n, p, sums, shift } = this;
    const width = this.blocks * BLOCK;
    const scale = 1 / (n - lost);
    for (let j = 0; j < p; j++) {
      const own = sums[p * width + j];
      mean[j] = shift[j] + own / n;
      for (let k = 0; k <= j; k++) {
        const product = sums[j * width + k];
        const value = (product - (own * sums[p * width + k]) / n) * scale;
        covariance[j * p + k] = value;
        covariance[k * p + j] = value;
      }
      if (!(covariance[j * p + j] > ROUNDING * scale * sums[j * width + j])) covariance[j * p + j] = 0;
    }
  }

  private addUp(): void {
    const { counts, n, sums, memory } = this;
    const weights = memory.length - TILE_ROWS * (this.blocks * BLOCK + 1);
    const most = memory instanceof Int16Array ? LARGEST_WEIGHT : Infinity;
    sums.fill(0);
    for (let from = 0; from < n; from += TILE_ROWS) {
      const rows = Math.min(TILE_ROWS, n - from);
      // a row drawn more often than a weight can say is entered again
      for (let again = true; again; ) {
        again = false;
        for (let i = 0; i < rows; i++) {
          const left = counts[from + i];
          const weight = left < most ? left : most;
          memory[weights + i] = weight;
          counts[from + i] = left - weight;
          if (left > weight) again = true;
        }
        this.multiply(from / TILE_ROWS, rows);
      }
    }
  }

  /** Adds the weighted products of a tile's rows to the sums. */
  private multiply(tile: number, rows: number): void {
    const { memory, kernel, blocks, sums, out, p } = this;
    const size = memory.BYTES_PER_ELEMENT;
    const lanes = 16 / size;
    const padded = Math.ceil(rows / lanes) * lanes;
    const columns = blocks * BLOCK;
    const stride = TILE_ROWS * size;
    const first = tile * columns * stride;
    const weights = (memory.length - TILE_ROWS * (columns + 1)) * size;
    const second = weights + stride;
    memory.fill(0, weights / size + rows, weights / size + padded);
    const integer = memory instanceof Int16Array;
    for (let j = 0; j <= p; j++) {
      if (integer) kernel.weighIntegers(first + j * stride, weights, second + j * stride, padded * size);
      else kernel.weighDoubles(first + j * stride, weights, second + j * stride, padded * size);
    }
    for (let a = 0; a < blocks; a++) {
      for (let b = 0; b <= a; b++) {
        const left = first + a * BLOCK * stride;
        const right = second + b * BLOCK * stride;
        if (integer) kernel.integers(left, right, padded * size, stride, out.byteOffset);
        else kernel.doubles(left, right, padded * size, stride, out.byteOffset);
        for (let i = 0; i < BLOCK; i++) {
          const to = (a * BLOCK + i) * columns + b * BLOCK;
          for (let j = 0; j < BLOCK; j++) sums[to + j] += out[i * BLOCK + j];
        }
      }
    }
  }
}

function hasSmallIntegers(rows: Float64Array, p: number, centre: Float64Array): boolean {
  for (let at = 0, j = 0; at < rows.length; at++, j = j + 1 === p ? 0 : j + 1) {
    const value = rows[at] - centre[j];
    if (!Number.isInteger(value) || Math.abs(value) > LARGEST_INTEGER) return false;
  }
  return true;
}
