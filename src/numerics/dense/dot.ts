/**
 * Σ_k a[i + k] b[j + k], k < n. Four accumulators, because one chain of
 * additions waits for the latency of each.
 */
export function dot(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (const end = n - 3; k < end; k += 4) {
    s0 += a[i + k] * b[j + k];
    s1 += a[i + k + 1] * b[j + k + 1];
    s2 += a[i + k + 2] * b[j + k + 2];
    s3 += a[i + k + 3] * b[j + k + 3];
  }
  for (; k < n; k++) s0 += a[i + k] * b[j + k];
  return s0 + s1 + (s2 + s3);
}

/** a[i + k] += factor · b[j + k], k < n. */
export function axpy(a: Float64Array, i: number, factor: number, b: Float64Array, j: number, n: number): void {
  let k = 0;
  for (const end = n - 3; k < end; k += 4) {
    a[i + k] += factor * b[j + k];
    a[i + k + 1] += factor * b[j + k + 1];
    a[i + k + 2] += factor * b[j + k + 2];
    a[i + k + 3] += factor * b[j + k + 3];
  }
  for (; k < n; k++) a[i + k] += factor * b[j + k];
}

/**
 * Four products with one vector: out[r] = Σ_k a[i + k] b[j + r·stride + k],
 * k < n, r < 4. The shared vector is loaded once for four multiplications.
 */
export function dotFour(a: Float64Array, i: number, b: Float64Array, j: number, stride: number, n: number, out: Float64Array): void {
  const j1 = j + stride;
  const j2 = j1 + stride;
  const j3 = j2 + stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < n; k++) {
    const x = a[i + k];
    s0 += x * b[j + k];
    s1 += x * b[j1 + k];
    s2 += x * b[j2 + k];
    s3 += x * b[j3 + k];
  }
  out[0] = s0;
  out[1] = s1;
  out[2] = s2;
  out[3] = s3;
}

/**
 * Nine products of three vectors with three: out[3r + c] = Σ_k a[i + r·aStride + k] b[j + c·bStride + k],
 * k < n. Six loads serve nine multiplications.
 */
export function dotNine(a: Float64Array, i: number, aStride: number, b: Float64Array, j: number, bStride: number, n: number, out: Float64Array): void {
  const i1 = i + aStride;
  const i2 = i1 + aStride;
  const j1 = j + bStride;
  const j2 = j1 + bStride;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  for (let k = 0; k < n; k++) {
    const x0 = a[i + k];
    const x1 = a[i1 + k];
    const x2 = a[i2 + k];
    const y0 = b[j + k];
    const y1 = b[j1 + k];
    const y2 = b[j2 + k];
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
  }
  out[0] = s00;
  out[1] = s01;
  out[2] = s02;
  out[3] = s10;
  out[4] = s11;
  out[5] = s12;
  out[6] = s20;
  out[7] = s21;
  out[8] = s22;
}
