/**
 * Inverse of a general square matrix by Gauss-Jordan elimination with partial
 * pivoting.
 *
 * @param a n × n, row-major; destroyed.
 * @param out n × n, receives A⁻¹.
 * @returns false when A is singular to working precision.
 */
export function invertGeneral(a: Float64Array, n: number, out: Float64Array): boolean {
  out.fill(0, 0, n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let i = column + 1; i < n; i++) if (Math.abs(a[i * n + column]) > Math.abs(a[best * n + column])) best = i;
    const pivot = a[best * n + column];
    if (!(Math.abs(pivot) > 1e-300) || !Number.isFinite(pivot)) return false;
    if (best !== column) {
      for (let j = 0; j < n; j++) {
        const x = a[column * n + j];
        a[column * n + j] = a[best * n + j];
        a[best * n + j] = x;
        const y = out[column * n + j];
        out[column * n + j] = out[best * n + j];
        out[best * n + j] = y;
      }
    }
    const scale = 1 / pivot;
    for (let j = 0; j < n; j++) {
      a[column * n + j] *= scale;
      out[column * n + j] *= scale;
    }
    for (let i = 0; i < n; i++) {
      const factor = a[i * n + column];
      if (i === column || factor === 0) continue;
      for (let j = 0; j < n; j++) {
        a[i * n + j] -= factor * a[column * n + j];
        out[i * n + j] -= factor * out[column * n + j];
      }
    }
  }
  return true;
}
