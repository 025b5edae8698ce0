import { dot, dotFour, dotNine } from './dot.js';

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

/** out = scale · A Aᵀ (m × m, symmetric) for an m × n row-major matrix. */
export function crossProducts(a: Float64Array, m: number, n: number, scale: number, out: Float64Array): void {
  const nine = new Float64Array(9);
  const whole = m - (m % 3);
  for (let i = 0; i < whole; i += 3) {
    for (let j = 0; j <= i; j += 3) {
      dotNine(a, i * n, n, a, j * n, n, n, nine);
      for (let r = 0; r < 3; r++) {
        for (let c = 0; c < 3; c++) {
          const value = nine[3 * r + c] * scale;
          out[(i + r) * m + j + c] = value;
          out[(j + c) * m + i + r] = value;
        }
      }
    }
  }
  for (let i = whole; i < m; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(a, i * n, a, j * n, n) * scale;
      out[i * m + j] = value;
      out[j * m + i] = value;
    }
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
