import type { Estimation } from '../../estimation/estimate.js';
import type { SemSample } from '../../estimation/sample.js';
import { derivatives } from '../../implied/derivatives.js';
import { jacobian, momentCount } from '../../implied/jacobian.js';
import { fixedExogenous } from '../robustInference.js';
import { sandwich } from '../traces.js';
import { SaturatedInformation } from './saturatedInformation.js';
import { addForm, crossRows, whitenJacobian } from './whitening.js';

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
  for (const [g, stage] of (sample.firstStage ?? []).entries()) {
    const rows = sample.rows?.groups[g];
    const saturated = rows ? SaturatedInformation.of(rows, stage, fixedExogenous(estimation)) : null;
    const bread = saturated?.inverse();
    if (!saturated || !bread) return null;
    const { width, whitening } = saturated;
    const gamma = robust ? sandwich(bread, saturated.information('first.order'), width) : bread;
    const implied = estimation.implied[g];
    const share = sample.groups[g].n / sample.n;
    const delta = new Float64Array(momentCount(whitening.p, true) * size);
    jacobian(derivatives(implied.structure, estimation.structure.position), implied, size, true, delta);
    const whitened = whitenJacobian(whitening, delta, size);
    crossRows(whitened, size, whitened, size, width).forEach((value, i) => (information[i] += share * value));
    addForm(whitened, gamma, size, width, share, meat);
    for (let i = 0; i < width; i++) trace += gamma[i * width + i];
  }
  return { information, meat, trace };
}
