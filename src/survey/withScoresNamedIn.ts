import { score } from './score.js';
import type { Survey } from './survey.js';

const NAME = /[\p{L}\p{N}_.]+/gu;

/**
 * The survey with a score column for each construct that a formula names and
 * that is no column itself: in a formula a construct stands for its score.
 */
export function withScoresNamedIn(survey: Survey, formula: string): Survey {
  const named = new Set(formula.match(NAME) ?? []);
  let scored = survey;
  for (const construct of survey.codebook.constructs.values()) {
    if (survey.has(construct.name) || !named.has(construct.name)) continue;
    scored = scored.withColumn(construct.name, score(survey, construct), { level: 'scale', label: construct.label ?? { en: construct.name } });
  }
  return scored;
}
