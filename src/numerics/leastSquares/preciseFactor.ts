import { add, dd, divide, multiply, squareRoot, subtract, toNumber, ZERO, type DoubleDouble } from '../exact/doubleDouble.js';

/** A symmetric matrix of double-doubles, row-major. */
export interface PreciseMatrix {
  readonly size: number;
  readonly hi: Float64Array;
  readonly lo: Float64Array;
}

export function preciseMatrix(size: number): PreciseMatrix {
  return { size, hi: new Float64Array(size * size), lo: new Float64Array(size * size) };
}

function at(matrix: PreciseMatrix, i: number, j: number): DoubleDouble {
  return dd(matrix.hi[i * matrix.size + j], matrix.lo[i * matrix.size + j]);
}

function put(matrix: PreciseMatrix, i: number, j: number, value: DoubleDouble): void {
  matrix.hi[i * matrix.size + j] = value.hi;
  matrix.lo[i * matrix.size + j] = value.lo;
}

/** The Cholesky factor of a cross-product matrix, taken in order, dependent columns set aside. */
export interface SequentialFactor {
  /** Rows and columns of `kept` (in that order) only. */
  readonly lower: PreciseMatrix;
  readonly kept: readonly number[];
  readonly aliased: readonly number[];
  /** Per column: what the columns before it leave, as a share of its own sum of squares. */
  readonly remainder: Float64Array;
}

/**
 * L Lᵀ = G for the columns that add something to those before them. A column
 * whose remainder is at most `tolerance` is aliased.
 */
export function sequentialCholesky(gram: PreciseMatrix, columns: readonly number[], tolerance: number): SequentialFactor {
  const kept: number[] = [];
  const aliased: number[] = [];
  const rows: DoubleDouble[][] = [];
  const remainder = new Float64Array(columns.length);
  columns.forEach((column, index) => {
    const row: DoubleDouble[] = [];
    let rest = at(gram, column, column);
    for (let k = 0; k < kept.length; k++) {
      let sum = at(gram, column, kept[k]);
      for (let c = 0; c < k; c++) sum = subtract(sum, multiply(row[c], rows[k][c]));
      const entry = divide(sum, rows[k][k]);
      row.push(entry);
      rest = subtract(rest, multiply(entry, entry));
    }
    const total = gram.hi[column * gram.size + column];
    remainder[index] = total > 0 ? toNumber(rest) / total : 0;
    if (!(remainder[index] > tolerance)) {
      aliased.push(column);
      return;
    }
    row.push(squareRoot(rest));
    kept.push(column);
    rows.push(row);
  });
  const lower = preciseMatrix(kept.length);
  rows.forEach((row, i) => row.forEach((value, j) => put(lower, i, j, value)));
  return { lower, kept, aliased, remainder };
}

/** z = L⁻¹ b for the leading `k` rows. */
export function forwardSolve(lower: PreciseMatrix, b: readonly DoubleDouble[], k: number): DoubleDouble[] {
  const z: DoubleDouble[] = [];
  for (let i = 0; i < k; i++) {
    let sum = b[i];
    for (let c = 0; c < i; c++) sum = subtract(sum, multiply(at(lower, i, c), z[c]));
    z.push(divide(sum, at(lower, i, i)));
  }
  return z;
}

/** x = L⁻ᵀ z for the leading `k` rows. */
export function backwardSolve(lower: PreciseMatrix, z: readonly DoubleDouble[], k: number): DoubleDouble[] {
  const x: DoubleDouble[] = new Array<DoubleDouble>(k).fill(ZERO);
  for (let i = k - 1; i >= 0; i--) {
    let sum = z[i];
    for (let c = i + 1; c < k; c++) sum = subtract(sum, multiply(at(lower, c, i), x[c]));
    x[i] = divide(sum, at(lower, i, i));
  }
  return x;
}

/** (L Lᵀ)⁻¹ of the leading k × k part. */
export function preciseInverse(lower: PreciseMatrix, k: number): PreciseMatrix {
  // rows of L⁻¹, then L⁻ᵀ L⁻¹
  const inverse: DoubleDouble[][] = [];
  for (let i = 0; i < k; i++) {
    const row: DoubleDouble[] = [];
    const pivot = at(lower, i, i);
    for (let j = 0; j < i; j++) {
      let sum = ZERO;
      for (let c = j; c < i; c++) sum = subtract(sum, multiply(at(lower, i, c), inverse[c][j]));
      row.push(divide(sum, pivot));
    }
    row.push(divide(dd(1), pivot));
    inverse.push(row);
  }
  const result = preciseMatrix(k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = ZERO;
      for (let c = i; c < k; c++) sum = add(sum, multiply(inverse[c][i], inverse[c][j]));
      put(result, i, j, sum);
      put(result, j, i, sum);
    }
  }
  return result;
}
