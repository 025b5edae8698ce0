import { eigenSymmetric } from '../../numerics/matrix/index.js';
import type { LeastSquares } from '../../numerics/leastSquares/index.js';
import type { BlockModel } from './blockModel.js';
import type { Design } from './design/designMatrix.js';
import type { CollinearityDimension } from './results.js';

/** Eigenvalues below this are rounding of zero. */
const SMALLEST_EIGENVALUE = 1e-15;

/**
 * Condition indices √(λ₁/λₖ) and variance proportions of the model matrix,
 * constant included, columns scaled to length 1 and not centred.
 *
 * @see Belsley, Kuh & Welsch (1980), Regression Diagnostics, 3.2
 */
export function collinearityDimensions(design: Design, squares: LeastSquares, model: BlockModel): readonly CollinearityDimension[] {
  const shift = design.intercept ? 1 : 0;
  const { kept } = model.solution;
  const q = kept.length + shift;
  if (q === 0) return [];
  const size = squares.problem.columns.length + 1;
  const total = design.weights ? design.weights.reduce((sum, w) => sum + w, 0) : design.rows.count;
  const mean = (a: number): number => (a < shift ? 1 : squares.centres[kept[a - shift]]);
  const products = new Float64Array(q * q);
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      const centred = a < shift || b < shift ? 0 : squares.crossProducts[kept[a - shift] * size + kept[b - shift]];
      products[a * q + b] = centred + (shift ? total * mean(a) * mean(b) : 0);
    }
  }
  const lengths = Float64Array.from({ length: q }, (_, a) => Math.sqrt(products[a * q + a]));
  for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) products[a * q + b] = a === b ? 1 : products[a * q + b] / (lengths[a] * lengths[b]);
  const { values, vectors } = eigenSymmetric(products, q);
  const shares = new Float64Array(q * q);
  for (let a = 0; a < q; a++) {
    let sum = 0;
    for (let k = 0; k < q; k++) sum += shares[a * q + k] = vectors[a * q + k] ** 2 / Math.max(values[k], SMALLEST_EIGENVALUE);
    for (let k = 0; k < q; k++) shares[a * q + k] /= sum;
  }
  return Array.from(values, (eigenvalue, k) => ({
    eigenvalue: Math.max(0, eigenvalue),
    conditionIndex: eigenvalue > SMALLEST_EIGENVALUE ? Math.sqrt(values[0] / eigenvalue) : null,
    proportions: Array.from({ length: q }, (_, a) => shares[a * q + k])
  }));
}
