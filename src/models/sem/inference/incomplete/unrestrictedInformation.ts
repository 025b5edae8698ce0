import type { Estimation } from '../../estimation/estimate.js';
import type { SemSample } from '../../estimation/sample.js';
import type { InformationKind } from '../../options.js';
import { fixedExogenous } from '../fixedExogenous.js';
import { saturatedInformation } from './saturatedTrace.js';
import { whitenedDerivatives } from './whitenedDerivatives.js';
import { addForm } from './whitening.js';

/**
 * ΔᵀAΔ, q × q per row, A the information of the unrestricted model of
 * incomplete rows at its maximum-likelihood moments (`h1.information:
 * "unstructured"`).
 *
 * @returns null when a saturated covariance matrix is not positive definite
 */
export function unrestrictedInformation(estimation: Estimation, sample: SemSample, kind: InformationKind): Float64Array | null {
  const groups = saturatedInformation(sample, (g) => fixedExogenous(estimation, g));
  if (!groups) return null;
  const { size } = estimation.structure;
  const out = new Float64Array(size * size);
  groups.forEach((group, g) => addForm(whitenedDerivatives(estimation, g, group.whitening), group.information(kind), size, group.width, sample.groups[g].n / sample.n, out));
  return out;
}
