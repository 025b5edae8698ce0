import { fail } from '../../../shared/diagnostic.js';
import type { FitState } from '../fit/fitState.js';

/**
 * The state of a one-level fit, for questions that have no answer for two levels yet.
 * @param what the question in the plural, `modification indices`
 * @throws SurveyError `two-level`
 */
export function oneLevelOnly(state: FitState, what: string, help = 'ask it of a one-level model, with `cluster` for standard errors that allow for clusters'): FitState {
  return state.twoLevel ? fail('two-level', `${what} are not available for two-level models`, { help }) : state;
}
