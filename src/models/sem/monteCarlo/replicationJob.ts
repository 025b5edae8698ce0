import { createRandom } from '../../../numerics/random.js';
import { SurveyError } from '../../../shared/diagnostic.js';
import type { SemFunction, SemOptions } from '../options.js';
import { cfa, growth, lavaan, sem } from '../sem.js';
import type { SemFit } from '../results.js';
import type { Population } from './population.js';
import { drawSurvey } from './simulateSurvey.js';

/** Replications `first` … `first + count − 1` at one sample size, as plain data for a worker thread. */
export interface ReplicationJob {
  readonly population: Pick<Population, 'names' | 'groups' | 'thresholds'>;
  readonly analysis: string;
  readonly fun: SemFunction;
  readonly options: SemOptions;
  readonly n: number;
  readonly likert?: number;
  readonly missing?: number;
  readonly groupColumn: string;
  readonly seed: number;
  /** Stream of this sample size. */
  readonly stream: number;
  readonly first: number;
  readonly count: number;
  /** Parameters that are followed, in the order of the fit's own. */
  readonly parameters: number;
}

export const REPLICATION_USED = 0;
/** Used, but improper: a negative variance, say. */
export const REPLICATION_INADMISSIBLE = 1;
export const REPLICATION_NOT_CONVERGED = 2;
/** The drawn data could not be fitted at all, or have no standard errors. */
export const REPLICATION_FAILED = 3;

export interface ReplicationChunk {
  readonly first: number;
  readonly status: Uint8Array;
  /** count × parameters; NaN where there is none. */
  readonly estimates: Float64Array;
  readonly stdErrors: Float64Array;
  readonly pValues: Float64Array;
  /** Test p (scaled where the fit is), CFI and RMSEA; NaN where there is none. */
  readonly testPValues: Float64Array;
  readonly cfi: Float64Array;
  readonly rmsea: Float64Array;
}

/** Draws and fits; replication r uses stream r of its sample size, so the bits do not depend on how they are shared out. */
export function runReplications(job: ReplicationJob): ReplicationChunk {
  const { first, count, parameters } = job;
  const cells = (): Float64Array => new Float64Array(count * parameters).fill(NaN);
  const column = (): Float64Array => new Float64Array(count).fill(NaN);
  const chunk: ReplicationChunk = { first, status: new Uint8Array(count), estimates: cells(), stdErrors: cells(), pValues: cells(), testPValues: column(), cfi: column(), rmsea: column() };
  const streams = createRandom(job.seed).fork(job.stream);
  for (let r = 0; r < count; r++) {
    const fit = fitReplication(job, first + r, streams);
    chunk.status[r] = statusOf(fit);
    if (fit === null || chunk.status[r] >= REPLICATION_NOT_CONVERGED) continue;
    fit.parameters.forEach(({ estimate, stdError, pValue }, i) => {
      const at = r * parameters + i;
      chunk.estimates[at] = estimate ?? NaN;
      chunk.stdErrors[at] = stdError ?? NaN;
      chunk.pValues[at] = pValue ?? NaN;
    });
    const read = (name: string): number => fit.measures[`${name}.scaled`] ?? fit.measures[name] ?? NaN;
    chunk.testPValues[r] = read('pvalue');
    chunk.cfi[r] = read('cfi');
    chunk.rmsea[r] = read('rmsea');
  }
  return chunk;
}

const FUNCTIONS = { sem, cfa, growth, lavaan } as const;

function fitReplication(job: ReplicationJob, replication: number, streams: ReturnType<typeof createRandom>): SemFit | null {
  const { likert, missing, groupColumn, population, n } = job;
  // drawSurvey reads the moments alone of what a population is
  const survey = drawSurvey(population, streams.fork(replication), { n, seed: job.seed, groupColumn, ...(likert === undefined ? {} : { likert }), ...(missing === undefined ? {} : { missing }) });
  try {
    return FUNCTIONS[job.fun](job.analysis, survey, job.options);
  } catch (error) {
    // data that cannot be fitted (an empty category, no variance) are counted; anything else is a fault of ours
    if (error instanceof SurveyError) return null;
    throw error;
  }
}

function statusOf(fit: SemFit | null): number {
  if (fit === null) return REPLICATION_FAILED;
  if (!fit.convergence.converged) return REPLICATION_NOT_CONVERGED;
  if (fit.parameters.every(({ stdError }) => stdError === null)) return REPLICATION_FAILED;
  return fit.admissible ? REPLICATION_USED : REPLICATION_INADMISSIBLE;
}
