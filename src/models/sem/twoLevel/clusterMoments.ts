import type { Derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { GroupStructure } from '../structure/modelStructure.js';
import type { ClusteredGroup } from './clusteredGroup.js';

/**
 * A cluster's vector v_j as one model with the latent variables of both
 * levels: Λ = [Λ_W Λ_B] and block-diagonal A and Φ, rows by entry of v_j.
 * Its derivative vectors e, Γ, ΛΦ serve clusters of every size s, since
 *
 *   Var(v_j) = Σ_B + Σ_W / s,   E(v_j) = μ_B + μ_W,
 *
 * weighs those of level 1 by 1/s only.
 */
export class ClusterMoments {
  readonly moments: ImpliedMoments;

  constructor(private readonly within: ImpliedMoments, private readonly between: ImpliedMoments, private readonly group: ClusteredGroup) {
    this.moments = new ImpliedMoments(joined(within.structure, between.structure, group));
  }

  /** Reads the two levels' matrices at their current point. */
  refresh(): void {
    const { moments, within, between, group } = this;
    const { m } = moments.structure;
    this.copy(within, group.within, 0);
    this.copy(between, group.between, within.structure.m);
    moments.kappa.set(within.kappa, 0);
    moments.kappa.set(between.kappa, m - between.structure.m);
  }

  private copy(level: ImpliedMoments, entry: Int32Array, offset: number): void {
    const { moments } = this;
    const width = moments.structure.m;
    const { p, m } = level.structure;
    for (let i = 0; i < p; i++)
      for (let j = 0; j < m; j++) {
        const to = entry[i] * width + offset + j;
        moments.lambda[to] = level.lambda[i * m + j];
        moments.gamma[to] = level.gamma[i * m + j];
        moments.lambdaPhi[to] = level.lambdaPhi[i * m + j];
      }
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) {
        const to = (offset + i) * width + offset + j;
        moments.effects[to] = level.effects[i * m + j];
        moments.phi[to] = level.phi[i * m + j];
      }
  }

  /** The derivatives of both levels over the joined vectors; `w` of level 1 still to be divided by s. */
  derivatives(within: Derivatives, between: Derivatives): Derivatives {
    const q = this.group.names.length;
    const { m } = this.moments.structure;
    const shift = (d: Derivatives, level: GroupStructure, entry: Int32Array, offset: number): { a: number[]; b: number[]; mean: number[] } => {
      const at = (vector: number): number => (vector < level.p ? entry[vector] : vector < level.p + level.m ? q + offset + vector - level.p : q + m + offset + vector - level.p - level.m);
      return { a: Array.from(d.a, at), b: Array.from(d.b, at), mean: Array.from(d.mean, (index) => (index >= 0 ? index + offset : index)) };
    };
    const one = shift(within, this.within.structure, this.group.within, 0);
    const two = shift(between, this.between.structure, this.group.between, this.within.structure.m);
    return {
      count: within.count + between.count,
      a: Int32Array.from([...one.a, ...two.a]), b: Int32Array.from([...one.b, ...two.b]), mean: Int32Array.from([...one.mean, ...two.mean]),
      w: Float64Array.from([...within.w, ...between.w]), matrix: Int32Array.from([...within.matrix, ...between.matrix]),
      row: Int32Array.from([...within.row, ...between.row]), column: Int32Array.from([...within.column, ...between.column]),
      position: Int32Array.from([...within.position, ...between.position])
    };
  }
}

/** Dimensions and loading pattern of the joined model; it has no cells of its own. */
function joined(within: GroupStructure, between: GroupStructure, group: ClusteredGroup): GroupStructure {
  const q = group.names.length;
  const columns: number[][] = group.names.map(() => []);
  const add = (level: GroupStructure, entry: Int32Array, offset: number): void => {
    for (let i = 0; i < level.p; i++) for (let e = level.loadingStart[i]; e < level.loadingStart[i + 1]; e++) columns[entry[i]].push(offset + level.loadingColumn[e]);
  };
  add(within, group.within, 0);
  add(between, group.between, within.m);
  const loadingStart = new Int32Array(q + 1);
  columns.forEach((list, i) => (loadingStart[i + 1] = loadingStart[i] + list.length));
  return {
    p: q, m: within.m + between.m, observed: group.names, latent: [...within.latent, ...between.latent], twin: new Int32Array(q).fill(-1), cells: [],
    // both Γ and Φ are copied, so that they need memory of their own
    regressions: true, loadingStart, loadingColumn: Int32Array.from(columns.flat())
  };
}
