import type { Estimation } from '../../estimation/estimate.js';
import type { SemSample } from '../../estimation/sample.js';
import { fixedExogenous } from '../fixedExogenous.js';
import { saturatedInformation } from './saturatedTrace.js';
import { whitenedDerivatives } from './whitenedDerivatives.js';
import { addForm, crossRows } from './whitening.js';

/**
 * What the second stage of two-stage estimation rests on, with W the
 * complete-data information at the saturated moments of the first stage and Γ
 * the asymptotic covariance matrix of these: E = ΔᵀWΔ and ΔᵀWΓWΔ for the
 * sandwich E⁻¹(ΔᵀWΓWΔ)E⁻¹, and tr(WΓ) for the scaled test,
 * tr(UΓ) = tr(WΓ) − tr(E⁻¹ΔᵀWΓWΔ). Γ is the inverse of the observed
 * information A, or for `robust.two.stage` A⁻¹BA⁻¹.
 *
 * @see Savalei & Bentler (2009), Structural Equation Modeling 16(3); Savalei & Falk (2014), Structural Equation Modeling 21(2)
 */
export interface TwoStage {
  readonly information: Float64Array;
  readonly meat: Float64Array;
  readonly trace: number;
}

/** Null when the answers do not identify every moment. */
export function twoStage(estimation: Estimation, sample: SemSample, robust: boolean): TwoStage | null {
  const { size } = estimation.structure;
  const information = new Float64Array(size * size);
  const meat = new Float64Array(size * size);
  let trace = 0;
  const groups = saturatedInformation(sample, (g) => fixedExogenous(estimation, g));
  if (!groups) return null;
  for (const [g, saturated] of groups.entries()) {
    const bread = saturated.inverse();
    const gammaTrace = saturated.gammaTrace(robust);
    if (!bread || gammaTrace === null) return null;
    const { width, whitening } = saturated;
    const share = sample.groups[g].n / sample.n;
    const whitened = whitenedDerivatives(estimation, g, whitening);
    crossRows(whitened, size, whitened, size, width).forEach((value, i) => (information[i] += share * value));
    // ΔᵀΓΔ with Γ = A⁻¹BA⁻¹ as (A⁻¹Δ)ᵀB(A⁻¹Δ)
    if (robust) addForm(crossRows(whitened, size, bread, width, width), saturated.information('first.order'), size, width, share, meat);
    else addForm(whitened, bread, size, width, share, meat);
    trace += gammaTrace;
  }
  return { information, meat, trace };
}
