import type { Derivatives } from '../../implied/derivatives.js';
import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import { LAMBDA, THETA, type GroupStructure } from '../../structure/modelStructure.js';
import type { FactorMemory } from './factorMemory.js';
import type { FactorPattern } from './factorPattern.js';

/** Where the cells of Λ, Θ and Φ lie in the memory of an evaluation. */
export class FactorCells {
  /** Per derivative: place of a loading among the entries of W, of a residual (co)variance in the blocks of Θ, else −1. */
  readonly place: Int32Array;
  /** Place in Λ (p × m) of each entry of W, in Θ (p × p) of each number of a block. */
  private readonly lambdaFrom: Int32Array;
  private readonly thetaFrom: Int32Array;
  private readonly measured: Int32Array;
  private readonly blockOf: Int32Array;
  private readonly within: Int32Array;

  constructor({ p, m }: GroupStructure, private readonly pattern: FactorPattern, private readonly cells: Derivatives) {
    const { blocks, rowStart, column, measured } = pattern;
    this.blockOf = new Int32Array(p);
    this.within = new Int32Array(p);
    blocks.forEach((rows, block) => rows.forEach((row, at) => {
      this.blockOf[row] = block;
      this.within[row] = at;
    }));
    this.measured = measured;
    this.lambdaFrom = new Int32Array(column.length);
    for (let i = 0; i < p; i++) for (let e = rowStart[i]; e < rowStart[i + 1]; e++) this.lambdaFrom[e] = i * m + measured[column[e]];
    this.thetaFrom = Int32Array.from(blocks.flatMap((rows) => [...rows].flatMap((i) => [...rows].map((j) => i * p + j))));
    this.place = Int32Array.from({ length: cells.count }, (_, cell) => {
      const i = cells.row[cell];
      const j = cells.column[cell];
      if (cells.matrix[cell] === THETA) return this.residual(i, j);
      return cells.matrix[cell] === LAMBDA ? this.loading(i, j) : -1;
    });
  }

  /** `place`, for residual covariances that across the diagonal. */
  mirrored(): Int32Array {
    const { matrix, row, column } = this.cells;
    return this.place.map((place, cell) => (matrix[cell] === THETA ? this.residual(column[cell], row[cell]) : place));
  }

  /** Place of (Θ)_ij in the blocks of Θ, of two rows of one block. */
  residual(i: number, j: number): number {
    const { blocks, blockAt } = this.pattern;
    const block = this.blockOf[i];
    return blockAt[block] + this.within[i] * blocks[block].length + this.within[j];
  }

  /** Place of the loading of row i on a latent variable among the entries of W. */
  loading(i: number, latent: number): number {
    const { rowStart, column, indexOf } = this.pattern;
    return column.subarray(0, rowStart[i + 1]).indexOf(indexOf[latent], rowStart[i]);
  }

  /** Copies Λ, Θ and Φ as they are now. */
  fill({ lambda, theta, phi, structure }: ImpliedMoments, memory: FactorMemory): void {
    const { lambdaFrom, thetaFrom, measured } = this;
    const { ks, lambda: toLambda, theta: toTheta, phi: toPhi } = memory;
    const { m } = structure;
    for (let e = 0; e < lambdaFrom.length; e++) toLambda[e] = lambda[lambdaFrom[e]];
    for (let at = 0; at < thetaFrom.length; at++) toTheta[at] = theta[thetaFrom[at]];
    const k = measured.length;
    for (let x = 0; x < k; x++) {
      const to = x * ks;
      const from = measured[x] * m;
      if (k === m) for (let y = 0; y < k; y++) toPhi[to + y] = phi[from + y];
      else for (let y = 0; y < k; y++) toPhi[to + y] = phi[from + measured[y]];
    }
  }
}
