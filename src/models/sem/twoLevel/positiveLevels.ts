import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { minimizeByScoring } from '../../../numerics/optimize/scoring.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { freeValues, type ModelProblem } from '../estimation/estimate.js';
import type { Parameter, ParameterTable, VariableRoles } from '../parameterTable.js';
import type { ClusteredGroup } from './clusteredGroup.js';
import { pivotedRoot, type PivotedRoot } from './pivotedRoot.js';
import { twoLevelProblem } from './twoLevelProblem.js';

const LIMITS = { maxIterations: 500, tolerance: 1e-9 };
/** An eigenvalue of ∂f/∂Σ_B, in units of the variables, below which more rank lowers f. */
const DOWNHILL = -1e-6;
/** Share of a within-variance that a new direction of Σ_B starts with. */
const FIRST_SHARE = 0.05;

/**
 * Maximum-likelihood moments of both levels with Σ_B among the covariance
 * matrices, where the optimum of few clusters lies on their boundary:
 * Σ_B = LLᵀ with as many columns as it has rank. The rank grows from that of
 * the between-only variables as long as ∂f/∂Σ_B has a direction downhill,
 * so that every step is a regular problem; expectation-maximization goes to
 * the same optimum by ever smaller steps.
 *
 * @param moments the unrestricted model, all moments free
 * @param start moments of every block to start from
 * @returns values of the free parameters of `moments`; null when no optimum was found
 */
export function positiveLevels(moments: ModelProblem, groups: readonly ClusteredGroup[], start: readonly GroupSample[]): Float64Array | null {
  const { table } = moments;
  const unit = groups.map((group, g) => Float64Array.from(group.between, (entry, i) => {
    const k = group.within.indexOf(entry);
    return Math.sqrt(k < 0 ? start[2 * g + 1].covariance[i * (group.between.length + 1)] : start[2 * g].covariance[k * (group.within.length + 1)]);
  }));
  let current: readonly GroupSample[] = start.map((sample, block) => (block % 2 === 0 ? sample : { ...sample, covariance: betweenOnly(sample, groups[(block - 1) / 2]) }));
  const most = groups.reduce((sum, { between }) => sum + between.length, 0);
  for (let round = 0; round <= most; round++) {
    const roots = current.map(({ covariance, mean }, block) => (block % 2 === 0 ? null : pivotedRoot(covariance, mean.length)));
    const solved = solveRank(table, groups, current, roots);
    if (!solved) return null;
    current = solved;
    const x = freeMoments(moments, current);
    if (moments.objective.evaluate(x) === null) return null;
    const gradient = new Float64Array(moments.structure.size);
    moments.objective.gradient(gradient);
    let grown = false;
    current = current.map((sample, block) => {
      if (block % 2 === 0) return sample;
      const wider = uphill(moments, block, gradient, unit[(block - 1) / 2], sample);
      if (wider !== sample) grown = true;
      return wider;
    });
    if (!grown) return x;
  }
  return null;
}

/** The between-only variables' own covariances; the parts of the others start without variance. */
function betweenOnly({ covariance, mean }: GroupSample, { within }: ClusteredGroup): Float64Array {
  const p = mean.length;
  const both = new Set(within);
  return covariance.map((value, at) => (both.has(Math.floor(at / p)) || both.has(at % p) ? 0 : value));
}

