import { plannedArrays } from '../simd/plannedArrays.js';
import { roomBehind, wasmInstance } from '../simd/wasmInstance.js';
import { RESAMPLING_WASM } from './resamplingWasm.js';
import type { WeightedProducts } from './weightedProducts.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  addIntegers(plan: number): void;
}

const LANES = 8;
/** Rows whose sums of products fit 32 bits: 512 · 63 · 256² < 2³¹, 63 being the largest weight at once. */
const MOST_PAIRS = 256;

/** Products of small integers, two rows at a time in WebAssembly; rows that do not count cost nothing. See resampling.c. */
export class PairProducts implements WeightedProducts {
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  readonly width: number;
  private readonly plan: number;

  private constructor(private readonly exports: Exports, values: Float64Array, n: number, columns: number) {
    const vectors = Math.ceil(columns / LANES);
    this.width = vectors * LANES;
    // 16-bit integers in words of 32: the values, and two orders of pairs
    const words = (numbers: number): Int32Array => new Int32Array(numbers / 2);
    const pairs = 2 * vectors * LANES * MOST_PAIRS;
    const { address, doubles, indices } = plannedArrays({ sizes: [n, vectors], doubles: [this.width ** 2], indices: [words(n * this.width), new Int32Array(n), words(pairs), words(pairs)] }, (bytes) => roomBehind(exports, bytes));
    this.plan = address;
    [this.sums] = doubles;
    this.counts = indices[1];
    const integers = new Int16Array(indices[0].buffer, indices[0].byteOffset, n * this.width);
    for (let i = 0; i < n; i++) for (let j = 0; j < columns; j++) integers[i * this.width + j] = values[i * columns + j];
  }

  /** Undefined where WebAssembly is missing or forbidden. @param values n × columns, integers of at most 256 */
  static of(values: Float64Array, n: number, columns: number): PairProducts | undefined {
    const exports = wasmInstance<Exports>(RESAMPLING_WASM);
    return exports && new PairProducts(exports, values, n, columns);
  }

  addUp(): void {
    this.exports.addIntegers(this.plan);
  }
}
