import { ALPHA, BETA, LAMBDA, NU, PSI, THETA, type GroupStructure } from '../structure/modelStructure.js';

/**
 * First derivatives of one group's moments in closed form. Each parameter
 * moves Σ by a symmetric matrix of rank two, and μ by a multiple of one of
 * its vectors:
 *
 *   ∂Σ/∂θ = w (a bᵀ + b aᵀ),   ∂μ/∂θ = c a,
 *
 * | cell | a   | b       | w            | c   |
 * | Λ_ij | e_i | (ΛΦ)_j  | 1            | κ_j |
 * | Β_ij | Γ_i | (ΛΦ)_j  | 1            | κ_j |
 * | Θ_ij | e_i | e_j     | 1 (½ if i=j) | 0   |
 * | Ψ_ij | Γ_i | Γ_j     | 1 (½ if i=j) | 0   |
 * | ν_i  | e_i | –       | 0            | 1   |
 * | α_i  | Γ_i | –       | 0            | 1   |
 *
 * So every gradient, information matrix and Hessian is made of inner products
 * of p + 2m vectors: e_i has index i, Γ_j index p + j, (ΛΦ)_j index p + m + j.
 */
export interface Derivatives {
  readonly count: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly w: Float64Array;
  /** Index of κ that is c, −1 for c = 0, −2 for c = 1. */
  readonly mean: Int32Array;
  readonly matrix: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** Index among the parameters that are differentiated. */
  readonly position: Int32Array;
}

export const NO_MEAN = -1;
export const UNIT_MEAN = -2;

/** @param position per table row: index of its parameter, or negative when it is not differentiated. */
export function derivatives(structure: GroupStructure, position: Int32Array): Derivatives {
  const { p, m, cells } = structure;
  let count = 0;
  for (const { parameter } of cells) if (position[parameter] >= 0) count++;
  // one stretch of memory: a fit makes many of these, and small arrays cost more than they hold
  const words = new Int32Array(7 * count);
  const part = (index: number): Int32Array => words.subarray(index * count, (index + 1) * count);
  const [a, b, mean, matrices, rows, columns, positions] = [part(0), part(1), part(2), part(3), part(4), part(5), part(6)];
  const w = new Float64Array(count);
  let k = 0;
  for (const { matrix, row, column, parameter } of cells) {
    if (position[parameter] < 0) continue;
    const intercept = matrix === NU || matrix === ALPHA;
    a[k] = matrix === LAMBDA || matrix === THETA || matrix === NU ? row : p + row;
    if (intercept) b[k] = a[k];
    else b[k] = matrix === LAMBDA || matrix === BETA ? p + m + column : matrix === PSI ? p + column : column;
    w[k] = intercept ? 0 : (matrix === THETA || matrix === PSI) && row === column ? 0.5 : 1;
    mean[k] = matrix === LAMBDA || matrix === BETA ? column : intercept ? UNIT_MEAN : NO_MEAN;
    matrices[k] = matrix;
    rows[k] = row;
    columns[k] = column;
    positions[k] = position[parameter];
    k++;
  }
  return { count, a, b, w, mean, matrix: matrices, row: rows, column: columns, position: positions };
}
