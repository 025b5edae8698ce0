import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { runPieces, type DrawProgress, type DrawWorkers } from '../../drawChunks.js';
import type { SemFunction, SemOptions } from '../options.js';
import { cfa, growth, lavaan, sem } from '../sem.js';
import type { SemFit } from '../results.js';
import { population, type Population, type PopulationOptions } from './population.js';
import type { PowerResult } from './powerResult.js';
import { powerTables, powerTidy } from './powerTables.js';
import { runReplications, type ReplicationJob } from './replicationJob.js';
import { summarizeReplications, type SampleSizeSummary } from './summarizeReplications.js';
import { withoutValues } from './withoutValues.js';

export interface PowerOptions extends PopulationOptions {
  /** Rows per group; several give a power curve. */
  readonly n: number | readonly number[];
  /** Samples drawn at each n, 1000. */
  readonly replications?: number;
  readonly seed?: number;
  /** Level of the tests, .05; intervals have 1 − alpha. */
  readonly alpha?: number;
  /** The model that is fitted; by default the population's text without its values. */
  readonly analysis?: string;
  readonly fun?: SemFunction;
  /** Options of the fit. */
  readonly options?: SemOptions;
  readonly likert?: number;
  readonly missing?: number;
  readonly groupColumn?: string;
  readonly workers?: DrawWorkers;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly replications: number }) => void;
}

const KEYS = ['n', 'replications', 'seed', 'alpha', 'analysis', 'fun', 'options', 'likert', 'missing', 'groupColumn', 'workers', 'signal', 'onProgress', 'standardized', 'groups'] as const;
const FUNCTIONS = { sem, cfa, growth, lavaan } as const;
/** Replications handed to a worker, and between two looks at the abort signal. */
const CHUNK = 25;
const MOST_REPLICATIONS = 100_000;
/** Rows at which the population itself is fitted, so that the analysis model's own values are known. */
const POPULATION_ROWS = 1_000_000;
/** Discrepancy per row below which the analysis model holds in the population. */
const HOLDS = 1e-10;

/**
 * Monte Carlo study of a planned model: draws `replications` samples of n rows
 * from a population, fits the analysis model to each, and answers per
 * parameter bias, accuracy of standard errors, coverage of intervals and power
 * (share of replications with p < alpha), each with its Monte Carlo error.
 * Replications that fail, do not converge or are improper are counted.
 *
 * @throws SurveyError as `population`; `invalid-option`, `unknown-option`, `power-analysis` when the analysis model cannot be fitted to the population, `aborted`
 * @see Muthén & Muthén (2002), Structural Equation Modeling 9(4), 599–620
 * @example await power('f =~ 0.7*x1 + 0.7*x2 + 0.7*x3\n y ~ 0.3*f', { n: [100, 200], standardized: true, seed: 1 })
 */
