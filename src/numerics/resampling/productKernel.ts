import { roomBehind, wasmInstance } from '../simd/wasmInstance.js';
import { RESAMPLING_WASM } from './resamplingWasm.js';

/** Columns that are multiplied together, 3 × 3 products at a time. */
export const BLOCK = 3;

/** Adds up products of columns of a buffer; see resampling.c. */
export interface ProductKernel {
  readonly buffer: ArrayBuffer;
  /** Where the bytes begin. */
  readonly base: number;
  /** Nine sums of products of the columns at the byte addresses a and b, over `bytes` of each, to the doubles at `out`. */
  doubles(a: number, b: number, bytes: number, stride: number, out: number): void;
  /** y = x w over `bytes` at three addresses. */
  weighDoubles(x: number, w: number, y: number, bytes: number): void;
}

interface Exports extends Pick<ProductKernel, 'doubles' | 'weighDoubles'> {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
}

/** The kernel over `bytes` of memory: WebAssembly with SIMD instructions, or where that is missing the same sums to the bit. */
export function productKernel(bytes: number): ProductKernel {
  const exports = wasmInstance<Exports>(RESAMPLING_WASM);
  if (!exports) return plainKernel(bytes);
  const { doubles, weighDoubles } = exports;
  return { ...roomBehind(exports, bytes), doubles, weighDoubles };
}

/** The kernel without WebAssembly. */
export function plainKernel(bytes: number): ProductKernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const numbers = new Float64Array(buffer);
  return {
    buffer,
    base: 0,
    doubles(a, b, length, stride, out) {
      for (let i = 0; i < BLOCK; i++) {
        for (let j = 0; j < BLOCK; j++) {
          const x = (a + i * stride) / 8;
          const y = (b + j * stride) / 8;
          let even = 0;
          let odd = 0;
          for (let k = 0; k < length / 8; k += 2) {
            even += numbers[x + k] * numbers[y + k];
            odd += numbers[x + k + 1] * numbers[y + k + 1];
          }
          numbers[out / 8 + i * BLOCK + j] = even + odd;
        }
      }
    },
    weighDoubles(x, w, y, length) {
      for (let k = 0; k < length / 8; k++) numbers[y / 8 + k] = numbers[x / 8 + k] * numbers[w / 8 + k];
    }
  };
}
