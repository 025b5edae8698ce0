import { dot } from '../../../numerics/dense/dot.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { createRandom, type Random } from '../../../numerics/random.js';
import { rowMoments } from '../../../statistics/moments.js';
import { weightedCount, type GroupRows } from '../../../statistics/rows.js';
import { buildProblem, partMaker, solve, type DiscrepancyChoice, type Estimation } from '../estimation/estimate.js';
import { missingPatterns } from '../estimation/missingPatterns.js';
import { keeper, type IncompleteGroup, type SemSample } from '../estimation/sample.js';
import { saturatedMoments } from '../estimation/saturated.js';
import { isAdmissible } from '../fit/admissible.js';
import { adfWeights } from '../inference/adfWeight.js';
import { fixedExogenous } from '../inference/fixedExogenous.js';
import { variablesOfGroup } from '../structure/blocks.js';
import { DrawRecorder } from './drawRecorder.js';
import { DRAW_FAILED, DRAW_INADMISSIBLE, DRAW_NOT_CONVERGED, DRAW_USED, type BootstrapChunk, type BootstrapGroup, type BootstrapJob } from './job.js';

const TOLERANCE = 1e-9;
const MOST_STEPS = 200;

/**
 * Draws of whole rows, where moments of complete, equally weighted rows are not
 * enough: rows with missing answers keep their holes (a drawn row brings its
 * pattern), weighted rows their weights (scaled to the number of rows again),
 * clusters are drawn whole, and weights of fourth moments are formed anew.
 */
export function runRowDraws(job: BootstrapJob): BootstrapChunk {
  const { table, count, first } = job;
  const rows = table.rows.length;
  const chunk: BootstrapChunk = { first, estimates: new Float64Array(count * rows), standardized: new Float64Array(count * rows), status: new Uint8Array(count), statistics: new Float64Array(count) };
  const random = createRandom(job.seed);
  const drawers = job.groups.map((group) => rowDrawer(group, group.mean.length));
  for (let d = 0; d < count; d++) {
    const stream = random.fork(first + d);
    const drawn = weighed(drawers.map((draw) => draw(stream)));
    const solved = fitted(job, drawn);
    chunk.status[d] = solved === null ? DRAW_FAILED : !solved.minimum.converged ? DRAW_NOT_CONVERGED : isAdmissible(solved) ? DRAW_USED : DRAW_INADMISSIBLE;
    if (!solved?.minimum.converged) continue;
    const lost = drawnLoss(job);
    new DrawRecorder(solved, Float64Array.from(drawn, (group) => weightedCount(group) - lost)).record(solved, solved.values.slice(), chunk, d);
  }
  return chunk;
}

function drawnLoss(job: BootstrapJob): 0 | 1 {
  return job.discrepancy === 'ML' && !job.wishart ? 0 : 1;
}

/** Weights sum to the number of rows over all groups. */
function weighed(groups: readonly GroupRows[]): readonly GroupRows[] {
  if (!groups.some(({ weights }) => weights)) return groups;
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  let total = 0;
  for (const { weights } of groups) if (weights) for (const w of weights) total += w;
  return groups.map((group) => (group.weights ? { ...group, weights: group.weights.map((w) => (w * n) / total) } : group));
}

/** A fresh sample of one group per call. */
function rowDrawer(group: BootstrapGroup, p: number): (random: Random) => GroupRows {
  const { n, rows, weights, cluster, holes } = group;
  const label = '';
  if (rows === null) {
    const factor = group.covariance.slice();
    cholesky(factor, p);
    return (random) => {
      const values = new Float64Array(n * p);
      const z = new Float64Array(p);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < p; j++) z[j] = random.normal();
        for (let j = 0; j < p; j++) values[i * p + j] = holes?.[i * p + j] ? NaN : group.mean[j] + dot(factor, j * p, z, 0, j + 1);
      }
      return { label, n, values, index: Int32Array.from({ length: n }, (_, i) => i), ...(weights ? { weights } : {}) };
    };
  }
  const clusters = new Map<number, number[]>();
  cluster?.forEach((c, i) => clusters.set(c, [...(clusters.get(c) ?? []), i]));
  const members = [...clusters.values()];
  return (random) => {
    const index = cluster ? Int32Array.from(members.flatMap(() => members[random.integer(members.length)])) : Int32Array.from({ length: n }, () => random.integer(n));
    const values = new Float64Array(index.length * p);
    index.forEach((from, to) => values.set(rows.subarray(from * p, (from + 1) * p), to * p));
    return { label, n: index.length, values, index, ...(weights ? { weights: Float64Array.from(index, (i) => weights[i]) } : {}) };
  };
}

/** The model fitted to drawn rows: from the full sample's solution, then from fresh starting values; null where nothing can be fitted. */
function fitted(job: BootstrapJob, drawn: readonly GroupRows[]): Estimation | null {
  const { table, discrepancy } = job;
  const lost = drawnLoss(job);
  const counts = drawn.map(weightedCount);
  const n = counts.reduce((sum, count) => sum + count, 0);
  try {
    const incomplete: IncompleteGroup[] = [];
    const names = drawn.map((_, g) => variablesOfGroup(table, g));
    const groups = drawn.map((rows, g) => {
      const p = names[g].length;
      if (!job.incomplete) return { ...rowMoments(rows, p, lost === 0 ? 'n' : 'n-1'), n: counts[g] };
      const patterns = missingPatterns(rows, p);
      const saturated = saturatedMoments(rows, patterns, p);
      if (saturated) incomplete.push({ patterns, saturated, once: keeper() });
      return saturated ? { label: '', n: counts[g], mean: saturated.mean, covariance: saturated.covariance } : null;
    });
    const samples = groups.flatMap((group) => (group?.mean ? [{ n: group.n, mean: group.mean, covariance: group.covariance }] : []));
    if (samples.length < drawn.length || samples.some(({ mean, covariance }) => mean.some((_, i) => !(covariance[i * (mean.length + 1)] > 0)))) return null;
    const sample: SemSample = { names, groups: samples, groupLabels: table.groupLabels, n, hasMeans: true, rows: { names, groups: drawn, used: n, total: n, dropped: [], clusterCount: 0 }, report: { used: n, total: n, dropped: [] } };
    const groupWeights = Float64Array.from(samples, (group) => (group.n - (discrepancy === 'ML' ? 0 : 1)) / n);
    const momentWeights = discrepancy === 'WLS' || discrepancy === 'DWLS' ? adfWeights(discrepancy, sample, table.meanStructure, (g) => fixedExogenous({ table }, g)) : undefined;
    const choice: DiscrepancyChoice = { name: discrepancy, groupWeights, ...(job.incomplete ? { incomplete } : {}), ...(momentWeights ? { momentWeights } : {}) };
    const attempt = (from?: Float64Array): Estimation => solve(buildProblem(table, samples, groupWeights, partMaker(choice, samples), 'informed'), { maxIterations: MOST_STEPS, tolerance: TOLERANCE, ...(from ? { from } : {}) });
    const warm = attempt(job.from);
    return warm.minimum.converged ? warm : attempt();
  } catch {
    // Drawn moments that no estimator can use (a singular weight matrix): nothing can be estimated.
    return null;
  }
}
