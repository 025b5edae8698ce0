/** Equalities h(x) = 0 and inequalities h(x) ≥ 0; the first `equalities` entries are equalities. */
export interface Constraints {
  readonly count: number;
  readonly equalities: number;
  /** True when every constraint is linear, so that its Hessian vanishes. */
  readonly linear: boolean;
  /** h(x) into `values` (count) and ∂h/∂x into `jacobian` (count × n). */
  evaluate(x: Float64Array, values: Float64Array, jacobian: Float64Array): void;
}

/**
 * Rows of a matrix that are linearly independent, in order (modified
 * Gram-Schmidt); the others are combinations of them.
 */
export function independentRows(matrix: Float64Array, rows: readonly number[], n: number, tolerance: number = 1e-9): number[] {
  const basis: Float64Array[] = [];
  const kept: number[] = [];
  for (const r of rows) {
    const vector = matrix.slice(r * n, (r + 1) * n);
    const before = norm(vector);
    for (const unit of basis) {
      let projection = 0;
      for (let k = 0; k < n; k++) projection += unit[k] * vector[k];
      for (let k = 0; k < n; k++) vector[k] -= projection * unit[k];
    }
    const after = norm(vector);
    if (!(after > tolerance * before) || before === 0) continue;
    for (let k = 0; k < n; k++) vector[k] /= after;
    basis.push(vector);
    kept.push(r);
  }
  return kept;
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
