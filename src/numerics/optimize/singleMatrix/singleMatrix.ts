import { MULTIPLY_WASM } from './multiplyWasm.js';

const PAGE_BYTES = 65536;
const LANES = 4;

type Multiply = (a: number, x: number, y: number, rows: number, stride: number) => void;

/**
 * A symmetric positive definite matrix in single precision, to be multiplied
 * thousands of times: where an approximate inverse steers a minimization, seven
 * digits are plenty and half the memory is read. Scaled by its diagonal, so that
 * no unit of measurement overflows.
 */
export class SingleMatrix {
  private readonly x: Float32Array;
  private readonly y: Float32Array;
  private readonly scale: Float64Array;
  private readonly rows: number;

  /** @param matrix n × n, row-major; @param plain without WebAssembly, same bits. */
  constructor(matrix: Float64Array, private readonly n: number, plain: boolean = false) {
    const rows = Math.ceil(n / LANES) * LANES;
    this.rows = rows;
    const { buffer, multiply } = kernel(4 * (rows * rows + 2 * rows), plain);
    const a = new Float32Array(buffer, 0, rows * rows);
    this.x = new Float32Array(buffer, 4 * rows * rows, rows);
    this.y = new Float32Array(buffer, 4 * (rows * rows + rows), rows);
    this.scale = Float64Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i]));
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * rows + j] = matrix[i * n + j] / (this.scale[i] * this.scale[j]);
    this.run = multiply;
  }

  private readonly run: Multiply;

  /** out = s A s v, for a diagonal s. */
  multiplyScaled(s: Float64Array, v: Float64Array, out: Float64Array): void {
    const { n, rows, x, y, scale } = this;
    // single precision spans 10^±38: the vector is brought to length about 1
    let largest = 0;
    for (let i = 0; i < n; i++) {
      out[i] = v[i] * s[i] * scale[i];
      const size = Math.abs(out[i]);
      if (size > largest) largest = size;
    }
    if (!(largest > 0)) {
      out.fill(0, 0, n);
      return;
    }
    const unit = 1 / largest;
    for (let i = 0; i < n; i++) x[i] = out[i] * unit;
    this.run(0, 4 * rows * rows, 4 * (rows * rows + rows), rows, 4 * rows);
    for (let i = 0; i < n; i++) out[i] = y[i] * largest * s[i] * scale[i];
  }
}

function kernel(bytes: number, plain: boolean): { readonly buffer: ArrayBuffer; readonly multiply: Multiply } {
  if (plain) return plainKernel(bytes);
  try {
    const module = new WebAssembly.Module(Uint8Array.from(atob(MULTIPLY_WASM), (character) => character.charCodeAt(0)));
    const { memory, multiply } = new WebAssembly.Instance(module).exports as unknown as { readonly memory: WebAssembly.Memory; readonly multiply: Multiply };
    memory.grow(Math.max(0, Math.ceil(bytes / PAGE_BYTES) - 1));
    return { buffer: memory.buffer, multiply };
  } catch {
    return plainKernel(bytes);
  }
}

/** The same sums to the bit without WebAssembly. */
function plainKernel(bytes: number): { readonly buffer: ArrayBuffer; readonly multiply: Multiply } {
  const buffer = new ArrayBuffer(bytes);
  const all = new Float32Array(buffer);
  const lanes = new Float32Array(LANES);
  const multiply: Multiply = (a, x, y, rows, stride) => {
    for (let i = 0; i < rows; i++) {
      lanes.fill(0);
      for (let j = 0; j < stride / 4; j++) lanes[j % LANES] += Math.fround(all[(a + i * stride) / 4 + j] * all[x / 4 + j]);
      all[y / 4 + i] = Math.fround(lanes[0] + lanes[1]) + Math.fround(lanes[2] + lanes[3]);
    }
  };
  return { buffer, multiply };
}
