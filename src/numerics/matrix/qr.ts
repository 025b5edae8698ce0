export interface QrLeastSquares {
  /** Coefficients; 0 for aliased columns. */
  readonly coefficients: Float64Array;
  /** Columns that add nothing to those before them. */
  readonly aliased: readonly number[];
  readonly residuals: Float64Array;
  readonly rank: number;
}

/** A column whose remainder is below this share of its length is a combination of those before it (R's lm). */
const RANK_TOLERANCE = 1e-7;

/**
 * min ‖y − Xβ‖ by Householder reflections, columns scaled to unit length,
 * taken in order; dependent columns are set aside.
 *
 * @param x n × p, column-major
 * @see Golub & Van Loan (2013), Matrix Computations, 5.2
 */
export function qrLeastSquares(x: Float64Array, y: Float64Array, n: number, p: number): QrLeastSquares {
  const work = Float64Array.from(x);
  const scale = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    scale[j] = norm(work, j * n, n) || 1;
    for (let i = 0; i < n; i++) work[j * n + i] /= scale[j];
  }
  const rhs = Float64Array.from(y);
  const kept: number[] = [];
  const aliased: number[] = [];
  const diagonal: number[] = [];
  const factors: number[] = [];
  for (let j = 0; j < p; j++) {
    const k = kept.length;
    const start = j * n;
    const length = k < n ? norm(work, start + k, n - k) : 0;
    if (length < RANK_TOLERANCE) {
      aliased.push(j);
      continue;
    }
    const pivot = work[start + k] > 0 ? -length : length;
    work[start + k] -= pivot;
    const factor = -pivot * work[start + k]; // ‖v‖² / 2
    for (let c = j + 1; c < p; c++) reflect(work, start + k, work, c * n + k, n - k, factor);
    reflect(work, start + k, rhs, k, n - k, factor);
    kept.push(j);
    diagonal.push(pivot);
    factors.push(factor);
  }
  const coefficients = new Float64Array(p);
  for (let k = kept.length - 1; k >= 0; k--) {
    let sum = rhs[k];
    for (let c = k + 1; c < kept.length; c++) sum -= work[kept[c] * n + k] * coefficients[kept[c]];
    coefficients[kept[k]] = sum / diagonal[k];
  }
  for (let j = 0; j < p; j++) coefficients[j] /= scale[j];
  rhs.fill(0, 0, kept.length);
  for (let k = kept.length - 1; k >= 0; k--) reflect(work, kept[k] * n + k, rhs, k, n - k, factors[k]);
  return { coefficients, aliased, residuals: rhs, rank: kept.length };
}

function norm(values: Float64Array, start: number, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(values[start + i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (values[start + i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/** target −= v (vᵀ target) / factor. */
function reflect(v: Float64Array, vStart: number, target: Float64Array, start: number, count: number, factor: number): void {
  let dot = 0;
  for (let i = 0; i < count; i++) dot += v[vStart + i] * target[start + i];
  dot /= factor;
  for (let i = 0; i < count; i++) target[start + i] -= dot * v[vStart + i];
}
