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
  readonly matrix: Int8Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** Index among the parameters that are differentiated. */
  readonly position: Int32Array;
}

export const NO_MEAN = -1;
export const UNIT_MEAN = -2;

/** @param position per table row: index of its parameter, or negative when it is not differentiated. */
export function derivatives(structure: GroupStructure, position: Int32Array): Derivatives {
  const cells = structure.cells.filter((cell) => position[cell.parameter] >= 0);
  const { p, m } = structure;
  const first = (matrix: number, row: number): number => (matrix === LAMBDA || matrix === THETA || matrix === NU ? row : p + row);
  const second = (matrix: number, column: number): number => {
    if (matrix === LAMBDA || matrix === BETA) return p + m + column;
    return matrix === PSI ? p + column : column;
  };
  return {
    count: cells.length,
    a: Int32Array.from(cells, (cell) => first(cell.matrix, cell.row)),
    b: Int32Array.from(cells, (cell) => (cell.matrix === NU || cell.matrix === ALPHA ? first(cell.matrix, cell.row) : second(cell.matrix, cell.column))),
    w: Float64Array.from(cells, (cell) => {
      if (cell.matrix === NU || cell.matrix === ALPHA) return 0;
      return (cell.matrix === THETA || cell.matrix === PSI) && cell.row === cell.column ? 0.5 : 1;
    }),
    mean: Int32Array.from(cells, (cell) => {
      if (cell.matrix === LAMBDA || cell.matrix === BETA) return cell.column;
      return cell.matrix === NU || cell.matrix === ALPHA ? UNIT_MEAN : NO_MEAN;
    }),
    matrix: Int8Array.from(cells, (cell) => cell.matrix),
    row: Int32Array.from(cells, (cell) => cell.row),
    column: Int32Array.from(cells, (cell) => cell.column),
    position: Int32Array.from(cells, (cell) => position[cell.parameter])
  };
}
