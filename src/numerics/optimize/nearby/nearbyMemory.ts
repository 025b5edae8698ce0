import { plannedArrays } from '../../simd/plannedArrays.js';
import type { Room } from '../../simd/wasmInstance.js';

/** Updates of the curvature that are kept. */
const MEMORY = 12;
const LANES = 4;

/**
 * Everything that the steps of a minimization read and write, in one stretch of
 * memory, reused over many problems of one size. Lengths are padded with zeros
 * to a multiple of four. The words in front are `Plan` of nearby.c: sizes, then
 * the address of each array in the order below.
 */
export class NearbyMemory {
  /** Parameters, padded. */
  readonly size: number;
  readonly memory: number = MEMORY;
  /** H₀⁻¹ in single precision, scaled by its diagonal so that no unit of measurement overflows, and a vector before and after. */
  readonly inverse: Float32Array;
  readonly left: Float32Array;
  readonly right: Float32Array;
  /** √ of the diagonal of H₀⁻¹. */
  readonly unit: Float64Array;
  /** s of the curvature s⁻¹H₀s⁻¹. */
  readonly scale: Float64Array;
  readonly gradient: Float64Array;
  readonly before: Float64Array;
  readonly direction: Float64Array;
  readonly x: Float64Array;
  readonly trial: Float64Array;
  /** Moves of x and changes of the gradient, and the reciprocals of their products. */
  readonly moves: Float64Array;
  readonly changes: Float64Array;
  readonly products: Float64Array;
  readonly coefficients: Float64Array;
  /** Where the plan begins. */
  readonly address: number;

  /** @param inverse H₀⁻¹, n × n */
  constructor(inverse: Float64Array, n: number, allocate: (bytes: number) => Room) {
    const size = Math.ceil(n / LANES) * LANES;
    this.size = size;
    const planned = plannedArrays({ sizes: [size, MEMORY], singles: [size * size, size, size], doubles: [...new Array<number>(7).fill(size), MEMORY * size, MEMORY * size, MEMORY, MEMORY] }, allocate);
    this.address = planned.address;
    [this.inverse, this.left, this.right] = planned.singles;
    [this.unit, this.scale, this.gradient, this.before, this.direction, this.x, this.trial, this.moves, this.changes, this.products, this.coefficients] = planned.doubles;
    for (let i = 0; i < n; i++) this.unit[i] = Math.sqrt(inverse[i * n + i]);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) this.inverse[i * size + j] = inverse[i * n + j] / (this.unit[i] * this.unit[j]);
  }
}
