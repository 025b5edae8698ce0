import { roomBehind, wasmInstance } from '../../simd/wasmInstance.js';
import { NearbyMemory } from './nearbyMemory.js';
import type { NearbySteps } from './nearbySteps.js';
import { NEARBY_WASM } from './nearbyWasm.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  direct(plan: number, kept: number): number;
  advance(plan: number, step: number): void;
  keep(plan: number, kept: number): number;
}

/** The steps in WebAssembly with SIMD instructions, the same bits as without; undefined where it is missing or forbidden. @param inverse H₀⁻¹, n × n */
export function simdSteps(inverse: Float64Array, n: number): NearbySteps | undefined {
  const exports = wasmInstance<Exports>(NEARBY_WASM);
  return exports && new SimdSteps(exports, inverse, n);
}

class SimdSteps implements NearbySteps {
  readonly memory: NearbyMemory;

  constructor(private readonly exports: Exports, inverse: Float64Array, n: number) {
    this.memory = new NearbyMemory(inverse, n, (bytes) => roomBehind(exports, bytes));
  }

  direct(kept: number): number {
    return this.exports.direct(this.memory.address, kept);
  }

  advance(step: number): void {
    this.exports.advance(this.memory.address, step);
  }

  keep(kept: number): boolean {
    return this.exports.keep(this.memory.address, kept) !== 0;
  }
}
