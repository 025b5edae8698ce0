import type { SemSample } from '../../estimation/sample.js';
import type { InformationKind } from '../../options.js';
import { traceOfProduct } from '../traces.js';
import { SaturatedInformation } from './saturatedInformation.js';

/** The saturated model of every group; null when one has no positive definite covariance matrix. */
export function saturatedInformation(sample: SemSample, exogenous: (group: number) => readonly number[]): readonly SaturatedInformation[] | null {
  const rows = sample.rows?.groups;
  const groups = sample.incomplete ?? sample.firstStage;
  if (!rows || !groups) return null;
  const found = groups.map((group, g) => group.once(`saturated information, fixed ${exogenous(g).join(' ')}`, () => SaturatedInformation.of(rows[g], group, exogenous(g))));
  return found.every((each) => each !== null) ? found : null;
}

/**
 * tr(A₁⁻¹B₁) of the saturated model with missing answers, A₁ its observed
 * or expected and B₁ its first-order information. Fixed exogenous variables contribute nothing.
 * @see Yuan & Bentler (2000), Sociological Methodology 30
 */
export function incompleteSaturatedTrace(sample: SemSample, exogenous: (group: number) => readonly number[], kind: InformationKind): number {
  let total = 0;
  for (const group of saturatedInformation(sample, exogenous) ?? []) {
    const inverse = group.inverse(kind);
    if (!inverse) return NaN;
    total += traceOfProduct(inverse, group.information('first.order'), group.width);
  }
  return total;
}
