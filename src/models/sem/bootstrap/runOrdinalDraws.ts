import { createRandom, type Random } from '../../../numerics/random.js';
import { SurveyError } from '../../../shared/diagnostic.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import { categoricalProblem } from '../categorical/categoricalProblem.js';
import { estimatedSample } from '../categorical/categoricalSample.js';
import type { CategoricalGroup } from '../categorical/sample/categoricalMoments.js';
import { solve, type Estimation } from '../estimation/estimate.js';
import { isAdmissible } from '../fit/admissible.js';
import { DrawRecorder } from './drawRecorder.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, DRAW_USED, type BootstrapChunk, type BootstrapJob, type OrdinalRows } from './job.js';

const LIMITS = { maxIterations: 200, tolerance: 1e-8 };

/**
 * Draws of a model with ordinal variables: rows with replacement inside each
 * group, then all three stages anew (thresholds, correlations and their
 * weights, model). A draw without one of the categories cannot be fitted.
 */
export function runOrdinalDraws(job: BootstrapJob, { sources, maps, zeroAdd, missing, discrepancy }: OrdinalRows): BootstrapChunk {
  const { table, count, first } = job;
  const rows = table.rows.length;
  const chunk: BootstrapChunk = { first, estimates: new Float64Array(count * rows), standardized: new Float64Array(count * rows), status: new Uint8Array(count).fill(DRAW_FAILED), statistics: new Float64Array(count) };
  const random = createRandom(job.seed);
  let recorder: DrawRecorder | undefined;
  for (let d = 0; d < count; d++) {
    const stream = random.fork(first + d);
    const drawn = sources.map((source) => resampled(source, stream));
    const solved = attempt(() => estimatedSample(drawn, maps, table.blockRoles.map(({ observed }) => observed.length), { discrepancy, zeroAdd, missing }), job);
    if (!solved) continue;
    if (!solved.minimum.converged) {
      chunk.status[d] = DRAW_NOT_CONVERGED;
      continue;
    }
    for (const part of solved.objective.parts) if (part instanceof CategoricalPart) part.finish(solved.values);
    recorder ??= new DrawRecorder(solved, job.multipliers);
    recorder.record(solved, solved.values, chunk, d);
    chunk.status[d] = isAdmissible(solved) ? DRAW_USED : DRAW_INADMISSIBLE;
  }
  return chunk;
}

/** As many rows of a group, drawn with replacement. */
function resampled(source: CategoricalGroup, random: Random): CategoricalGroup {
  const { n, columns, x, q } = source;
  const index = Int32Array.from({ length: n }, () => random.integer(n));
  const drawnX = new Float64Array(n * q);
  for (let i = 0; i < n; i++) for (let j = 0; j < q; j++) drawnX[i * q + j] = x[index[i] * q + j];
  return { ...source, columns: columns.map((column) => Float64Array.from(index, (i) => column[i])), x: drawnX };
}

/** From the full-sample solution, then from fresh starting values; null where the rows cannot be fitted. */
function attempt(sample: () => ReturnType<typeof estimatedSample>, { table, from }: BootstrapJob): Estimation | null {
  try {
    const drawn = sample();
    const near = solve(categoricalProblem(table, drawn, 'simple'), { ...LIMITS, from });
    return near.minimum.converged ? near : solve(categoricalProblem(table, drawn, 'informed'), LIMITS);
  } catch (error) {
    if (error instanceof SurveyError) return null;
    throw error;
  }
}
