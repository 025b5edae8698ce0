import { cholesky } from '../../../numerics/dense/cholesky.js';
import { minimizeNear, QuasiNewtonWorkspace } from '../../../numerics/optimize/quasiNewton.js';
import { createRandom } from '../../../numerics/random.js';
import { MaximumLikelihood, type GroupSample } from '../discrepancy/normalTheory.js';
import { buildProblem, partMaker, rowValues, solve, type Estimation, type ModelProblem } from '../estimation/estimate.js';
import { NormalPart } from '../estimation/normalPart.js';
import { isAdmissible } from '../fit/admissible.js';
import { standardizedValues } from '../standardize.js';
import { MomentDrawer, type DrawSource } from './drawMoments.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, DRAW_USED, type BootstrapChunk, type BootstrapGroup, type BootstrapJob } from './job.js';

/** Scaled gradient at which a draw's solution is final: about a millionth of a standard error from the minimum. */
const TOLERANCE = 1e-6;
/** Steps from the full-sample solution before Fisher scoring takes over. */
const NEAR_STEPS = 60;
const SCORING_STEPS = 200;

/** Runs draws `first` … `first + count − 1`. Pure: the same job gives the same bits anywhere. */
export function runDraws(job: BootstrapJob): BootstrapChunk {
  const { table, groups, count, first } = job;
  const p = table.roles.observed.length;
  const rows = table.rows.length;
  const samples: GroupSample[] = groups.map((group) => ({ n: group.n, mean: group.mean.slice(), covariance: group.covariance.slice() }));
  const drawers = groups.map((group) => new MomentDrawer(drawSource(group, p), p));
  const likelihood = job.discrepancy === 'ML';
  const lost = likelihood && !job.wishart ? 0 : 1;
  const choice = { name: job.discrepancy, groupWeights: job.groupWeights };
  const build = (): ModelProblem => buildProblem(table, samples, job.groupWeights, partMaker(choice, samples), 'informed');
  const near = likelihood ? nearby(build(), job.from) : null;
  const chunk: BootstrapChunk = { first, estimates: new Float64Array(count * rows), standardized: new Float64Array(count * rows), status: new Uint8Array(count), statistics: new Float64Array(count) };
  const random = createRandom(job.seed);
  for (let d = 0; d < count; d++) {
    const stream = random.fork(first + d);
    drawers.forEach((drawer, g) => drawer.draw(stream, lost, samples[g]));
    if (near) fixExogenous(near.problem, samples);
    const solved = samples.every((sample) => hasVariance(sample.covariance, p)) ? ((near && solveNear(near, job.from)) ?? attempt(build, job.from)) : null;
    chunk.status[d] = solved === null ? DRAW_FAILED : !solved.minimum.converged ? DRAW_NOT_CONVERGED : isAdmissible(solved) ? DRAW_USED : DRAW_INADMISSIBLE;
    if (solved === null || !solved.minimum.converged) continue;
    store(solved, job, chunk, d);
  }
  return chunk;
}

function drawSource(group: BootstrapGroup, p: number): DrawSource {
  if (group.rows === null) {
    const factor = group.covariance.slice();
    cholesky(factor, p);
    return { kind: 'normal', n: group.n, mean: group.mean, factor };
  }
  const centred = group.rows.slice();
  for (let i = 0; i < group.n; i++) for (let j = 0; j < p; j++) centred[i * p + j] -= group.mean[j];
  return { kind: 'rows', n: group.n, centred, centre: group.mean };
}

function hasVariance(covariance: Float64Array, p: number): boolean {
  for (let i = 0; i < p; i++) if (!(covariance[i * p + i] > 0)) return false;
  return true;
}

/** A problem that is kept over the draws, with its curvature at the full-sample solution. */
interface Nearby {
  readonly problem: ModelProblem;
  readonly factor: Float64Array;
  readonly scale: Float64Array;
  readonly work: QuasiNewtonWorkspace;
  readonly discrepancies: readonly MaximumLikelihood[];
}

/** Null when the problem has constraints or its Hessian is not positive definite. */
function nearby(problem: ModelProblem, from: Float64Array): Nearby | null {
  const { objective, constraints } = problem;
  const n = objective.size;
  if (constraints || n === 0 || objective.evaluate(from) === null) return null;
  const discrepancies: MaximumLikelihood[] = [];
  for (const part of objective.parts) {
    if (!(part instanceof NormalPart) || !(part.discrepancy instanceof MaximumLikelihood)) return null;
    discrepancies.push(part.discrepancy);
  }
  const factor = new Float64Array(n * n);
  objective.information(factor);
  const scale = Float64Array.from({ length: n }, (_, k) => Math.sqrt(factor[k * n + k]));
  return cholesky(factor, n) >= 0 ? null : { problem, factor, scale, work: new QuasiNewtonWorkspace(n), discrepancies };
}

function solveNear({ problem, factor, scale, work, discrepancies }: Nearby, from: Float64Array): Estimation | null {
  for (const discrepancy of discrepancies) discrepancy.readSample();
  const x = from.slice();
  if (!minimizeNear(problem.objective, x, factor, scale, TOLERANCE, NEAR_STEPS, work)) return null;
  return { ...problem, minimum: { x, value: 0, converged: true, iterations: 0, gradient: 0, message: '' }, x, values: rowValues(problem, x), active: [] };
}

/** Moments of exogenous observed variables are fixed at the draw's own values. */
function fixExogenous({ table, objective }: ModelProblem, samples: readonly GroupSample[]): void {
  const { observed } = table.roles;
  table.rows.forEach((row, i) => {
    if (!row.exo || row.free > 0) return;
    const { mean, covariance } = samples[row.group - 1];
    const a = observed.indexOf(row.lhs);
    objective.values[i] = row.op === '~1' ? mean[a] : covariance[a * observed.length + observed.indexOf(row.rhs)];
  });
}

/** Fisher scoring from the full-sample solution, then from fresh starting values. */
function attempt(build: () => ModelProblem, from: Float64Array): Estimation | null {
  try {
    const problem = build();
    const limits = { maxIterations: SCORING_STEPS, tolerance: TOLERANCE };
    const warm = solve(problem, { ...limits, from });
    return warm.minimum.converged ? warm : solve(build(), limits);
  } catch {
    // A drawn covariance matrix that has no inverse (GLS): nothing can be estimated.
    return null;
  }
}

function store(solved: Estimation, job: BootstrapJob, chunk: BootstrapChunk, d: number): void {
  const { table, implied, values, names, objective } = solved;
  const rows = table.rows.length;
  const standardized = values.slice();
  const exogenous = new Set(table.roles.exogenousObserved);
  implied.forEach((group, g) => standardizedValues(table, group.structure, group, g + 1, values, 'std.all', exogenous, standardized));
  table.rows.forEach((row, i) => {
    if (row.op === ':=' && row.expression) standardized[i] = names.value(row.expression, standardized);
  });
  chunk.estimates.set(values, d * rows);
  chunk.standardized.set(standardized, d * rows);
  let statistic = 0;
  for (let g = 0; g < objective.groupValues.length; g++) statistic += job.multipliers[g] * objective.groupValues[g];
  chunk.statistics[d] = statistic;
}
