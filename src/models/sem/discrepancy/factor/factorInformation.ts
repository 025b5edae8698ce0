import { dot } from '../../../../numerics/dense/dot.js';
import type { Derivatives } from '../../implied/derivatives.js';
import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA } from '../../structure/modelStructure.js';
import { congruence, K_X_KT } from './congruence.js';
import type { FactorCells } from './factorCells.js';
import type { FactorMemory } from './factorMemory.js';
import type { FactorPattern } from './factorPattern.js';
import { LatentForms } from './latentForms.js';

/**
 * Diagonal of the expected information per cell, ½ tr(Σ⁻¹∂Σ Σ⁻¹∂Σ) + ∂μᵀΣ⁻¹∂μ,
 * with Λ'Σ⁻¹Λ = KHKᵀ, Σ⁻¹ΛΦ = WD and (ΛΦ)ᵀΣ⁻¹ΛΦ = Φ − D.
 */
export class FactorInformation {
  /** AᵀΛᵀΣ⁻¹Λ and ΓᵀΣ⁻¹Γ. */
  private readonly forms: LatentForms;
  private readonly precision: Float64Array;
  /** Diagonals of (ΛΦ)ᵀΣ⁻¹ΛΦ and of Σ⁻¹. */
  private readonly variances: Float64Array;
  private readonly rowPrecisions: Float64Array;

  constructor(private readonly implied: ImpliedMoments, private readonly pattern: FactorPattern, private readonly places: FactorCells, private readonly cells: Derivatives, private readonly memory: FactorMemory) {
    const { p, m } = implied.structure;
    this.forms = new LatentForms(implied, pattern.measured);
    this.precision = new Float64Array(memory.ks ** 2);
    this.variances = new Float64Array(m);
    this.rowPrecisions = new Float64Array(p);
  }

  /** Adds weight times the diagonal at the point whose gradient was asked for last. */
  addDiagonal(weight: number, out: Float64Array): void {
    this.prepare();
    const { implied, cells, memory, pattern, places, forms, variances, rowPrecisions } = this;
    const { kappa, phi, structure } = implied;
    const { m } = structure;
    const { d, w: weights, ks, means } = memory;
    const { rowStart, column, indexOf } = pattern;
    const { w } = cells;
    for (let cell = 0; cell < cells.count; cell++) {
      const i = cells.row[cell];
      const j = cells.column[cell];
      let value = 0;
      let other: number;
      switch (cells.matrix[cell]) {
        case LAMBDA:
          for (let at = rowStart[i]; at < rowStart[i + 1]; at++) value += weights[at] * d[column[at] * ks + indexOf[j]];
          value = rowPrecisions[i] * variances[j] + value * value;
          if (means) value += kappa[j] * kappa[j] * rowPrecisions[i];
          break;
        case THETA:
          other = this.between(i, j, places.place[cell]);
          value = w[cell] * w[cell] * (rowPrecisions[i] * rowPrecisions[j] + other * other);
          break;
        case PSI:
          value = w[cell] * w[cell] * (forms.whole[i * m + i] * forms.whole[j * m + j] + forms.whole[i * m + j] * forms.whole[i * m + j]);
          break;
        case BETA:
          other = dot(forms.half, i * m, phi, j * m, m);
          value = forms.whole[i * m + i] * variances[j] + other * other;
          if (means) value += kappa[j] * kappa[j] * forms.whole[i * m + i];
          break;
        case NU:
          value = means ? rowPrecisions[i] : 0;
          break;
        case ALPHA:
          value = means ? forms.whole[i * m + i] : 0;
          break;
      }
      out[cells.position[cell]] += weight * value;
    }
  }

  private prepare(): void {
    const { implied, pattern, memory, forms, precision, variances, rowPrecisions, places } = this;
    const { m } = implied.structure;
    const { measured, indexOf } = pattern;
    const { h, d, ks, p } = memory;
    precision.set(h);
    congruence(memory, K_X_KT, precision);
    forms.carry(precision, ks);
    const { phi } = implied;
    for (let j = 0; j < m; j++) {
      if (indexOf[j] >= 0) {
        variances[j] = phi[j * m + j] - d[indexOf[j] * ks + indexOf[j]];
        continue;
      }
      let sum = 0;
      for (let x = 0; x < measured.length; x++) for (let y = 0; y < measured.length; y++) sum += phi[j * m + measured[x]] * precision[x * ks + y] * phi[j * m + measured[y]];
      variances[j] = sum;
    }
    for (let i = 0; i < p; i++) rowPrecisions[i] = this.between(i, i, places.residual(i, i));
  }

  /** (Σ⁻¹)_ij for rows of one block of Θ. @param at place of ij among the numbers of the blocks */
  private between(i: number, j: number, at: number): number {
    const { rowStart, column } = this.pattern;
    const { inverse, d, w, ks } = this.memory;
    let value = inverse[at];
    for (let e = rowStart[i]; e < rowStart[i + 1]; e++) for (let f = rowStart[j]; f < rowStart[j + 1]; f++) value -= w[e] * w[f] * d[column[e] * ks + column[f]];
    return value;
  }
}
