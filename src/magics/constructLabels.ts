import type { Bilingual } from '../shared/table.js';
import { isSurvey } from './resolve.js';

/** Wordings of constructs and of other names from a survey's codebook. */
export function constructLabels(survey: unknown): Map<string, Bilingual> {
  const labels = new Map<string, Bilingual>();
  if (!isSurvey(survey)) return labels;
  for (const [name, label] of survey.codebook.labels ?? []) labels.set(name, label);
  for (const { name, label } of survey.codebook.constructs.values()) if (label) labels.set(name, label);
  return labels;
}
