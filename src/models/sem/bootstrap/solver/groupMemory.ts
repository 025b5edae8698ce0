import { plannedArrays } from '../../../../numerics/simd/plannedArrays.js';
import type { Room } from '../../../../numerics/simd/wasmInstance.js';
import { FactorCells } from '../../discrepancy/factor/factorCells.js';
import { FactorMemory } from '../../discrepancy/factor/factorMemory.js';
import { factorPattern } from '../../discrepancy/factor/factorPattern.js';
import { SMALLEST_RESIDUAL } from '../../discrepancy/factor/plainKernel.js';
import type { GroupSample } from '../../discrepancy/normalTheory.js';
import type { Derivatives } from '../../implied/derivatives.js';
import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import { BETA, LAMBDA, NU, PSI, THETA } from '../../structure/modelStructure.js';

/**
 * What solver.c reads and writes of one group: the model matrices in the places
 * where the kernel in factor form wants them, and where each parameter goes. The
 * words in front are `Group` of group.h.
 */
export class GroupMemory {
  readonly address: number;
  private readonly factor: FactorMemory;
  private readonly numbers: Float64Array;
  private readonly mean: Float64Array;

  /** @param implied its matrices hold the values that stay fixed. */
  constructor(implied: ImpliedMoments, cells: Derivatives, means: boolean, weight: number, allocate: (bytes: number) => Room) {
    const { structure, paths } = implied;
    const { p, m, regressions, loadingStart, loadingColumn } = structure;
    const pattern = factorPattern(structure);
    const places = new FactorCells(structure, pattern, cells);
    const factor = new FactorMemory(pattern, means, allocate);
    this.factor = factor;
    const { ps, ks } = factor;
    const loadingEntry: number[] = [];
    for (let i = 0; i < p; i++) for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) loadingEntry.push(places.loading(i, loadingColumn[e]));
    const own = Int32Array.from({ length: p }, (_, i) => places.residual(i, i));
    const addresses = new Int32Array(cells.count);
    const planned = plannedArrays(
      {
        sizes: [m, cells.count, paths?.to.length ?? 0, regressions ? 1 : 0, factor.address],
        doubles: [3, p, p, m, m, m * m, m * m, m * m, m * m, m * m, m * m, m, ks * ks, m, p, cells.count, p * ps],
        indices: [paths?.cell ?? [], paths?.to ?? [], paths?.from ?? [], pattern.measured, pattern.indexOf, loadingStart, loadingColumn, loadingEntry, addresses, addresses, cells.matrix, cells.row, cells.column, cells.position, places.place, own]
      },
      allocate
    );
    this.address = planned.address;
    const [numbers, mean, nu, alpha, , psi, beta, , , , , , , , , w] = planned.doubles;
    const [, , , , , , , , toNumber, toMirror] = planned.indices;
    this.numbers = numbers;
    this.mean = mean;
    numbers[0] = weight;
    w.set(cells.w);
    places.fill(implied, factor);
    nu.set(implied.nu);
    alpha.set(implied.alpha);
    psi.set(implied.psi);
    beta.set(implied.beta);
    const { matrix, row, column } = cells;
    const mirrored = places.mirrored();
    // where the number of a cell lies, as an address; across the diagonal of a symmetric matrix it stands again
    const address = (array: Float64Array, at: number): number => array.byteOffset + at * Float64Array.BYTES_PER_ELEMENT;
    const addressOf = (c: number, at: number, i: number, j: number): number => {
      switch (matrix[c]) {
        case LAMBDA:
          return address(factor.lambda, at);
        case THETA:
          return address(factor.theta, at);
        case PSI:
          return address(psi, i * m + j);
        case BETA:
          return address(beta, row[c] * m + column[c]);
        case NU:
          return address(nu, row[c]);
        default:
          return address(alpha, row[c]);
      }
    };
    for (let c = 0; c < cells.count; c++) {
      toNumber[c] = addressOf(c, places.place[c], row[c], column[c]);
      toMirror[c] = addressOf(c, mirrored[c], column[c], row[c]);
    }
  }

  /** F at the point evaluated last. */
  get value(): number {
    return this.numbers[2];
  }

  readSample({ mean, covariance }: GroupSample): void {
    const { p, ps, covariance: to, limit } = this.factor;
    this.mean.set(mean);
    for (let i = 0, from = 0, at = 0; i < p; i++, from += p, at += ps) {
      for (let j = 0; j < p; j++) to[at + j] = covariance[from + j];
      limit[i] = SMALLEST_RESIDUAL * covariance[from + i];
    }
  }
}
