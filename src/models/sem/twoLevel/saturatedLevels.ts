import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { rowValues, solve, type Estimation } from '../estimation/estimate.js';
import type { ParameterTable } from '../parameterTable.js';
import { placeOfBlock } from '../structure/blocks.js';
import type { ClusteredGroup } from './clusteredGroup.js';
import { momentTable } from './levelTables.js';
import { positiveLevels } from './positiveLevels.js';
import { twoLevelProblem } from './twoLevelProblem.js';

/** The unrestricted model of both levels. */
export interface SaturatedLevels {
  readonly estimation: Estimation;
  /** Moments per block; the means of variables of both levels stand at level 2. */
  readonly moments: readonly GroupSample[];
  /** N·F per group: −2 log-likelihood less constants. */
  readonly values: readonly number[];
  readonly warnings: readonly Diagnostic[];
}

const LIMITS = { maxIterations: 500, tolerance: 1e-10 };
/** Share of a variance that a starting between-variance has at least. */
const SMALLEST_SHARE = 0.02;

/**
 * Maximum-likelihood Σ_W, Σ_B and means without a model; of few clusters, whose
 * likelihood may rise without end as Σ_B leaves the covariance matrices, the
 * best among those (`positiveLevels`). They start at the
 * moments that are exact for clusters of one size, Σ_W = S_PW and
 * Σ_B = S_B − S_PW / s̄, and end by Fisher scoring and Newton steps; an
 * expectation-maximization algorithm has the same optimum, which it nears by
 * small steps.
 *
 * @see Muthén (1990); du Toit & du Toit (2008) in Handbook of Multilevel Analysis
 * @throws SurveyError `saturated-levels` when there is no optimum
 */
export function saturatedLevels(table: ParameterTable, groups: readonly ClusteredGroup[]): SaturatedLevels {
  const start = groups.flatMap(balancedMoments);
  const problem = twoLevelProblem(momentTable(table, 'saturated', false), groups, start, groups.map(() => 0), 'simple');
  const from = problem.start.slice();
  problem.table.rows.forEach((row, i) => {
    const block = start[2 * (row.group - 1) + row.level - 1];
    const names = problem.structure.groups[2 * (row.group - 1) + row.level - 1].observed;
    const [a, b] = [names.indexOf(row.lhs), names.indexOf(row.rhs)];
    if (row.op === '~~') from[i] = block.covariance[a * names.length + b];
    else if (row.ustart === null) from[i] = block.mean[a];
  });
  const plain = solve(problem, { ...LIMITS, from: Float64Array.from(problem.structure.firstRow, (row) => from[row]) });
  // an optimum outside the covariance matrices holds the fitted models that lie there; where none exists, the best covariance matrix does
  const estimation = plain.minimum.converged ? plain : atBoundary(plain, positiveLevels(problem, groups, start));
  if (!estimation) {
    return fail('saturated-levels', `the covariance matrices within and between clusters cannot be estimated: ${plain.minimum.message}`, { help: 'too few clusters for so many variables, or variables that are sums of others; use fewer variables' });
  }
  const moments = estimation.implied.map(({ structure, sigma, mu }, block): GroupSample => {
    const group = groups[Math.floor(block / 2)];
    return { n: block % 2 === 0 ? group.n : group.clusters, mean: mu.slice(0, structure.p), covariance: sigma.slice(0, structure.p ** 2) };
  });
  const values = groups.map(({ n }, g) => n * estimation.objective.groupValues[g]);
  return { estimation, moments, values, warnings: betweenWarnings(table, estimation, estimation === plain ? -EIGEN_TOLERANCE : SINGULAR) };
}

/** The unrestricted model at moments found by another way; null where they were not found. */
function atBoundary(problem: Estimation, x: Float64Array | null): Estimation | null {
  const value = x ? problem.objective.evaluate(x) : null;
  return x && value !== null ? { ...problem, x, values: rowValues(problem, x), minimum: { ...problem.minimum, x, value, converged: true } } : null;
}

