import type { FactorKernel } from '../factorKernel.js';
import { FactorMemory } from '../factorMemory.js';
import type { FactorPattern } from '../factorPattern.js';
import { FACTOR_WASM } from './factorWasm.js';

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  value(plan: number): number;
  derive(plan: number): void;
}

/**
 * The kernel in WebAssembly with SIMD instructions, the same bits as the plain
 * one; undefined where WebAssembly is missing or forbidden. Compiling it
 * costs as much as fifty evaluations, so it pays where there are hundreds.
 */
export function simdKernel(pattern: FactorPattern, means: boolean): FactorKernel | undefined {
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(FACTOR_WASM), (character) => character.charCodeAt(0)));
    return new SimdKernel(new WebAssembly.Instance(module, { math: { log: Math.log } }).exports as unknown as Exports, pattern, means);
  } catch {
    return undefined;
  }
}

class SimdKernel implements FactorKernel {
  readonly memory: FactorMemory;

  constructor(private readonly exports: Exports, pattern: FactorPattern, means: boolean) {
    this.memory = new FactorMemory(pattern, means, (bytes) => {
      const base = Math.ceil((exports.__heap_base.value as number) / ALIGNMENT) * ALIGNMENT;
      const missing = Math.ceil((base + bytes - exports.memory.buffer.byteLength) / PAGE_BYTES);
      if (missing > 0) exports.memory.grow(missing);
      return { buffer: exports.memory.buffer, base };
    });
  }

  value(): boolean {
    return this.exports.value(this.memory.address) !== 0;
  }

  derive(): void {
    this.exports.derive(this.memory.address);
  }
}
