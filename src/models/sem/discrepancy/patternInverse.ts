import { cholesky, forwardSolve, logDeterminant } from '../../../numerics/dense/cholesky.js';

/**
 * What a missing pattern changes in V = Σ⁻¹: with m the missing variables and
 * V_mm = LLᵀ, the inverse of the observed block, padded with zeros, is
 *
 *   V_p = V − UUᵀ,  U = V_·m L⁻ᵀ,   ln|Σ_oo| = ln|Σ| + ln|V_mm|,
 *
 * so that a pattern costs k p² and not p³.
 */
export class PatternInverse {
  /** k × p: row r is column r of U. */
  readonly u: Float64Array;
  private readonly block: Float64Array;
  private readonly column: Float64Array;
  logDetBlock = 0;
  count = 0;

  constructor(private readonly p: number) {
    this.u = new Float64Array(p * p);
    this.block = new Float64Array(p * p);
    this.column = new Float64Array(p);
  }

  /** False when V_mm is not positive definite. */
  set(v: Float64Array, missing: Int32Array): boolean {
    const { p, u, block, column } = this;
    const k = missing.length;
    this.count = k;
    this.logDetBlock = 0;
    if (k === 0) return true;
    for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) block[a * k + b] = v[missing[a] * p + missing[b]];
    if (cholesky(block, k) >= 0) return false;
    this.logDetBlock = logDeterminant(block, k);
    for (let j = 0; j < p; j++) {
      for (let a = 0; a < k; a++) column[a] = v[missing[a] * p + j];
      forwardSolve(block, k, column);
      for (let a = 0; a < k; a++) u[a * p + j] = column[a];
    }
    // exact zeros, whatever rounding left
    return true;
  }

  /** out = V_p, p × p. */
  matrix(v: Float64Array, missing: Int32Array, out: Float64Array): void {
    const { p, u, count } = this;
    out.set(v);
    for (let a = 0; a < count; a++) {
      for (let i = 0; i < p; i++) {
        const left = u[a * p + i];
        for (let j = 0; j < p; j++) out[i * p + j] -= left * u[a * p + j];
      }
    }
    for (let a = 0; a < count; a++) {
      const i = missing[a];
      for (let j = 0; j < p; j++) out[i * p + j] = out[j * p + i] = 0;
    }
  }
}
