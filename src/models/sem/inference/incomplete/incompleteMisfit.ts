import type { Estimation } from '../../estimation/estimate.js';
import type { SemSample } from '../../estimation/sample.js';
import { MaximumLikelihood } from '../../discrepancy/normalTheory.js';
import type { InformationKind } from '../../options.js';
import { invertInformation } from '../parameterCovariance.js';
import { sandwich, traceOfProduct } from '../traces.js';
import { SaturatedInformation } from './saturatedInformation.js';
import { whitenedDerivatives } from './whitenedDerivatives.js';
import { addForm, crossRows } from './whitening.js';

/** Complete-data misfit of a model that was fitted to incomplete rows, and what of it is sampling error. */
export interface IncompleteMisfit {
  /** N F(saturated moments, implied moments), F the complete-data discrepancy. */
  readonly statistic: number;
  /** Its expectation under a correct model. */
  readonly correction: number;
}

/**
 * What RMSEA and CFI would be without missing answers: with Γ the asymptotic
 * covariance matrix of the saturated moments, W their complete-data
 * information, A their information with missing answers, E = ΔᵀAΔ,
 *
 *   X = N F,   k = tr(WΓ) − tr(E⁻¹ΔᵀWΔ),
 *
 * for Γ = A⁻¹. For the sandwich Γ = A⁻¹BA⁻¹ it is the trace of WPΓPᵀ,
 * P = I − ΔE⁻¹ΔᵀA.
 *
 * @see Zhang & Savalei (2022), Psychological Methods 28(2); Savalei (2018), Multivariate Behavioral Research 53(3)
 */
export function incompleteMisfit(estimation: Estimation, sample: SemSample, saturated: readonly SaturatedInformation[], kind: InformationKind, robust: boolean): IncompleteMisfit | null {
  const q = estimation.structure.size;
  const information = new Float64Array(q * q);
  const complete = new Float64Array(q * q);
  const deltas: Float64Array[] = [];
  let statistic = 0;
  for (const [g, group] of saturated.entries()) {
    const implied = estimation.implied[g];
    const { p } = group.whitening;
    const share = sample.groups[g].n / sample.n;
    const value = new MaximumLikelihood(p, sample.groups[g], true).value(implied);
    if (value === null) return null;
    statistic += sample.groups[g].n * value;
    const whitened = whitenedDerivatives(estimation, g, group.whitening);
    deltas.push(whitened);
    addForm(whitened, group.information(kind), q, group.width, share, information);
    addScaled(crossRows(whitened, q, whitened, q, group.width), share, complete);
  }
  const inverse = invertInformation(information, estimation);
  if (!inverse) return null;
  let correction = 0;
  const meat = new Float64Array(q * q);
  for (const [g, group] of saturated.entries()) {
    const bread = group.inverse();
    if (!bread) return null;
    const { width } = group;
    const share = sample.groups[g].n / sample.n;
    correction += group.gammaTrace(robust) as number;
    if (!robust) continue;
    const firstOrder = group.information('first.order');
    // AΓ = BA⁻¹
    const left = crossRows(deltas[g], q, firstOrder, width, width);
    const right = crossRows(deltas[g], q, bread, width, width);
    const mixed = crossRows(left, q, right, q, width);
    for (let i = 0; i < q; i++) for (let j = 0; j < q; j++) correction -= 2 * share * inverse[i * q + j] * mixed[i * q + j];
    addForm(deltas[g], firstOrder, q, width, share, meat);
  }
  correction += robust ? traceOfProduct(sandwich(inverse, meat, q), complete, q) : -traceOfProduct(inverse, complete, q);
  return Number.isFinite(correction) ? { statistic, correction } : null;
}

function addScaled(matrix: Float64Array, share: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += share * matrix[i];
}
