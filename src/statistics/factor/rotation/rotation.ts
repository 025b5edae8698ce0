/** A rotated solution. For orthogonal rotations the pattern is also the structure. */
export interface Rotation {
  /** p × m, row-major: regression weights of the variables on the factors. */
  readonly pattern: Float64Array;
  /** m × m correlations of the factors; null for orthogonal rotations. */
  readonly factorCorrelations: Float64Array | null;
  readonly converged: boolean;
  readonly iterations: number;
}

/** Kaiser's normalization: rows of unit length while rotating. Rows without loadings are left alone. */
export function kaiserWeights(loadings: Float64Array, p: number, m: number): Float64Array {
  const weights = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    let sum = 0;
    for (let k = 0; k < m; k++) sum += loadings[i * m + k] ** 2;
    weights[i] = sum > 0 ? Math.sqrt(sum) : 1;
  }
  return weights;
}

/** Rows multiplied by `weight` of their index. */
export function scaleRows(loadings: Float64Array, m: number, weight: (row: number) => number): Float64Array {
  return loadings.map((value, at) => value * weight(Math.floor(at / m)));
}

/** A (p × m) times B (m × q), row-major. */
export function product(a: Float64Array, b: Float64Array, p: number, m: number, q: number): Float64Array {
  const out = new Float64Array(p * q);
  for (let i = 0; i < p; i++) for (let k = 0; k < m; k++) for (let j = 0; j < q; j++) out[i * q + j] += a[i * m + k] * b[k * q + j];
  return out;
}

/** Aᵀ B for A (p × m) and B (p × q). */
export function crossProduct(a: Float64Array, b: Float64Array, p: number, m: number, q: number): Float64Array {
  const out = new Float64Array(m * q);
  for (let i = 0; i < p; i++) for (let k = 0; k < m; k++) for (let j = 0; j < q; j++) out[k * q + j] += a[i * m + k] * b[i * q + j];
  return out;
}

export function identity(m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let k = 0; k < m; k++) out[k * m + k] = 1;
  return out;
}
