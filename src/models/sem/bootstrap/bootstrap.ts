import { normalTwoSided } from '../../../numerics/distributions/index.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { finite } from '../../../shared/table.js';
import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';
import { runDrawChunks, type DrawRunOptions } from '../../drawChunks.js';
import { accelerations } from './acceleration.js';
import { bootstrapJob } from './bootstrapJob.js';
import type { BootstrapEstimate, BootstrapResult, Limits } from './bootstrapResult.js';
import { bootstrapTables, bootstrapTidy } from './bootstrapTables.js';
import { interval, summarizeDraws, type DrawSummary, type IntervalKind } from './intervals.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, type BootstrapChunk, type BootstrapJob, type BootstrapType } from './job.js';
import { runDraws } from './runDraws.js';

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
/** Draws handed to a worker, and between two looks at the abort signal: a twentieth of all, within these limits. */
const FEWEST_AT_ONCE = 100;
const MOST_AT_ONCE = 250;
const MOST_DRAWS = 1_000_000;

const atOnce = (draws: number): number => Math.min(MOST_AT_ONCE, Math.max(FEWEST_AT_ONCE, Math.ceil(draws / 20)));

/**
 * Bootstrap of a fitted model: standard errors and intervals of every
 * parameter, of `:=` and of standardized values, from the same draws.
 *
 * @throws SurveyError `unknown-option`, `invalid-option`, `not-converged`, `bootstrap-unsupported`, `aborted`, `no-draws`
 * @example (await bootstrap(fit, { draws: 2000, seed: 1 })).estimates
 */
export async function bootstrap(fit: SemFit, options: BootstrapOptions = {}): Promise<BootstrapResult> {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`bootstrap\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const state = stateOf(fit);
  const { draws = 1000, seed = 1, type = 'nonparametric', level = state.options.level, workers, signal, onProgress } = options;
  if (!Number.isInteger(draws) || draws < 2 || draws > MOST_DRAWS) fail('invalid-option', `\`draws\` is ${draws}, expected a whole number from 2 to ${MOST_DRAWS}`);
  if (!Number.isInteger(seed)) fail('invalid-option', `\`seed\` is ${seed}, expected a whole number`);
  if (!TYPES.includes(type)) fail('invalid-option', `\`${String(type)}\` is not a type of bootstrap`, { help: didYouMean(String(type), TYPES) ?? `one of ${TYPES.join(', ')}` });
  if (!(level > 0 && level < 1)) fail('invalid-option', `\`level\` is ${level}, expected a number between 0 and 1`);
  const job = bootstrapJob(state, type, seed);
  const run = { ...(workers ? { workers } : {}), ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  const chunks = await runDrawChunks('sem.bootstrap', draws, atOnce(draws), (first, count): BootstrapJob => ({ ...job, first, count }), runDraws, run);
  return assemble(fit, chunks, { draws, seed, type, level });
}

interface Asked {
  readonly draws: number;
  readonly seed: number;
  readonly type: BootstrapType;
  readonly level: number;
}

function assemble(fit: SemFit, chunks: readonly BootstrapChunk[], asked: Asked): BootstrapResult {
  const state = stateOf(fit);
  const rows = state.table.rows.length;
  const counts = [0, 0, 0, 0];
  for (const chunk of chunks) for (const status of chunk.status) counts[status]++;
  const used = counts[0] + counts[DRAW_INADMISSIBLE];
  if (used < 2) fail('no-draws', `only ${used} of ${asked.draws} draws converged, so nothing can be said of their spread`);
  const drawnEstimates = new Float64Array(used * rows);
  const drawnStandardized = new Float64Array(used * rows);
  const statistics = new Float64Array(used);
  let at = 0;
  for (const chunk of chunks) {
    for (let d = 0; d < chunk.status.length; d++) {
      if (chunk.status[d] >= DRAW_NOT_CONVERGED) continue;
      drawnEstimates.set(chunk.estimates.subarray(d * rows, (d + 1) * rows), at * rows);
      drawnStandardized.set(chunk.standardized.subarray(d * rows, (d + 1) * rows), at * rows);
      statistics[at++] = chunk.statistics[d];
    }
  }
  const facts = {
    kind: 'bootstrap' as const, ...asked, used,
    notConverged: counts[DRAW_NOT_CONVERGED], failed: counts[DRAW_FAILED], inadmissible: counts[DRAW_INADMISSIBLE],
    estimates: bootstrapEstimates(fit, drawnEstimates, drawnStandardized, used, asked.level),
    testPValue: asked.type === 'bollen.stine' && state.test ? statistics.reduce((sum, value) => sum + (value > (state.test?.statistic ?? Infinity) ? 1 : 0), 0) / used : null,
    warnings: drawWarnings(counts, asked.draws),
    drawnEstimates, drawnStandardized
  };
  return Object.freeze({ ...facts, tidy: () => bootstrapTidy(facts), tables: () => bootstrapTables(facts) });
}

function drawWarnings(counts: readonly number[], draws: number): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const lost = counts[DRAW_NOT_CONVERGED] + counts[DRAW_FAILED];
  if (lost > 0) found.push(warning('draws-lost', `${lost} of ${draws} draws gave no solution (${counts[DRAW_NOT_CONVERGED]} did not converge, ${counts[DRAW_FAILED]} could not be fitted) and are left out`));
  if (counts[DRAW_INADMISSIBLE] > 0) found.push(warning('draws-inadmissible', `${counts[DRAW_INADMISSIBLE]} of ${draws} draws have an improper solution (a negative variance or the like); they are kept`));
  return found;
}

function bootstrapEstimates(fit: SemFit, drawn: Float64Array, standardized: Float64Array, used: number, level: number): readonly BootstrapEstimate[] {
  const state = stateOf(fit);
  const { table } = state;
  const width = table.rows.length;
  const acceleration = accelerations(state);
  const kept = table.rows.flatMap((row, i) => (row.op === '==' || row.op === '<' || row.op === '>' ? [] : [i]));
  return Object.freeze(
    kept.map((i, at): BootstrapEstimate => {
      const point = fit.parameters[at];
      const column = (source: Float64Array): DrawSummary => summarizeDraws(Float64Array.from({ length: used }, (_, d) => source[d * width + i]));
      const own = column(drawn);
      const std = column(standardized);
      const estimate = point.estimate;
      const varies = estimate !== null && own.sd > 1e-12 * Math.max(1, Math.abs(estimate));
      const limits = (kind: IntervalKind): Limits => (varies && estimate !== null ? interval(kind, estimate, own, level, acceleration?.[i] ?? 0) : null);
      const stdVaries = point.stdAll !== null && std.sd > 1e-12;
      const stdLimits = (kind: IntervalKind): Limits => (stdVaries && point.stdAll !== null ? interval(kind, point.stdAll, std, level) : null);
      const z = varies && estimate !== null ? estimate / own.sd : null;
      return Object.freeze({
        term: point.term, lhs: point.lhs, op: point.op, rhs: point.rhs, group: point.group, label: point.label, estimate,
        bias: varies && estimate !== null ? own.mean - estimate : null,
        stdError: varies ? finite(own.sd) : null,
        statistic: z,
        pValue: z === null ? null : normalTwoSided(z),
        intervals: { percentile: limits('percentile'), basic: limits('basic'), normal: limits('normal'), bc: limits('bc'), bca: acceleration ? limits('bca') : null },
        stdAll: point.stdAll,
        stdAllError: stdVaries ? finite(std.sd) : null,
        stdAllPercentile: stdLimits('percentile'),
        stdAllBc: stdLimits('bc')
      });
    })
  );
}
