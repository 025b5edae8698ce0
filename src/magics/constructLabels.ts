import type { Bilingual } from '../shared/table.js';
import { isSurvey } from './resolve.js';

/** Wordings of constructs from a survey's codebook. */
export function constructLabels(survey: unknown): Map<string, Bilingual> {
  const labels = new Map<string, Bilingual>();
  if (isSurvey(survey)) for (const { name, label } of survey.codebook.constructs.values()) if (label) labels.set(name, label);
  return labels;
}
