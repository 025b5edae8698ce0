import { axpy, dot } from '../../dense/dot.js';
import { plainRoom } from '../../simd/wasmInstance.js';
import { NearbyMemory } from './nearbyMemory.js';
import type { NearbySteps } from './nearbySteps.js';

const LANES = 4;

/** The steps without WebAssembly; nearby.c makes the same sums in the same order, so that the bits agree. */
export class PlainSteps implements NearbySteps {
  readonly memory: NearbyMemory;
  private readonly lanes: Float32Array = new Float32Array(LANES);

  constructor(inverse: Float64Array, n: number) {
    this.memory = new NearbyMemory(inverse, n, plainRoom);
  }

  direct(kept: number): number {
    const { size, memory, direction, gradient, moves, changes, products, coefficients } = this.memory;
    const oldest = Math.max(0, kept - memory);
    for (let i = 0; i < size; i++) direction[i] = -gradient[i];
    for (let u = kept - 1; u >= oldest; u--) {
      const at = u % memory;
      const a = dot(moves, at * size, direction, 0, size) * products[at];
      coefficients[at] = a;
      axpy(direction, 0, -a, changes, at * size, size);
    }
    this.precondition();
    for (let u = oldest; u < kept; u++) {
      const at = u % memory;
      const b = coefficients[at] - dot(changes, at * size, direction, 0, size) * products[at];
      axpy(direction, 0, b, moves, at * size, size);
    }
    return dot(gradient, 0, direction, 0, size);
  }

  advance(step: number): void {
    const { size, trial, x, direction } = this.memory;
    for (let i = 0; i < size; i++) trial[i] = x[i] + step * direction[i];
  }

  keep(kept: number): boolean {
    const { size, memory, moves, changes, products, gradient, before, x, trial } = this.memory;
    const at = kept % memory;
    for (let i = 0; i < size; i++) {
      moves[at * size + i] = trial[i] - x[i];
      changes[at * size + i] = gradient[i] - before[i];
      x[i] = trial[i];
    }
    const product = dot(moves, at * size, changes, at * size, size);
    if (!(product > 0)) return false;
    products[at] = 1 / product;
    return true;
  }

  /** direction ← s H₀⁻¹ s direction; the vector is brought to length about 1, since single precision spans 10^±38 only. */
  private precondition(): void {
    const { size, direction, scale, unit, left, right } = this.memory;
    let largest = 0;
    for (let i = 0; i < size; i++) {
      direction[i] = direction[i] * scale[i] * unit[i];
      if (Math.abs(direction[i]) > largest) largest = Math.abs(direction[i]);
    }
    if (!(largest > 0)) {
      direction.fill(0);
      return;
    }
    const one = 1 / largest;
    for (let i = 0; i < size; i++) left[i] = direction[i] * one;
    this.multiply();
    for (let i = 0; i < size; i++) direction[i] = right[i] * largest * scale[i] * unit[i];
  }

  /** right = H₀⁻¹ left. */
  private multiply(): void {
    const { lanes } = this;
    const { size, inverse, left, right } = this.memory;
    for (let i = 0; i < size; i++) {
      lanes.fill(0);
      for (let j = 0; j < size; j++) lanes[j % LANES] += Math.fround(inverse[i * size + j] * left[j]);
      right[i] = Math.fround(lanes[0] + lanes[1]) + Math.fround(lanes[2] + lanes[3]);
    }
  }
}
