import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskyInverse, choleskySolve, eigenSymmetric, qrLeastSquares, svd } from '../../../src/numerics/matrix/index.js';
import { createRandom } from '../../../src/numerics/random.js';

const random = createRandom(2);
const draw = (n: number): Float64Array => Float64Array.from({ length: n }, () => random.normal());

/** A Aᵀ + I, row-major. */
function positive(n: number): Float64Array {
  const a = draw(n * n);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * a[j * n + k];
    return sum;
  });
}
const times = (matrix: Float64Array, x: Float64Array): Float64Array => x.map((_, i) => x.reduce((sum, v, j) => sum + matrix[i * x.length + j] * v, 0));

describe('Cholesky', () => {
  it('solves and inverts', () => {
    const n = 6;
    const matrix = positive(n);
    const x = draw(n);
    const factor = choleskyFactor(matrix, n);
    if (!factor.ok) throw new Error('positive definite');
    choleskySolve(factor.lower, n, times(matrix, x)).forEach((v, i) => expect(v).toBeCloseTo(x[i], 12));
    times(choleskyInverse(factor.lower, n), times(matrix, x)).forEach((v, i) => expect(v).toBeCloseTo(x[i], 12));
  });

  it('tells the row where an indefinite matrix fails', () => expect(choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)).toEqual({ ok: false, row: 1 }));
});

it('eigenvalues come largest first with unit vectors', () => {
  const n = 5;
  const matrix = positive(n);
  const { values, vectors } = eigenSymmetric(matrix, n);
  for (let k = 0; k < n; k++) {
    const v = Float64Array.from({ length: n }, (_, i) => vectors[i * n + k]);
    times(matrix, v).forEach((entry, i) => expect(entry).toBeCloseTo(values[k] * v[i], 11));
    if (k > 0) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  }
});

it.each([[7, 3], [3, 7]])('singular values and vectors rebuild a %i × %i matrix', (rows, columns) => {
  const matrix = draw(rows * columns);
  const { left, values, right } = svd(matrix, rows, columns);
  const k = Math.min(rows, columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += left[i * k + c] * values[c] * right[j * k + c];
      expect(sum).toBeCloseTo(matrix[i * columns + j], 12);
    }
  }
});

describe('QR least squares', () => {
  const n = 40;
  const a = draw(n);
  const b = draw(n);
  const y = a.map((v, i) => 2 * v - 3 * b[i] + 0.1 * Math.sin(i));

  it('residuals are orthogonal to every column', () => {
    const { residuals, rank } = qrLeastSquares(Float64Array.of(...a, ...b), y, n, 2);
    expect(rank).toBe(2);
    for (const column of [a, b]) expect(column.reduce((sum, v, i) => sum + v * residuals[i], 0)).toBeCloseTo(0, 12);
  });

  it('a dependent column is set aside', () => {
    const found = qrLeastSquares(Float64Array.of(...a, ...a.map((v) => -5 * v), ...b), y, n, 3);
    expect(found.aliased).toEqual([1]);
    expect(found.coefficients[1]).toBe(0);
    expect(found.coefficients[2]).toBeCloseTo(-3, 1);
  });
});
