import type { Survey } from '../../survey/survey.js';
import { isMoments } from './estimation/sample.js';
import { stateOf } from './fit/fittedModel.js';
import type { SemFit } from './results.js';

/** The survey that a model was fitted to; undefined for moments typed in. */
export function surveyOfFit(fit: SemFit): Survey | undefined {
  const { data } = stateOf(fit);
  return !isMoments(data) && (data as Partial<Survey>).kind === 'survey' ? (data as Survey) : undefined;
}
