import { NearbyMemory } from './nearbyMemory.js';
import type { NearbySteps } from './nearbySteps.js';
import { NEARBY_WASM } from './nearbyWasm.js';

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  direct(plan: number, kept: number): number;
  advance(plan: number, step: number): void;
  keep(plan: number, kept: number): number;
}

/** The steps in WebAssembly with SIMD instructions, the same bits as without; undefined where it is missing or forbidden. @param inverse H₀⁻¹, n × n */
export function simdSteps(inverse: Float64Array, n: number): NearbySteps | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(NEARBY_WASM), (character) => character.charCodeAt(0)));
    return new SimdSteps(new WebAssembly.Instance(module).exports as unknown as Exports, inverse, n);
  } catch {
    return undefined;
  }
}

class SimdSteps implements NearbySteps {
  readonly memory: NearbyMemory;

  constructor(private readonly exports: Exports, inverse: Float64Array, n: number) {
    this.memory = new NearbyMemory(inverse, n, (bytes) => {
      const base = Math.ceil((exports.__heap_base.value as number) / ALIGNMENT) * ALIGNMENT;
      const missing = Math.ceil((base + bytes - exports.memory.buffer.byteLength) / PAGE_BYTES);
      if (missing > 0) exports.memory.grow(missing);
      return { buffer: exports.memory.buffer, base };
    });
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
