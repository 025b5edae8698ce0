import { roomBehind, wasmInstance } from '../../../../../numerics/simd/wasmInstance.js';
import type { FactorKernel } from '../factorKernel.js';
import { FactorMemory } from '../factorMemory.js';
import type { FactorPattern } from '../factorPattern.js';
import { FACTOR_WASM } from './factorWasm.js';

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
  const exports = wasmInstance<Exports>(FACTOR_WASM, { math: { log: Math.log } });
  return exports && new SimdKernel(exports, pattern, means);
}

class SimdKernel implements FactorKernel {
  readonly memory: FactorMemory;

  constructor(private readonly exports: Exports, pattern: FactorPattern, means: boolean) {
    this.memory = new FactorMemory(pattern, means, (bytes) => roomBehind(exports, bytes));
  }

  value(): boolean {
    return this.exports.value(this.memory.address) !== 0;
  }

  derive(): void {
    this.exports.derive(this.memory.address);
  }
}
