import { dot } from '../../../../numerics/dense/dot.js';
import type { Derivatives } from '../../implied/derivatives.js';
import type { ImpliedMoments } from '../../implied/impliedMoments.js';
import { ALPHA, BETA, LAMBDA, NU, PSI, THETA } from '../../structure/modelStructure.js';
import type { GroupSample } from '../normalTheory.js';
import { FactorCells } from './factorCells.js';
import { FactorInformation } from './factorInformation.js';
import type { FactorKernel } from './factorKernel.js';
import type { FactorPattern } from './factorPattern.js';
import { LatentForms } from './latentForms.js';
import { SMALLEST_RESIDUAL } from './plainKernel.js';

/**
 * Maximum likelihood of one group where Θ is positive definite and block
 * diagonal, without forming Σ (p × p): with W = Θ⁻¹Λ, C = ΛᵀW = KKᵀ,
 * G = I + KᵀΦK, H = G⁻¹ and D = (Φ⁻¹ + C)⁻¹ = K⁻ᵀ(I − H)K⁻¹ over the k measured
 * latent variables,
 *
 *   Σ⁻¹ = Θ⁻¹ − WDWᵀ,   |Σ| = |Θ| |G|,   A = WᵀTW = KÃKᵀ,   T = S + rrᵀ,
 *   F = ln|Θ| + ln|G| − ln|S| + tr(TΘ⁻¹) − tr((I − H)Ã) − p,
 *
 * and with Ω = Σ⁻¹ − Σ⁻¹TΣ⁻¹, B = Θ⁻¹TW,
 *
 *   ΩΛΦ = WE − BD,  E = D + DAD = K⁻ᵀ(I − H + (I − H)Ã(I − H))K⁻¹,
 *   ΛᵀΩΛ = K(H − HÃH)Kᵀ,
 *   Ω_ij = (Θ⁻¹ − Θ⁻¹TΘ⁻¹)_ij − W_iEW_jᵀ + (BD)_iW_jᵀ + W_i(BD)_jᵀ.
 *
 * One evaluation with its gradient costs of the order of p·|W| + k³ instead of p³.
 *
 * @see Lawley & Maxwell (1971), Factor Analysis as a Statistical Method, chapter 4; Woodbury (1950)
 */
export class FactorLikelihood {
  private readonly forms: LatentForms;
  private readonly places: FactorCells;
  private readonly latentDrift: Float64Array;
  private information: FactorInformation | null = null;

  /** @param logDetSample ln|S| of the sample as it is now. */
  constructor(private readonly implied: ImpliedMoments, private readonly sample: GroupSample, private readonly cells: Derivatives, private readonly pattern: FactorPattern, private readonly kernel: FactorKernel, private readonly logDetSample: () => number | null) {
    this.forms = new LatentForms(implied, pattern.measured);
    this.places = new FactorCells(implied.structure, pattern, cells);
    this.latentDrift = new Float64Array(implied.structure.m);
    this.readSample();
  }

  /** Reads the sample moments again, after they were overwritten in place. */
  readSample(): void {
    const { p, ps, covariance, limit } = this.kernel.memory;
    const s = this.sample.covariance;
    for (let i = 0, from = 0, to = 0; i < p; i++, from += p, to += ps) {
      for (let j = 0; j < p; j++) covariance[to + j] = s[from + j];
      limit[i] = SMALLEST_RESIDUAL * s[from + i];
    }
  }

  /** F at the cells and latent moments as they are, or null where Θ or Σ is not safely positive definite. */
  value(): number | null {
    const { implied, sample, kernel, places } = this;
    const { memory } = kernel;
    places.fill(implied, memory);
    if (memory.means) for (let i = 0; i < memory.p; i++) memory.residual[i] = sample.mean[i] - implied.mu[i];
    if (!kernel.value()) return null;
    const value = memory.result[0] - (this.logDetSample() ?? 0) + memory.result[1] - memory.p;
    return Number.isFinite(value) ? value : null;
  }

  /** Adds weight · ½ ∂F at the point whose value was asked for last. */
  addGradient(weight: number, out: Float64Array): void {
    const { implied, cells, kernel, forms, places, latentDrift } = this;
    const { kappa, phi, structure } = implied;
    const { slope, omega, drift, core, ks, means } = kernel.memory;
    const { m } = structure;
    kernel.derive();
    forms.carry(core, ks);
    if (means) this.carryDrift();
    const { matrix, row, column, w, position, count } = cells;
    const { place } = places;
    for (let cell = 0; cell < count; cell++) {
      const i = row[cell];
      const j = column[cell];
      let value = 0;
      switch (matrix[cell]) {
        case LAMBDA:
          value = slope[place[cell]];
          if (means) value -= kappa[j] * drift[i];
          break;
        case THETA:
          value = w[cell] * omega[place[cell]];
          break;
        case PSI:
          value = w[cell] * forms.whole[i * m + j];
          break;
        case BETA:
          value = dot(forms.half, i * m, phi, j * m, m);
          if (means) value -= kappa[j] * latentDrift[i];
          break;
        case NU:
          value = means ? -drift[i] : 0;
          break;
        case ALPHA:
          value = means ? -latentDrift[i] : 0;
          break;
      }
      out[position[cell]] += weight * value;
    }
  }

  /** See `FactorInformation`; the gradient must have been asked for. */
  addInformationDiagonal(weight: number, out: Float64Array): void {
    this.information ??= new FactorInformation(this.implied, this.pattern, this.places, this.cells, this.kernel.memory);
    this.information.addDiagonal(weight, out);
  }

  /** Γᵀω. */
  private carryDrift(): void {
    const { latentDrift, implied, kernel } = this;
    const { lambda, structure, paths, beta, effects } = implied;
    const { p, m, loadingStart, loadingColumn, regressions } = structure;
    const { drift } = kernel.memory;
    latentDrift.fill(0);
    for (let i = 0; i < p; i++) for (let e = loadingStart[i]; e < loadingStart[i + 1]; e++) latentDrift[loadingColumn[e]] += drift[i] * lambda[i * m + loadingColumn[e]];
    if (!regressions) return;
    if (paths) paths.carryBack(beta, latentDrift, 1, 1);
    else {
      const before = latentDrift.slice();
      latentDrift.fill(0);
      for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) latentDrift[j] += effects[i * m + j] * before[i];
    }
  }
}
