import type { Bilingual } from '../shared/table.js';
import type { Survey } from '../survey/survey.js';
import { isSurvey } from './resolve.js';

/** Wordings of constructs and of other names from a survey's codebook. */
export function constructLabels(survey: unknown): Map<string, Bilingual> {
  const labels = new Map<string, Bilingual>();
  if (!isSurvey(survey)) return labels;
  for (const [name, label] of survey.codebook.labels ?? []) labels.set(name, label);
  for (const { name, label } of survey.codebook.constructs.values()) if (label) labels.set(name, label);
  return labels;
}

/** The wording of any name: of a construct, of a column, else the name itself. */
export function surveyLabel(survey: Survey): (name: string) => Bilingual {
  const labels = constructLabels(survey);
  return (name) => labels.get(name) ?? (survey.has(name) ? survey.info(name).label : undefined) ?? { en: name };
}
