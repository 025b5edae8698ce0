import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { boundWarning } from '../inference/activeConstraints.js';
import { admissibilityWarnings } from './admissible.js';
import { missingErrorWarnings, undefinedValueWarnings } from './undefinedValues.js';

/** What a converged solution must say of itself: improper, on a bound, without some value or standard error. */
export function solutionWarnings(estimation: Estimation, vcov: Float64Array | null): readonly Diagnostic[] {
  const bound = boundWarning(estimation);
  return [...admissibilityWarnings(estimation), ...(bound ? [bound] : []), ...undefinedValueWarnings(estimation), ...missingErrorWarnings(estimation, vcov)];
}