export async function power(model: string | Population, options: PowerOptions): Promise<PowerResult> {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`power\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const { replications = 1000, seed = 1, alpha = 0.05, fun = 'sem', groupColumn = 'group', likert, missing, signal, onProgress } = options;
  const sizes = typeof options.n === 'number' ? [options.n] : [...options.n];
  if (sizes.length === 0) fail('invalid-option', '`n` names no sample size');
  for (const n of sizes) if (!Number.isInteger(n) || n < 2) fail('invalid-option', `\`n\` holds ${n}, expected whole numbers of rows`);
  if (!Number.isInteger(replications) || replications < 2 || replications > MOST_REPLICATIONS) fail('invalid-option', `\`replications\` is ${replications}, expected a whole number from 2 to ${MOST_REPLICATIONS}`);
  if (!(alpha > 0 && alpha < 1)) fail('invalid-option', `\`alpha\` is ${alpha}, expected a number between 0 and 1`);
  const from = typeof model === 'string' ? population(model, { ...(options.standardized === undefined ? {} : { standardized: options.standardized }), ...(options.groups ? { groups: options.groups } : {}) }) : model;
  const analysis = options.analysis ?? withoutValues(from.syntax);
  const semOptions: SemOptions = { ...options.options, level: 1 - alpha, ...(from.groups.length > 1 ? { group: groupColumn } : {}) };
  const { fit: truth, warnings } = fitPopulation(from, analysis, fun, semOptions, likert !== undefined || from.thresholds.size > 0);

  const { names, groups, thresholds } = from;
  const base = { population: { names, groups, thresholds }, analysis, fun, options: semOptions, groupColumn, seed, parameters: truth.parameters.length, ...(likert === undefined ? {} : { likert }), ...(missing === undefined ? {} : { missing }) };
  const jobs = sizes.flatMap((n, stream) => Array.from({ length: Math.ceil(replications / CHUNK) }, (_, c): ReplicationJob => ({ ...base, n, stream, first: c * CHUNK, count: Math.min(CHUNK, replications - c * CHUNK) })));
  const progress = onProgress && (({ done, draws }: DrawProgress): void => onProgress({ done, replications: draws }));
  const chunks = await runPieces('sem.replications', jobs.map(({ count }) => count), (at) => jobs[at], runReplications, { ...(options.workers ? { workers: options.workers } : {}), ...(signal ? { signal } : {}), ...(progress ? { onProgress: progress } : {}) }, (done, total) => `the study was stopped after ${done} of ${total} replications`);
  const summaries = sizes.map((n, stream) => summarizeReplications(n, chunks.filter((_, i) => jobs[i].stream === stream), truth.parameters, alpha));
  const facts = {
    kind: 'power' as const, seed, alpha, replications, analysis,
    sampleSizes: summaries.map(({ size }) => size),
    parameters: summaries.flatMap(({ parameters }) => parameters),
    warnings: [...warnings, ...summaries.flatMap(({ size }) => lostReplications(size))]
  };
  return Object.freeze({ ...facts, tidy: () => powerTidy(facts), tables: () => powerTables(facts) });
}

/** The analysis model fitted to the population: its estimates are what each parameter should come out as. */
function fitPopulation(from: Population, analysis: string, fun: SemFunction, options: SemOptions, coarsened: boolean): { readonly fit: SemFit; readonly warnings: readonly Diagnostic[] } {
  const { group: _group, ordered: _ordered, cluster: _cluster, samplingWeights: _weights, missing: _missing, estimator: _estimator, ...structural } = options;
  const fit = FUNCTIONS[fun](analysis, from.moments(POPULATION_ROWS), { ...structural, level: options.level ?? 0.95 });
  if (!fit.convergence.converged) fail('power-analysis', 'the analysis model cannot be fitted to the population itself', { help: fit.warnings[0]?.message ?? 'see whether it is identified' });
  const unidentified = fit.warnings.find(({ code }) => code === 'not-identified');
  if (unidentified) fail('power-analysis', `the analysis model is not identified: ${unidentified.message}`);
  const warnings: Diagnostic[] = [];
  if ((fit.measures.fmin ?? 0) > HOLDS) warnings.push(warning('misspecified', `the analysis model does not hold in the population (population RMSEA ${(fit.measures.rmsea ?? 0).toFixed(3)}): the values it is compared with are those that fit the population best`, { zh: `分析模型在总体中不成立（总体 RMSEA ${(fit.measures.rmsea ?? 0).toFixed(3)}）：比较的是对总体拟合最佳的值` }));
  if (coarsened) warnings.push(warning('coarsened', 'answers are cut to a scale: the values compared with belong to the uncut variables, so bias includes what the cutting does', { zh: '作答被切分为量表点：比较的真值属于未切分的变量，故偏差包含切分的影响' }));
  return { fit, warnings };
}

function lostReplications({ n, used, replications, notConverged, failed, inadmissible }: SampleSizeSummary): readonly Diagnostic[] {
  const all: Diagnostic[] = [];
  if (used < replications) all.push(warning('lost-replications', `n = ${n}: ${notConverged} of ${replications} replications did not converge and ${failed} could not be fitted; power is among the ${used} that did`, { zh: `n = ${n}：${replications} 次重复中 ${notConverged} 次未收敛、${failed} 次无法拟合；功效基于其余 ${used} 次` }));
  if (inadmissible > 0) all.push(warning('improper-replications', `n = ${n}: ${inadmissible} of the ${used} replications used are improper (a negative variance, say)`, { zh: `n = ${n}：所用 ${used} 次重复中有 ${inadmissible} 次为不恰当解（如负方差）` }));
  return all;
}

