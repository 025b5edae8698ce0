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