/** Σ_W = S_PW and Σ_B = S_B − S_PW / s̄ with variances kept positive; total covariances for within-only variables. */
function balancedMoments(group: ClusteredGroup): readonly GroupSample[] {
  const { names, within, between, vectors, clusters, pooled, n, deviations, clusterOf } = group;
  const q = names.length;
  const p = within.length;
  const level2 = between.length;
  const mean = new Float64Array(q);
  for (let j = 0; j < clusters; j++) for (let k = 0; k < q; k++) mean[k] += vectors[j * q + k] / clusters;
  const isBoth = new Set(between);
  const withinCovariance = pooled.slice();
  // a within-only variable varies over all rows alike, so its whole covariance is within
  const total = new Float64Array(p * p);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < p; k++) {
      const a = deviations[i * p + k] + vectors[clusterOf[i] * q + within[k]] - mean[within[k]];
      for (let l = 0; l < p; l++) total[k * p + l] += (a * (deviations[i * p + l] + vectors[clusterOf[i] * q + within[l]] - mean[within[l]])) / n;
    }
  for (let k = 0; k < p; k++) for (let l = 0; l < p; l++) if (!isBoth.has(within[k]) && !isBoth.has(within[l])) withinCovariance[k * p + l] = total[k * p + l];
  const betweenCovariance = new Float64Array(level2 * level2);
  for (let j = 0; j < clusters; j++) for (let k = 0; k < level2; k++) for (let l = 0; l < level2; l++) betweenCovariance[k * level2 + l] += ((vectors[j * q + k] - mean[k]) * (vectors[j * q + l] - mean[l])) / clusters;
  const size = n / clusters;
  for (let k = 0; k < p; k++)
    for (let l = 0; l < p; l++) {
      if (!isBoth.has(within[k]) || !isBoth.has(within[l])) continue;
      const at = within[k] * level2 + within[l];
      const value = betweenCovariance[at] - pooled[k * p + l] / size;
      betweenCovariance[at] = k === l ? Math.max(value, SMALLEST_SHARE * pooled[k * p + k]) : value;
    }
  return [
    { n, mean: Float64Array.from(within, (entry) => (isBoth.has(entry) ? 0 : mean[entry])), covariance: withinCovariance },
    { n: clusters, mean: Float64Array.from(between, (entry) => mean[entry]), covariance: betweenCovariance }
  ];
}

const EIGEN_TOLERANCE = 1e-8;
/** Share of the largest eigenvalue below which the smallest is 0. */
const SINGULAR = 1e-5;

/** Says where the unrestricted Σ_B is no covariance matrix: rows within clusters differ more than chance lets their means. */
function betweenWarnings(table: ParameterTable, { implied }: Estimation, least: number): readonly Diagnostic[] {
  return implied.flatMap(({ structure, sigma }, block): Diagnostic[] => {
    const { p, observed } = structure;
    if (block % 2 === 0 || p === 0) return [];
    const { values, vectors } = symmetricEigen(sigma, p);
    if (values[0] >= least * values[p - 1]) return [];
    let most = 0;
    for (let i = 1; i < p; i++) if (Math.abs(vectors[i * p]) > Math.abs(vectors[most * p])) most = i;
    return [
      warning('saturated-between', `the covariance matrix between clusters is not positive definite without any model${placeOfBlock(table, block)}: smallest eigenvalue ${values[0].toPrecision(3)}, mostly \`${observed[most]}\``, {
        help: `the clusters hardly differ in \`${observed[most]}\`, or there are few of them; leave it to level 1, or read the model of level 2 with care`,
        zh: `即使不设模型，组间协方差矩阵也不是正定的：最小特征值为 ${values[0].toPrecision(3)}，主要来自 \`${observed[most]}\``,
        helpZh: `各组在 \`${observed[most]}\` 上几乎没有差异，或组数太少；请只在第一层使用它，或谨慎解读第二层模型`
      })
    ];
  });
}
