import { EigenvalueDecomposition, Matrix as MlMatrix, SingularValueDecomposition } from 'ml-matrix';

/**
 * Factorizations for use at the edge of a computation, not inside fit loops.
 * Matrices are row-major Float64Arrays with their sizes given beside them.
 */
function wrap(values: Float64Array, rows: number, columns: number): MlMatrix {
  const matrix = new MlMatrix(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) matrix.set(i, j, values[i * columns + j]);
  return matrix;
}

function unwrap(matrix: MlMatrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}

export interface EigenDecomposition {
  /** Descending. */
  readonly values: Float64Array;
  /** n × n, row-major; column k belongs to values[k], unit length. */
  readonly vectors: Float64Array;
}

/** Eigenvalues and vectors of a symmetric n × n matrix, largest first. */
export function eigenSymmetric(values: Float64Array, n: number): EigenDecomposition {
  const decomposition = new EigenvalueDecomposition(wrap(values, n, n), { assumeSymmetric: true });
  const real = decomposition.realEigenvalues;
  const order = real.map((_, i) => i).sort((a, b) => real[b] - real[a]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => {
    for (let i = 0; i < n; i++) vectors[i * n + to] = decomposition.eigenvectorMatrix.get(i, from);
  });
  return { values: Float64Array.from(order, (i) => real[i]), vectors };
}

export interface SvdDecomposition {
  /** rows × k, row-major. */
  readonly left: Float64Array;
  /** k singular values, descending; k = min(rows, columns). */
  readonly values: Float64Array;
  /** columns × k, row-major. */
  readonly right: Float64Array;
}

/** Thin singular value decomposition A = U diag(s) Vᵀ. */
export function svd(values: Float64Array, rows: number, columns: number): SvdDecomposition {
  const k = Math.min(rows, columns);
  const decomposition = new SingularValueDecomposition(wrap(values, rows, columns), { autoTranspose: true });
  const cut = (matrix: MlMatrix): Float64Array => unwrap(matrix.subMatrix(0, matrix.rows - 1, 0, k - 1) as MlMatrix);
  return {
    left: cut(decomposition.leftSingularVectors as MlMatrix),
    values: Float64Array.from(decomposition.diagonal.slice(0, k)),
    right: cut(decomposition.rightSingularVectors as MlMatrix)
  };
}
