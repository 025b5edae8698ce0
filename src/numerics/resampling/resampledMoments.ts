import { BLOCK, productKernel, type ProductKernel } from './productKernel.js';

/** Distinct rows that are multiplied at once: both copies of forty columns stay in a core's cache. */
const TILE_ROWS = 512;
/** Largest absolute value kept as a 16-bit integer, times the largest weight of a row still one. */
const LARGEST_INTEGER = 1024;
const MOST_WEIGHT = 31;
/** Sum of weights in a tile up to which 32-bit sums of products cannot overflow: 2³¹ / 1024². */
const TILE_WEIGHT = 2047;
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
  /** n × p, row-major. */
  private readonly centred: Float64Array | Int16Array;
  private readonly kernel: ProductKernel;
  private readonly tile: Float64Array | Int16Array;
  private readonly sums: Float64Array;
  private readonly counts: Int32Array;
  /** Column p is the constant 1, so that its products are the sums. */
  private readonly blocks: number;

  /** @param rows n × p, row-major; @param kernelOf the kernel for some bytes, by default the fastest at hand. */
  constructor(rows: Float64Array, private readonly n: number, private readonly p: number, mean: Float64Array, kernelOf: (bytes: number) => ProductKernel = productKernel) {
    const whole = Float64Array.from(mean, Math.round);
    const integer = rows.every((value, i) => Number.isInteger(value) && Math.abs(value - whole[i % p]) <= LARGEST_INTEGER);
    this.shift = integer ? whole : mean;
    const centred = rows.map((value, i) => value - this.shift[i % p]);
    this.centred = integer ? Int16Array.from(centred) : centred;
    this.blocks = Math.ceil((p + 1) / BLOCK);
    this.counts = new Int32Array(n);
    const columns = this.blocks * BLOCK;
    const size = 2 * columns * TILE_ROWS;
    const tileBytes = size * this.centred.BYTES_PER_ELEMENT;
    this.kernel = kernelOf(tileBytes + 8 * BLOCK * BLOCK);
    this.tile = integer ? new Int16Array(this.kernel.buffer, 0, size) : new Float64Array(this.kernel.buffer, 0, size);
    this.sums = new Float64Array(columns * columns);
  }

  /** Forgets the rows drawn. */
  clear(): void {
    this.counts.fill(0);
  }

  /** Counts row `i` once more. */
  add(i: number): void {
    this.counts[i]++;
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
    const { counts, n, sums } = this;
    sums.fill(0);
    let from = 0;
    while (from < n) {
      let rows = 0;
      let weight = 0;
      let i = from;
      for (; i < n && rows < TILE_ROWS; i++) {
        let left = counts[i];
        if (left === 0) continue;
        const pieces = Math.ceil(left / MOST_WEIGHT);
        if (pieces === 1 || this.tile instanceof Float64Array) {
          if (weight + left > TILE_WEIGHT && rows > 0 && this.tile instanceof Int16Array) break;
          this.put(rows++, i, left);
          weight += left;
          continue;
        }
        // a row drawn very often is entered several times, as far as this tile has room
        while (left > 0 && rows < TILE_ROWS && weight + MOST_WEIGHT <= TILE_WEIGHT) {
          const piece = Math.min(left, MOST_WEIGHT);
          this.put(rows++, i, piece);
          weight += piece;
          left -= piece;
        }
        counts[i] = left;
        if (left > 0) break;
      }
      this.multiply(rows);
      from = i;
    }
  }

  /** Row i of the data as row `at` of the tile: values, and values times the weight. */
  private put(at: number, i: number, weight: number): void {
    const { tile, centred, p } = this;
    const weighted = this.blocks * BLOCK * TILE_ROWS + at;
    const row = i * p;
    for (let j = 0; j < p; j++) {
      const value = centred[row + j];
      tile[j * TILE_ROWS + at] = value;
      tile[weighted + j * TILE_ROWS] = weight * value;
    }
    tile[p * TILE_ROWS + at] = 1;
    tile[weighted + p * TILE_ROWS] = weight;
  }

  /** Adds the products of the tile's first rows to the sums. */
  private multiply(rows: number): void {
    const { tile, kernel, blocks, sums } = this;
    const size = tile.BYTES_PER_ELEMENT;
    const lanes = 16 / size;
    const padded = Math.ceil(rows / lanes) * lanes;
    const columns = blocks * BLOCK;
    if (padded > rows) for (let j = 0; j < 2 * columns; j++) tile.fill(0, j * TILE_ROWS + rows, j * TILE_ROWS + padded);
    const product = tile instanceof Int16Array ? kernel.integers : kernel.doubles;
    const stride = TILE_ROWS * size;
    const second = columns * stride;
    const at = 2 * columns * stride;
    const out = new Float64Array(kernel.buffer, at, BLOCK * BLOCK);
    for (let a = 0; a < blocks; a++) {
      for (let b = 0; b <= a; b++) {
        product(a * BLOCK * stride, second + b * BLOCK * stride, padded * size, stride, at);
        for (let i = 0; i < BLOCK; i++) {
          const to = (a * BLOCK + i) * columns + b * BLOCK;
          for (let j = 0; j < BLOCK; j++) sums[to + j] += out[i * BLOCK + j];
        }
      }
    }
  }
}
