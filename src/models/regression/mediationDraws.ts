import { createRandom } from '../../numerics/random.js';
import { bootstrapEquations, randomResample, type Equation, type EquationData, type Resample } from './bootstrapEquations.js';
import { effectValues, type MediationPaths } from './mediationEffects.js';
import type { MediationModel } from './mediationResults.js';

/** Everything that a piece of a mediation bootstrap needs; structured-clonable, so that a thread can do it. */
export interface MediationDraws {
  readonly data: EquationData;
  readonly equations: readonly Equation[];
  readonly model: MediationModel;
  readonly mediators: readonly string[];
  readonly paths: MediationPaths;
  /** The moderator's probed values less its centre. */
  readonly moved: readonly number[];
  /** Effects per draw. */
  readonly effects: number;
  readonly seed: number;
  readonly first: number;
  readonly count: number;
}

export interface MediationChunk {
  /** count × effects, row-major; NaN for a draw that could not be fitted. */
  readonly values: Float64Array;
  readonly failed: number;
}

/** Name under which threads know {@link runMediationDraws}. */
export const MEDIATION_TASK = 'regression.mediation';

/** Draws `first` … `first + count − 1`: the same bits in any piece, on any thread. */
export function runMediationDraws(job: MediationDraws, resample: Resample = randomResample(createRandom(job.seed), job.data.n)): MediationChunk {
  const { data, equations, paths, moved, effects, first, count } = job;
  return bootstrapEquations(data, equations, (slopes, out) => effectValues(job, paths, slopes, moved, out), effects, count, resample, first);
}
