import { axpy } from '../../../numerics/dense/dot.js';
import { BETA, type GroupStructure } from '../structure/modelStructure.js';

/**
 * The paths of Β in an order in which causes come before their effects, so that
 * products with A = (I − Β)⁻¹ are sums over the paths: row i of AX is row i of X
 * plus Β_ij times row j of AX for each path j → i. No inverse is formed, and the
 * cost is the number of paths times the columns of X.
 */
export class LatentPaths {
  /** Index of each path's coefficient in Β (m × m), effects in order. */
  readonly cell: Int32Array;
  readonly to: Int32Array;
  readonly from: Int32Array;

  private constructor(m: number, paths: readonly (readonly [number, number])[]) {
    this.to = Int32Array.from(paths, ([to]) => to);
    this.from = Int32Array.from(paths, ([, from]) => from);
    this.cell = Int32Array.from(paths, ([to, from]) => to * m + from);
  }

  /** Null where variables cause each other in a circle. */
  static of({ m, cells }: GroupStructure): LatentPaths | null {
    const causes: Set<number>[] = Array.from({ length: m }, () => new Set());
    for (const { matrix, row, column } of cells) if (matrix === BETA) causes[row].add(column);
    const paths: [number, number][] = [];
    const done = new Set<number>();
    while (done.size < m) {
      const before = done.size;
      for (let i = 0; i < m; i++) {
        if (done.has(i) || [...causes[i]].some((j) => !done.has(j))) continue;
        for (const j of causes[i]) paths.push([i, j]);
        done.add(i);
      }
      if (done.size === before) return null;
    }
    return new LatentPaths(m, paths);
  }

  /** X ← AX in place. @param x m × `width` with rows `stride` apart */
  carry(beta: Float64Array, x: Float64Array, stride: number, width: number): void {
    const { to, from, cell } = this;
    for (let k = 0; k < to.length; k++) axpy(x, to[k] * stride, beta[cell[k]], x, from[k] * stride, width);
  }

  /** X ← AᵀX in place. */
  carryBack(beta: Float64Array, x: Float64Array, stride: number, width: number): void {
    const { to, from, cell } = this;
    for (let k = to.length - 1; k >= 0; k--) axpy(x, from[k] * stride, beta[cell[k]], x, to[k] * stride, width);
  }
}
