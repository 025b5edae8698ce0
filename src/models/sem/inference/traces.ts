/** tr(A B) of two symmetric n × n matrices: `a` full, of `b` the lower triangle. */
export function traceOfProduct(a: Float64Array, b: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += a[i * n + i] * b[i * n + i];
    for (let j = 0; j < i; j++) sum += 2 * a[i * n + j] * b[i * n + j];
  }
  return sum;
}

/** Share of the largest that the sum behind a variance can be, below which the variance is rounding. */
const ROUNDING = 1e-13;

/**
 * A B A for symmetric n × n matrices: `a` full, of `b` the lower triangle (positive
 * semidefinite). A variance that is nothing but rounding, which may come out on
 * either side of 0, is made negative: it is no variance.
 */
export function sandwich(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const half = new Float64Array(n * n);
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k];
      if (factor === 0) continue;
      for (let j = 0; j < n; j++) half[i * n + j] += factor * (k >= j ? b[k * n + j] : b[j * n + k]);
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += half[i * n + k] * a[j * n + k];
      out[i * n + j] = sum;
      out[j * n + i] = sum;
    }
    // |Σ a_ik b_kl a_il| ≤ (Σ |a_ik| √b_kk)²
    let most = 0;
    for (let k = 0; k < n; k++) most += Math.abs(a[i * n + k]) * Math.sqrt(Math.max(0, b[k * n + k]));
    const noise = ROUNDING * most * most;
    if (out[i * n + i] < noise && most > 0) out[i * n + i] = Math.min(out[i * n + i], -noise);
  }
  return out;
}
