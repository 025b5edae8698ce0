/** A = LLᵀ of the rank of A, by columns of L; rows in `order` make it lower triangular. */
export interface PivotedRoot {
  readonly columns: readonly Float64Array[];
  readonly order: readonly number[];
}

/** Pivots below this share of the largest are zero. */
const ZERO = 1e-10;

/**
 * Cholesky factor with complete pivoting of a positive semidefinite matrix, as
 * many columns as it has rank.
 * @see Higham (2002), Accuracy and Stability of Numerical Algorithms, 10.3
 */
export function pivotedRoot(matrix: Float64Array, n: number): PivotedRoot {
  const rest = matrix.slice();
  const scale = Float64Array.from({ length: n }, (_, i) => matrix[i * (n + 1)]);
  const order: number[] = [];
  const columns: Float64Array[] = [];
  while (order.length < n) {
    let best = -1;
    // each variable in its own unit
    for (let i = 0; i < n; i++) if (!order.includes(i) && scale[i] > 0 && (best < 0 || rest[i * (n + 1)] / scale[i] > rest[best * (n + 1)] / scale[best])) best = i;
    if (best < 0 || !(rest[best * (n + 1)] > ZERO * scale[best])) break;
    const root = Math.sqrt(rest[best * (n + 1)]);
    const column = Float64Array.from({ length: n }, (_, i) => (order.includes(i) ? 0 : rest[i * n + best] / root));
    order.push(best);
    columns.push(column);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rest[i * n + j] -= column[i] * column[j];
  }
  for (let i = 0; i < n; i++) if (!order.includes(i)) order.push(i);
  return { columns, order };
}
