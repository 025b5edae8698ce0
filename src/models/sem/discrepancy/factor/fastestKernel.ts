import type { FactorKernel } from './factorKernel.js';
import type { FactorPattern } from './factorPattern.js';
import { PlainKernel } from './plainKernel.js';
import { simdKernel } from './simd/simdKernel.js';

/** The kernel for thousands of evaluations: WebAssembly where it can be had, else the same bits without. */
export function fastestKernel(pattern: FactorPattern, means: boolean): FactorKernel {
  return simdKernel(pattern, means) ?? new PlainKernel(pattern, means);
}
