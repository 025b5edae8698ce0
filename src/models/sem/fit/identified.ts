import type { FitState } from './fitState.js';

/**
 * False when the data cannot tell some parameters apart. The minimum, and so
 * χ², is the same for all their values; degrees of freedom counted from the
 * parameters are too few, so that p and every index made of them mean nothing.
 */
export function isIdentified({ warnings }: Pick<FitState, 'warnings'>): boolean {
  return !warnings.some(({ code }) => code === 'not-identified');
}

/** The tests of a fit, without p where the degrees of freedom are not known. */
export function knownTests(state: FitState): FitState['tests'] {
  return isIdentified(state) ? state.tests : state.tests.map((test) => ({ ...test, pValue: null }));
}
