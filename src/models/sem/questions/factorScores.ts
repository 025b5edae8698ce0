import { stateOf } from '../fit/fittedModel.js';
import { scoresOf, type FactorScores, type ScoreMethod } from '../fit/scoresOf.js';
import type { SemFit } from '../results.js';
import { oneLevelOnly } from '../twoLevel/oneLevelOnly.js';

export type { FactorScores, ScoreMethod } from '../fit/scoresOf.js';

/** Factor scores of every row, see `scoresOf`. @throws SurveyError `rows-needed`, `factor-scores`, `no-latent` */
export function factorScores(fit: SemFit, method: ScoreMethod = 'regression'): FactorScores {
  return scoresOf(oneLevelOnly(stateOf(fit), 'factor scores'), method);
}