/** The optimum with Σ_B of the rank of its roots; null when it was not found. */
function solveRank(table: ParameterTable, groups: readonly ClusteredGroup[], from: readonly GroupSample[], roots: readonly (PivotedRoot | null)[]): readonly GroupSample[] | null {
  const problem = twoLevelProblem(rootTable(table, roots), groups, from, groups.map(() => 0), 'simple');
  const start = problem.start.slice();
  problem.table.rows.forEach((row, i) => {
    const block = 2 * (row.group - 1) + row.level - 1;
    const { observed, latent } = problem.structure.groups[block];
    const p = observed.length;
    const [a, b] = [observed.indexOf(row.lhs), observed.indexOf(row.rhs)];
    if (row.op === '=~') start[i] = (roots[block] as PivotedRoot).columns[latent.indexOf(row.lhs)][b];
    else if (row.free > 0) start[i] = row.op === '~~' ? from[block].covariance[a * p + b] : from[block].mean[a];
  });
  const minimum = minimizeByScoring(problem.objective, freeValues(problem.structure, start), LIMITS);
  if (!minimum.converged || problem.objective.evaluate(minimum.x) === null) return null;
  return problem.implied.map(({ structure: { p }, sigma, mu }, block) => ({ n: from[block].n, mean: mu.slice(0, p), covariance: sigma.slice(0, p * p) }));
}

/** Σ_B with a little more variance where that lowers f most; itself where nothing does. */
function uphill({ structure, table }: ModelProblem, block: number, gradient: Float64Array, unit: Float64Array, sample: GroupSample): GroupSample {
  const { observed } = structure.groups[block];
  const p = observed.length;
  const slope = new Float64Array(p * p);
  table.rows.forEach((row, i) => {
    if (row.op !== '~~' || 2 * (row.group - 1) + row.level - 1 !== block) return;
    const [a, b] = [observed.indexOf(row.lhs), observed.indexOf(row.rhs)];
    slope[a * p + b] = slope[b * p + a] = (gradient[structure.position[i]] * unit[a] * unit[b]) / (a === b ? 1 : 2);
  });
  const { values, vectors } = symmetricEigen(slope, p);
  if (p === 0 || values[0] >= DOWNHILL) return sample;
  const covariance = sample.covariance.slice();
  for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) covariance[a * p + b] += FIRST_SHARE * unit[a] * unit[b] * vectors[a * p] * vectors[b * p];
  return { ...sample, covariance };
}

/** Values of the free parameters of a table of moments. */
function freeMoments({ structure, table }: ModelProblem, moments: readonly GroupSample[]): Float64Array {
  return Float64Array.from(structure.firstRow, (at) => {
    const { lhs, op, rhs, group, level } = table.rows[at];
    const block = 2 * (group - 1) + level - 1;
    const names = structure.groups[block].observed;
    const a = names.indexOf(lhs);
    return op === '~~' ? moments[block].covariance[a * names.length + names.indexOf(rhs)] : moments[block].mean[a];
  });
}

/** The unrestricted model with Σ_B by its root: one latent variable of variance 1 per column, and nothing else. */
function rootTable(moments: ParameterTable, roots: readonly (PivotedRoot | null)[]): ParameterTable {
  const rows: Parameter[] = [];
  let free = 0;
  const push = (row: Parameter, isFree: boolean, ustart: number | null): void => {
    const id = rows.length + 1;
    rows.push({ ...row, id, plabel: `.p${id}.`, free: isFree ? ++free : 0, ustart });
  };
  for (const row of moments.rows) {
    if (row.level === 1 || row.op !== '~~') push(row, row.free > 0, row.ustart);
    else if (row.lhs === row.rhs) push(row, false, 0);
  }
  const blockRoles = (moments.blockRoles ?? []).map((roles, block): VariableRoles => {
    const root = roots[block];
    if (!root) return roles;
    // no name of a model can hold a space
    const latent = root.columns.map((_, k) => `root ${k + 1}`);
    latent.forEach((lhs, k) => {
      const place = { ...moments.rows[0], lhs, group: (block + 1) / 2, level: 2 };
      for (const i of root.order.slice(k)) push({ ...place, op: '=~', rhs: roles.observed[i] }, true, null);
      push({ ...place, op: '~~', rhs: lhs }, false, 1);
      push({ ...place, op: '~1', rhs: '' }, false, 0);
    });
    return { ...roles, latent };
  });
  return { ...moments, rows, freeCount: free, blockRoles, roles: { ...moments.roles, latent: [...new Set(blockRoles.flatMap(({ latent }) => latent))] } };
}
