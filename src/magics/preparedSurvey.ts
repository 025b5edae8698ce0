import { screen } from '../statistics/screening/screen.js';
import { studyScreening, studySurvey } from '../studies/studySurvey.js';
import type { Study } from '../studies/study.js';
import type { Survey } from '../survey/survey.js';

/** The survey as a study needs it: its codebook completed, and screened by the study's rules unless it was screened already. */
export function preparedSurvey(study: Study, survey: Survey): Survey {
  const completed = studySurvey(study, survey);
  if (completed.screening) return completed;
  const rules = studyScreening(study, completed);
  return rules ? screen(completed, rules) : completed;
}
