import { dot, dotFour } from './dot.js';

/** out = A Bᵀ for n × n row-major matrices. `four` is scratch of length 4. */
export function multiplyTransposed(a: Float64Array, b: Float64Array, n: number, out: Float64Array, four: Float64Array): void {
  const blocks = n - (n % 4);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < blocks; j += 4) {
      dotFour(a, row, b, j * n, n, n, four);
      out[row + j] = four[0];
      out[row + j + 1] = four[1];
      out[row + j + 2] = four[2];
      out[row + j + 3] = four[3];
    }
    for (let j = blocks; j < n; j++) out[row + j] = dot(a, row, b, j * n, n);
  }
}

/** Lower triangle of A Bᵀ where the product is symmetric, mirrored; `scale`·product + `shift`·C. */
export function symmetricProduct(a: Float64Array, b: Float64Array, n: number, scale: number, shift: number, c: Float64Array, out: Float64Array, four: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const blocks = i + 1 - ((i + 1) % 4);
    for (let j = 0; j < blocks; j += 4) {
      dotFour(a, row, b, j * n, n, n, four);
      for (let r = 0; r < 4; r++) {
        const value = scale * four[r] + shift * c[row + j + r];
        out[row + j + r] = value;
        out[(j + r) * n + i] = value;
      }
    }
    for (let j = blocks; j <= i; j++) {
      const value = scale * dot(a, row, b, j * n, n) + shift * c[row + j];
      out[row + j] = value;
      out[j * n + i] = value;
    }
  }
}
