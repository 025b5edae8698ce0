import { fail } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';
import { runDrawChunks, type DrawRunOptions } from '../../drawChunks.js';
import { assembleDraws } from './assembleDraws.js';
import { bootstrapJob } from './bootstrapJob.js';
import type { BootstrapResult } from './bootstrapResult.js';
import type { BootstrapChunk, BootstrapJob, BootstrapType } from './job.js';
import { drawRunner, drawsMoments, type DrawRunner } from './runDraws.js';
import { oneLevelOnly } from '../twoLevel/oneLevelOnly.js';

export interface BootstrapOptions extends DrawRunOptions {
  /** Draws, 1000. */
  readonly draws?: number;
  /** Seed of the streams; the same seed gives the same bits on any number of workers. */
  readonly seed?: number;
  readonly type?: BootstrapType;
  /** Confidence level, by default the fit's. */
  readonly level?: number;
}

const KEYS = ['draws', 'seed', 'type', 'level', 'workers', 'signal', 'onProgress'] as const;
const TYPES: readonly BootstrapType[] = ['nonparametric', 'bollen.stine', 'parametric'];
/** Draws handed to a worker, and between two looks at the abort signal: a twentieth of all, within limits. Where a draw is slow there are fewer. */
const FEWEST_AT_ONCE = 100;
const MOST_AT_ONCE = 1000;
const MOST_SLOW_AT_ONCE = 250;
const MOST_DRAWS = 1_000_000;

const atOnce = (draws: number, most: number): number => Math.min(most, Math.max(FEWEST_AT_ONCE, Math.ceil(draws / 20)));

/**
 * Bootstrap of a fitted model: standard errors and intervals of every
 * parameter, of `:=` and of standardized values, from the same draws.
 *
 * @throws SurveyError `unknown-option`, `invalid-option`, `not-converged`, `bootstrap-unsupported`, `aborted`, `no-draws`
 * @example (await bootstrap(fit, { draws: 2000, seed: 1 })).estimates
 */
export async function bootstrap(fit: SemFit, options: BootstrapOptions = {}): Promise<BootstrapResult> {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`bootstrap\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const state = oneLevelOnly(stateOf(fit), 'bootstrap draws', 'use estimator MLR for standard errors that hold without normality');
  const { draws = 1000, seed = 1, type = 'nonparametric', level = state.options.level, workers, signal, onProgress } = options;
  if (!Number.isInteger(draws) || draws < 2 || draws > MOST_DRAWS) fail('invalid-option', `\`draws\` is ${draws}, expected a whole number from 2 to ${MOST_DRAWS}`);
  if (!Number.isInteger(seed)) fail('invalid-option', `\`seed\` is ${seed}, expected a whole number`);
  if (!TYPES.includes(type)) fail('invalid-option', `\`${String(type)}\` is not a type of bootstrap`, { help: didYouMean(String(type), TYPES) ?? `one of ${TYPES.join(', ')}` });
  if (!(level > 0 && level < 1)) fail('invalid-option', `\`level\` is ${level}, expected a number between 0 and 1`);
  const job = bootstrapJob(state, type, seed);
  const run = { ...(workers ? { workers } : {}), ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  // prepared when the first piece is run on this thread
  let runner: DrawRunner | undefined;
  const here = ({ first, count }: BootstrapJob): BootstrapChunk => (runner ??= drawRunner(job))(first, count);
  const chunks = await runDrawChunks('sem.bootstrap', draws, atOnce(draws, drawsMoments(job) ? MOST_AT_ONCE : MOST_SLOW_AT_ONCE), (first, count): BootstrapJob => ({ ...job, first, count }), here, run);
  return assembleDraws(state, chunks, { draws, seed, type, level });
}
