import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';
import { fail } from '../../../shared/diagnostic.js';

/** Moments of one level of one group. */
export interface LevelMoments {
  readonly group: string;
  readonly level: string;
  readonly names: readonly string[];
  /** What the model implies, p × p and p. */
  readonly implied: { readonly covariance: Float64Array; readonly mean: Float64Array };
  /** What the unrestricted model estimates. */
  readonly unrestricted: { readonly covariance: Float64Array; readonly mean: Float64Array };
}

/**
 * Covariances and means of every level, as implied by a two-level model and as
 * estimated without one. A variable of both levels has its mean at level 2.
 *
 * @throws SurveyError `two-level` for a one-level fit
 */
export function levelMoments(fit: SemFit): readonly LevelMoments[] {
  const { estimation, table, twoLevel } = stateOf(fit);
  if (!twoLevel) return fail('two-level', 'the model has one level', { help: 'use `impliedMoments(fit)`' });
  return estimation.implied.map(({ structure, sigma, mu }, block) => {
    const { covariance, mean } = twoLevel.saturated.moments[block];
    return {
      group: table.groupLabels[Math.floor(block / 2)], level: table.levelLabels?.[block % 2] ?? '', names: structure.observed,
      implied: { covariance: sigma.slice(0, structure.p ** 2), mean: mu.slice(0, structure.p) }, unrestricted: { covariance: covariance.slice(), mean: mean.slice() }
    };
  });
}
