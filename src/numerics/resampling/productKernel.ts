import { growTo, wasmInstance } from '../simd/wasmInstance.js';
import { PRODUCTS_WASM } from './productsWasm.js';

/** Columns that are multiplied together, 3 × 3 products at a time. */
export const BLOCK = 3;

/** Adds up products of columns of a buffer; see products.wat. */
export interface ProductKernel {
  readonly buffer: ArrayBuffer;
  /** Nine sums of products of the columns at the byte addresses a and b, over `bytes` of each, to the doubles at `out`. */
  integers(a: number, b: number, bytes: number, stride: number, out: number): void;
  doubles(a: number, b: number, bytes: number, stride: number, out: number): void;
  /** y = x w over `bytes` at three addresses. */
  weighIntegers(x: number, w: number, y: number, bytes: number): void;
  weighDoubles(x: number, w: number, y: number, bytes: number): void;
}

/** The kernel over `bytes` of memory: WebAssembly with SIMD instructions, or where that is missing the same sums to the bit. */
export function productKernel(bytes: number): ProductKernel {
  const exports = wasmInstance<Omit<ProductKernel, 'buffer'> & { readonly memory: WebAssembly.Memory }>(PRODUCTS_WASM);
  if (!exports || !growTo(exports.memory, bytes)) return plainKernel(bytes);
  const { memory, integers, doubles, weighIntegers, weighDoubles } = exports;
  return { buffer: memory.buffer, integers, doubles, weighIntegers, weighDoubles };
}

/** The kernel without WebAssembly. */
export function plainKernel(bytes: number): ProductKernel {
  const buffer = new ArrayBuffer(Math.ceil(bytes / 8) * 8);
  const small = new Int16Array(buffer);
  const large = new Float64Array(buffer);
  return {
    buffer,
    integers(a, b, length, stride, out) {
      for (let i = 0; i < BLOCK; i++) {
        for (let j = 0; j < BLOCK; j++) {
          const x = (a + i * stride) / 2;
          const y = (b + j * stride) / 2;
          let sum = 0;
          for (let k = 0; k < length / 2; k++) sum += small[x + k] * small[y + k];
          large[out / 8 + i * BLOCK + j] = sum;
        }
      }
    },
    doubles(a, b, length, stride, out) {
      for (let i = 0; i < BLOCK; i++) {
        for (let j = 0; j < BLOCK; j++) {
          const x = (a + i * stride) / 8;
          const y = (b + j * stride) / 8;
          let even = 0;
          let odd = 0;
          for (let k = 0; k < length / 8; k += 2) {
            even += large[x + k] * large[y + k];
            odd += large[x + k + 1] * large[y + k + 1];
          }
          large[out / 8 + i * BLOCK + j] = even + odd;
        }
      }
    },
    weighIntegers(x, w, y, length) {
      for (let k = 0; k < length / 2; k++) small[y / 2 + k] = small[x / 2 + k] * small[w / 2 + k];
    },
    weighDoubles(x, w, y, length) {
      for (let k = 0; k < length / 8; k++) large[y / 8 + k] = large[x / 8 + k] * large[w / 8 + k];
    }
  };
}
