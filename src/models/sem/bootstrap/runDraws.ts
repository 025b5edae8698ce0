import { createRandom } from '../../../numerics/random.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { buildProblem, partMaker, solve, type Estimation, type ModelProblem } from '../estimation/estimate.js';
import type { StartMethod } from '../estimation/start/startValues.js';
import { Admissibility } from '../fit/admissible.js';
import { momentDrawer } from './drawMoments.js';
import { rolesOfBlock } from '../structure/blocks.js';
import { DrawRecorder } from './drawRecorder.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, DRAW_USED, type BootstrapChunk, type BootstrapJob } from './job.js';
import { runRowDraws } from './rowDraws.js';
import { runOrdinalDraws } from './runOrdinalDraws.js';
import { NearbySolver } from './nearbySolver.js';

/** Scaled gradient and steps of the ordinary minimizer, for draws too far from the full sample's solution. */
const TOLERANCE = 1e-10;
const SCORING_STEPS = 200;

/** Draws `first` … `first + count − 1` of a run. */
export type DrawRunner = (first: number, count: number) => BootstrapChunk;

/** Runs the draws of a job. Pure: the same job gives the same bits anywhere. */
export function runDraws(job: BootstrapJob): BootstrapChunk {
  return drawRunner(job)(job.first, job.count);
}

/** Prepares what all draws of a run need; the bits of a draw do not depend on the ones before. */
export function drawRunner(job: Omit<BootstrapJob, 'first' | 'count'>): DrawRunner {
  const { ordinal } = job;
  if (ordinal) return (first, count) => runOrdinalDraws({ ...job, first, count }, ordinal);
  if (!drawsMoments(job)) return (first, count) => runRowDraws({ ...job, first, count });
  const { table, groups } = job;
  const rows = table.rows.length;
  const samples: GroupSample[] = groups.map((group) => ({ n: group.n, mean: group.mean.slice(), covariance: group.covariance.slice() }));
  const drawers = groups.map((group) => momentDrawer(group, group.mean.length));
  const likelihood = job.discrepancy === 'ML';
  const lost = likelihood && !job.wishart ? 0 : 1;
  const choice = { name: job.discrepancy, groupWeights: job.groupWeights };
  const build = (start: StartMethod): ModelProblem => buildProblem(table, samples, job.groupWeights, partMaker(choice, samples), start);
  const problem = build('simple');
  const near = likelihood ? NearbySolver.of(problem, job.from, samples) : null;
  const fixed = exogenousRows(problem);
  const recorder = new DrawRecorder(problem, job.multipliers);
  const admissibility = new Admissibility(table);
  const random = createRandom(job.seed);
  return (first, count) => {
    const chunk: BootstrapChunk = { first, estimates: new Float64Array(count * rows), standardized: new Float64Array(count * rows), status: new Uint8Array(count), statistics: new Float64Array(count) };
    for (let d = 0; d < count; d++) {
      const stream = random.fork(first + d);
      drawers.forEach((drawer, g) => drawer.draw(stream, lost, samples[g]));
      if (!samples.every((sample) => hasVariance(sample.covariance, sample.mean.length))) {
        chunk.status[d] = DRAW_FAILED;
        continue;
      }
      for (const { row, group, mean, at } of fixed) problem.objective.values[row] = mean ? samples[group].mean[at] : samples[group].covariance[at];
      const x = near?.solve() ?? null;
      const solved = x ? { problem, values: problem.objective.values.slice() } : attempt(() => build('informed'), job.from);
      chunk.status[d] = solved === null ? DRAW_FAILED : solved === 'not-converged' ? DRAW_NOT_CONVERGED : admissibility.holds(solved.values, solved.problem.implied) ? DRAW_USED : DRAW_INADMISSIBLE;
      if (solved !== null && solved !== 'not-converged') recorder.record(solved.problem, solved.values, chunk, d);
    }
    return chunk;
  };
}

/** Whether a draw needs no more than the moments of its rows. */
export function drawsMoments({ wholeRows, discrepancy, ordinal }: Omit<BootstrapJob, 'first' | 'count'>): boolean {
  return !ordinal && !wholeRows && discrepancy !== 'WLS' && discrepancy !== 'DWLS';
}

function hasVariance(covariance: Float64Array, p: number): boolean {
  for (let i = 0; i < p; i++) if (!(covariance[i * p + i] > 0)) return false;
  return true;
}

/** A row of the table whose value is a moment of the sample. */
interface SampleRow {
  readonly row: number;
  readonly group: number;
  readonly mean: boolean;
  /** Index among the means, or in the covariance matrix. */
  readonly at: number;
}

/** Moments of exogenous observed variables, which are fixed at the draw's own values. */
function exogenousRows({ table }: ModelProblem): readonly SampleRow[] {
  return table.rows.flatMap((row, i) => {
    if (!row.exo || row.free > 0) return [];
    const { observed } = rolesOfBlock(table, row.group - 1);
    const a = observed.indexOf(row.lhs);
    const mean = row.op === '~1';
    return [{ row: i, group: row.group - 1, mean, at: mean ? a : a * observed.length + observed.indexOf(row.rhs) }];
  });
}

interface Solved {
  readonly problem: ModelProblem;
  /** One per table row. */
  readonly values: Float64Array;
}

/** Fisher scoring from the full-sample solution, then from fresh starting values. */
function attempt(build: () => ModelProblem, from: Float64Array): Solved | 'not-converged' | null {
  const limits = { maxIterations: SCORING_STEPS, tolerance: TOLERANCE };
  const answer = (found: Estimation): Solved | null => (found.minimum.converged ? { problem: found, values: found.values } : null);
  try {
    return answer(solve(build(), { ...limits, from })) ?? answer(solve(build(), limits)) ?? 'not-converged';
  } catch {
    // A drawn covariance matrix that has no inverse (GLS): nothing can be estimated.
    return null;
  }
}
