import { Slab } from '../../../numerics/dense/slab.js';
import type { ImpliedMoments } from './impliedMoments.js';

/**
 * Inner products XᵀMX of the p + 2m derivative vectors X = [I Γ ΛΦ] under a
 * symmetric p × p matrix M. Only the sparse Λ meets M; Γ = ΛA and ΛΦ follow by
 * m × m products.
 *
 * @param out (p + 2m)², row-major, symmetric.
 */
export class GramBuilder {
  private readonly mLambda: Float64Array;
  private readonly core: Float64Array;
  private readonly half: Float64Array;

  constructor(private readonly implied: ImpliedMoments) {
    const { p, m } = implied.structure;
    const slab = new Slab(p * m + 3 * m * m);
    this.mLambda = slab.take(p * m);
    this.core = slab.take(m * m);
    this.half = slab.take(2 * m * m);
  }

  get stride(): number {
    return this.implied.structure.p + 2 * this.implied.structure.m;
  }

  build(matrix: Float64Array, out: Float64Array): void {
    const { structure, lambda, effects, phi } = this.implied;
    const { p, m, loadingStart, loadingColumn, regressions } = structure;
    const { mLambda, core, half } = this;
    const s = p + 2 * m;
    mLambda.fill(0);
    core.fill(0);
    for (let i = 0; i < p; i++) {
      const from = i * p;
      const to = i * s;
      for (let j = 0; j < p; j++) out[to + j] = matrix[from + j];
      const row = i * m;
      for (let j = 0; j < p; j++) {
        const value = matrix[from + j];
        for (let e = loadingStart[j]; e < loadingStart[j + 1]; e++) {
          const k = loadingColumn[e];
          mLambda[row + k] += value * lambda[j * m + k];
        }
      }
      for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) {
        const k = loadingColumn[e];
        const loading = lambda[row + k];
        for (let j = 0; j < m; j++) core[k * m + j] += loading * mLambda[row + j];
      }
      // rows e_i against Γ and ΛΦ
      for (let j = 0; j < m; j++) {
        out[to + p + j] = 0;
        out[to + p + m + j] = 0;
      }
      if (!regressions) for (let j = 0; j < m; j++) out[to + p + j] = mLambda[row + j];
      for (let k = 0; k < m; k++) {
        const value = mLambda[row + k];
        if (value === 0) continue;
        const source = k * m;
        if (regressions) for (let j = 0; j < m; j++) out[to + p + j] += value * effects[source + j];
        for (let j = 0; j < m; j++) out[to + p + m + j] += value * phi[source + j];
      }
      for (let j = p; j < s; j++) out[j * s + i] = out[to + j];
    }
    // [A Φ]ᵀ (ΛᵀMΛ) [A Φ]
    const width = 2 * m;
    half.fill(0);
    for (let i = 0; i < m; i++) {
      for (let k = 0; k < m; k++) {
        const value = core[i * m + k];
        if (value === 0) continue;
        for (let j = 0; j < m; j++) {
          half[i * width + j] += value * effects[k * m + j];
          half[i * width + m + j] += value * phi[k * m + j];
        }
      }
    }
    for (let i = p; i < s; i++) for (let j = p; j < s; j++) out[i * s + j] = 0;
    for (let k = 0; k < m; k++) {
      for (let i = 0; i < m; i++) {
        const a = effects[k * m + i];
        if (a !== 0) for (let j = 0; j <= i; j++) out[(p + i) * s + p + j] += a * half[k * width + j];
        const f = phi[k * m + i];
        if (f !== 0) for (let j = 0; j <= m + i; j++) out[(p + m + i) * s + p + j] += f * half[k * width + j];
      }
    }
    for (let i = p; i < s; i++) for (let j = p; j < i; j++) out[j * s + i] = out[i * s + j];
  }

  /** Projections Xᵀv of a p-vector onto the derivative vectors. */
  project(vector: Float64Array, out: Float64Array): void {
    const { structure, gamma, lambdaPhi } = this.implied;
    const { p, m } = structure;
    for (let i = 0; i < p; i++) out[i] = vector[i];
    out.fill(0, p, p + 2 * m);
    for (let i = 0; i < p; i++) {
      const value = vector[i];
      if (value === 0) continue;
      for (let j = 0; j < m; j++) {
        out[p + j] += value * gamma[i * m + j];
        out[p + m + j] += value * lambdaPhi[i * m + j];
      }
    }
  }
}
