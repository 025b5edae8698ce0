import { fail } from '../../../shared/diagnostic.js';
import { stateOf } from '../fit/fittedModel.js';
import { scoresOf, type FactorScores, type ScoreMethod } from '../fit/scoresOf.js';
import type { SemFit } from '../results.js';
import { levelScores } from '../twoLevel/levelScores.js';

export type { FactorScores, ScoreMethod } from '../fit/scoresOf.js';

/**
 * Factor scores of every row, see `scoresOf`; of a two-level model those of its
 * rows (`level` 1) or clusters (2), see `levelScores`.
 * @throws SurveyError `rows-needed`, `factor-scores`, `no-latent`, `level`
 */
export function factorScores(fit: SemFit, method: ScoreMethod = 'regression', level: 1 | 2 = 1): FactorScores {
  const state = stateOf(fit);
  if (level !== 1 && level !== 2) fail('level', `a level is 1 or 2, found ${String(level)}`);
  if (!state.twoLevel) return level === 1 ? scoresOf(state, method) : fail('level', 'the model has one level, so there are no scores of clusters', { help: 'leave the level out, or write the model with `level:` blocks' });
  return levelScores(state, method === 'EBM' || method === 'regression' ? 'regression' : 'Bartlett', level);
}
