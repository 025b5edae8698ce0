import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import { multiplyInto } from '../../implied/impliedMoments.js';

/**
 * Carries a symmetric matrix J over the measured latent variables back to the
 * disturbances: AᵀJ and AᵀJA with A = (I − Β)⁻¹, both m × m, J being zero where
 * a latent variable has no indicator.
 */
export class LatentForms {
  /** AᵀJ and AᵀJA. */
  readonly half: Float64Array;
  readonly whole: Float64Array;
  private readonly transposed: Float64Array;

  constructor(private readonly implied: ImpliedMoments, private readonly measured: Int32Array) {
    const { m, regressions } = implied.structure;
    this.half = new Float64Array(m * m);
    this.whole = regressions ? new Float64Array(m * m) : this.half;
    this.transposed = new Float64Array(implied.paths || !regressions ? 0 : m * m);
  }

  /** @param j with rows `stride` apart */
  carry(j: Float64Array, stride: number): void {
    const { implied, measured, half, whole } = this;
    const { m, regressions } = implied.structure;
    const k = measured.length;
    if (k === m) for (let x = 0; x < m; x++) for (let y = 0; y < m; y++) half[x * m + y] = j[x * stride + y];
    else for (let x = 0; x < k; x++) for (let y = 0; y < k; y++) half[measured[x] * m + measured[y]] = j[x * stride + y];
    // rows without indicators may hold what the paths carried there before
    if (k < m) this.clearUnmeasured();
    if (!regressions) return;
    this.multiply(half);
    for (let x = 0; x < m; x++) for (let y = 0; y < m; y++) whole[y * m + x] = half[x * m + y];
    this.multiply(whole);
  }

  /** X ← AᵀX. */
  private multiply(x: Float64Array): void {
    const { implied, transposed } = this;
    const { m } = implied.structure;
    if (implied.paths) {
      implied.paths.carryBack(implied.beta, x, m, m);
      return;
    }
    const copy = x.slice();
    for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) transposed[j * m + i] = implied.effects[i * m + j];
    multiplyInto(transposed, copy, x, m);
  }

  private clearUnmeasured(): void {
    const { half, measured } = this;
    const { m } = this.implied.structure;
    let next = 0;
    for (let i = 0; i < m; i++) {
      if (measured[next] === i) {
        next++;
        for (let j = 0, at = 0; j < m; j++) if (measured[at] === j) at++; else half[i * m + j] = 0;
      } else half.fill(0, i * m, (i + 1) * m);
    }
  }
}
