import type { LeastSquares, LeastSquaresSolution } from '../../numerics/leastSquares/index.js';
import type { Design } from './design/designMatrix.js';

/**
 * Rows of the model matrix in orthonormal coordinates: with X = Z R and
 * ZᵀWZ = I, the row xᵢ becomes zᵢ = R⁻ᵀxᵢ. Leverage and influence follow from
 * zᵢ with the error of the condition number, not of its square.
 */
export interface OrthogonalRows {
  readonly n: number;
  readonly parameters: number;
  /** Writes zᵢ (constant first) and returns |zᵢ|² = xᵢᵀ(XᵀWX)⁻¹xᵢ. */
  coordinates(i: number, z: Float64Array): number;
  /** Writes (XᵀWX)⁻¹xᵢ = R⁻¹zᵢ: how the estimates follow a change of yᵢ. */
  pull(z: Float64Array, into: Float64Array): void;
}

export function orthogonalRows(design: Design, squares: LeastSquares, solution: LeastSquaresSolution): OrthogonalRows {
  const shift = design.intercept ? 1 : 0;
  const columns = solution.kept.map((j) => design.columns[j].values.hi);
  const means = Float64Array.from(solution.kept, (j) => squares.centres[j]);
  const k = columns.length;
  const { factor } = solution;
  const constant = 1 / Math.sqrt(solution.weightTotal);
  return {
    n: design.rows.count,
    parameters: k + shift,
    coordinates(i, z) {
      let square = 0;
      if (shift) {
        z[0] = constant;
        square = constant * constant;
      }
      for (let a = 0; a < k; a++) {
        let sum = columns[a][i] - means[a];
        for (let b = 0; b < a; b++) sum -= factor[a * k + b] * z[b + shift];
        const value = sum / factor[a * k + a];
        z[a + shift] = value;
        square += value * value;
      }
      return square;
    },
    pull(z, into) {
      let atMean = 0;
      for (let a = k - 1; a >= 0; a--) {
        let sum = z[a + shift];
        for (let b = a + 1; b < k; b++) sum -= factor[b * k + a] * into[b + shift];
        into[a + shift] = sum / factor[a * k + a];
        atMean += means[a] * into[a + shift];
      }
      if (shift) into[0] = constant * z[0] - atMean;
    }
  };
}
