import { describe, expect, it } from 'vitest';
import { parseModel } from '../../../../../src/language/parser.js';
import { cholesky, choleskySolve, logDeterminant } from '../../../../../src/numerics/dense/cholesky.js';
import { createRandom } from '../../../../../src/numerics/random.js';
import { freeValues, solve, type ModelProblem } from '../../../../../src/models/sem/estimation/estimate.js';
import { semSample } from '../../../../../src/models/sem/estimation/sample.js';
import type { SemOptions } from '../../../../../src/models/sem/options.js';
import { resolveOptions } from '../../../../../src/models/sem/specification/resolveOptions.js';
import { specify } from '../../../../../src/models/sem/specify.js';
import { clusteredGroup, type ClusteredGroup } from '../../../../../src/models/sem/twoLevel/clusteredGroup.js';
import { saturatedLevels } from '../../../../../src/models/sem/twoLevel/saturatedLevels.js';
import { derivatives } from '../../../../../src/models/sem/implied/derivatives.js';
import { ModelObjective } from '../../../../../src/models/sem/estimation/modelObjective.js';
import { incompleteClusters } from '../../../../../src/models/sem/twoLevel/incompleteClusters.js';
import { IncompleteTwoLevelPart } from '../../../../../src/models/sem/twoLevel/incompleteTwoLevelPart.js';
import type { TwoLevelPart } from '../../../../../src/models/sem/twoLevel/twoLevelPart.js';
import { isLevelPart } from '../../../../../src/models/sem/twoLevel/levelPart.js';
import { twoLevelProblem } from '../../../../../src/models/sem/twoLevel/twoLevelProblem.js';
import { surveyFromColumns } from '../../../../../src/survey/surveyFromColumns.js';
import type { GroupRows } from '../../../../../src/statistics/rows.js';
import { BOTH_LEVELS, clusteredSurvey, COVARIATES } from './clusteredSurvey.js';

const survey = clusteredSurvey();

interface Prepared {
  readonly problem: ModelProblem;
  readonly groups: readonly ClusteredGroup[];
  readonly rows: readonly GroupRows[];
  readonly columns: readonly string[];
}

/** One answer in seven missing, one variable of a whole cluster, and the between-only variable of some clusters. */
const holes = surveyFromColumns(Object.fromEntries(survey.names().map((name, k) => {
  if (name === 'id' || name === 'group') return [name, survey.labels(name) as string[]];
  const cluster = survey.labels('id');
  return [name, Array.from(survey.numeric(name), (value, i) => (name === 'w' ? Number(cluster[i]?.slice(1)) % 11 === 4 : (i * 7 + k * 13) % 29 < 4 || (k === 1 && cluster[i] === 'c5')) ? NaN : value)];
})), { name: 'holes' });

function prepare(text: string, given: SemOptions = {}): Prepared {
  const data = given.missing === 'ml' ? holes : survey;
  const groupLabels = given.group ? ['b', 'a'] : [''];
  const options = resolveOptions({ cluster: 'id', ...given }, 'sem', { categorical: false, groupCount: groupLabels.length, hasIntercepts: false, hasLevels: true, hasMeans: true });
  const table = specify(parseModel(text), { names: data.names(), groupLabels }, options);
  const sample = semSample(data, table, options, given.missing === 'ml' ? table.blockRoles[0].observed : null);
  const rows = sample.rows?.groups ?? [];
  const groups = rows.map((group, g) => clusteredGroup(group, group.cluster as Int32Array, sample.names[g], table.blockRoles[2 * g].observed, table.blockRoles[2 * g + 1].observed));
  const saturated = saturatedLevels(table, groups);
  return { problem: twoLevelProblem(table, groups, saturated.moments, saturated.values, 'informed'), groups, rows, columns: sample.names[0] };
}

function anyPoint({ structure, start }: ModelProblem, seed: number): Float64Array {
  const random = createRandom(seed);
  return freeValues(structure, start).map((value) => value + 0.04 * random.normal());
}

/** −2 log-likelihood of one cluster from the normal density of all its rows, with its between-only variables once. */
function clusterDensity({ problem, groups, rows, columns }: Prepared, g: number, j: number): number {
  const group = groups[g];
  const [within, between] = [problem.implied[2 * g], problem.implied[2 * g + 1]];
  const { observed: level1, p } = within.structure;
  const { observed: level2, p: q } = between.structure;
  const only = level2.filter((name) => !level1.includes(name));
  const members = Array.from({ length: group.n }, (_, i) => i).filter((i) => group.clusterOf[i] === j);
  const valueOf = (name: string, row: number): number => rows[g].values[(row < 0 ? members[0] : row) * columns.length + columns.indexOf(name)];
  const entries = [...only.map((name) => ({ name, row: -1 })), ...members.flatMap((row) => level1.map((name) => ({ name, row })))].filter(({ name, row }) => !Number.isNaN(valueOf(name, row)));
  const n = entries.length;
  const v = new Float64Array(n * n);
  const d = new Float64Array(n);
  entries.forEach((a, r) => {
    const [w, b] = [level1.indexOf(a.name), level2.indexOf(a.name)];
    d[r] = valueOf(a.name, a.row) - (w >= 0 && a.row >= 0 ? within.mu[w] : 0) - (b >= 0 ? between.mu[b] : 0);
    entries.forEach((c, s) => {
      const [w2, b2] = [level1.indexOf(c.name), level2.indexOf(c.name)];
      if (b >= 0 && b2 >= 0) v[r * n + s] += between.sigma[b * q + b2];
      if (a.row >= 0 && a.row === c.row) v[r * n + s] += within.sigma[w * p + w2];
    });
  });
  expect(cholesky(v, n)).toBeLessThan(0);
  const solved = d.slice();
  choleskySolve(v, n, solved);
  return logDeterminant(v, n) + solved.reduce((sum, value, i) => sum + value * d[i], 0);
}

/** −2 log-likelihood of all clusters without constants of π, at the problem's current point. */
function density(prepared: Prepared): number {
  return prepared.groups.reduce((sum, group, g) => sum + Array.from({ length: group.clusters }, (_, j) => clusterDensity(prepared, g, j)).reduce((a, b) => a + b, 0), 0);
}

const MODELS: readonly (readonly [string, string, SemOptions])[] = [
  ['a factor on each level', BOTH_LEVELS, {}],
  ['covariates of each level and a label over both', COVARIATES, { fixedX: false }],
  ['fixed covariates', COVARIATES, {}],
  ['two groups', COVARIATES, { group: 'group', fixedX: false }],
  ['no latent variable', 'level: 1\n y1 ~ y2 + x\nlevel: 2\n y1 ~ y2 + w', { fixedX: false }],
  ['missing answers', BOTH_LEVELS, { missing: 'ml' }],
  ['missing answers of both levels and a label over both', COVARIATES, { missing: 'ml', fixedX: false }],
  ['missing answers, fixed covariates', COVARIATES, { missing: 'ml' }],
  ['missing answers in two groups', COVARIATES, { missing: 'ml', group: 'group', fixedX: false }],
  ['missing answers, no latent variable', 'level: 1\n y1 ~ y2 + x\nlevel: 2\n y1 ~ y2 + w', { missing: 'ml', fixedX: false }]
];

describe('the two-level likelihood', () => {
  it.each(MODELS)('%s: differences equal those of the density of whole clusters', (_, text, options) => {
    const prepared = prepare(text, options);
    const { objective } = prepared.problem;
    const n = prepared.groups.reduce((sum, group) => sum + group.n, 0);
    const at = (seed: number): readonly [number, number] => [2 * n * (objective.evaluate(anyPoint(prepared.problem, seed)) as number), density(prepared)];
    const [one, two] = [at(1), at(2)];
    expect(one[0] - two[0]).toBeCloseTo(one[1] - two[1], 6);
  });

  it.each(MODELS)('%s: gradient and Hessian agree with differences', (_, text, options) => {
    const { problem } = prepare(text, options);
    const { objective } = problem;
    const x = anyPoint(problem, 3);
    const size = objective.size;
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    expect(objective.evaluate(x)).not.toBeNull();
    objective.gradient(gradient);
    objective.hessian(hessian);
    const [up, down] = [new Float64Array(size), new Float64Array(size)];
    for (let k = 0; k < size; k++) {
      const h = 1e-5;
      const point = x.slice();
      point[k] = x[k] + h;
      const above = objective.evaluate(point) as number;
      objective.gradient(up);
      point[k] = x[k] - h;
      const below = objective.evaluate(point) as number;
      objective.gradient(down);
      expect((above - below) / (2 * h)).toBeCloseTo(gradient[k], 8);
      for (let l = 0; l < size; l++) expect((up[l] - down[l]) / (2 * h)).toBeCloseTo(hessian[Math.max(k, l) * size + Math.min(k, l)], 7);
    }
  });

  it.each(MODELS)('%s: the scores of the clusters are the derivatives of their densities', (_, text, options) => {
    const prepared = prepare(text, options);
    const { problem, groups } = prepared;
    const { objective } = problem;
    const x = anyPoint(problem, 4);
    objective.evaluate(x);
    const scores = objective.parts.map((part) => (isLevelPart(part) ? part.scores(objective.size) : new Float64Array(0)));
    const h = 1e-5;
    for (const [g, j] of [[0, 0], [0, 7], [groups.length - 1, 3]]) {
      for (let k = 0; k < objective.size; k++) {
        const point = x.slice();
        point[k] = x[k] + h;
        objective.evaluate(point);
        const above = clusterDensity(prepared, g, j);
        point[k] = x[k] - h;
        objective.evaluate(point);
        expect(scores[g][j * objective.size + k]).toBeCloseTo(-(above - clusterDensity(prepared, g, j)) / (4 * h), 4);
      }
    }
  });

  it.each(MODELS.slice(0, 5))('%s: complete rows are a case of incomplete ones', (_, text, options) => {
    const { problem, groups, rows, columns } = prepare(text, options);
    const { objective, structure, implied, table } = problem;
    const x = anyPoint(problem, 5);
    const complete = objective.evaluate(x) as number;
    const parts = groups.map((group, g) => {
      const [within, between] = [implied[2 * g], implied[2 * g + 1]];
      const place = (names: readonly string[]): readonly number[] => names.map((name) => columns.indexOf(name));
      const incomplete = incompleteClusters(rows[g].values, group.n, columns.length, group.clusterOf, group.clusters, place(within.structure.observed), place(between.structure.observed));
      const constant = group.sizes.reduce((sum, { size, count }) => sum + count * group.within.length * Math.log(size), 0);
      const saturated = (objective.parts[g] as TwoLevelPart).saturatedValue + constant;
      return new IncompleteTwoLevelPart({ ...group, incomplete }, within, between, derivatives(within.structure, structure.position), derivatives(between.structure, structure.position), saturated);
    });
    const other = new ModelObjective(structure, parts, objective.weights, problem.start);
    const matrices = (each: ModelObjective): readonly Float64Array[] => {
      each.evaluate(x);
      const out = [new Float64Array(each.size), new Float64Array(each.size ** 2), new Float64Array(each.size ** 2)];
      each.gradient(out[0]);
      each.information(out[1]);
      each.hessian(out[2]);
      return [...out, ...each.parts.flatMap((part) => (isLevelPart(part) ? [part.scores(each.size), part.clusterDrifts()] : []))];
    };
    const [one, two] = [matrices(objective), matrices(other)];
    expect(table.levelLabels).toHaveLength(2);
    expect(other.evaluate(x)).toBeCloseTo(complete, 10);
    expect(two.length).toBe(3 + 2 * groups.length);
    two.forEach((values, m) => values.forEach((value, i) => expect(value).toBeCloseTo(one[m][i], 8)));
  });

  it('the expected information is the mean of the observed one', () => {
    // at the optimum of a model that holds, the two agree up to sampling error
    const { problem } = prepare(BOTH_LEVELS);
    const { objective } = problem;
    objective.evaluate(solve(problem, { maxIterations: 100, tolerance: 1e-10 }).x);
    const size = objective.size;
    const [expected, observed] = [new Float64Array(size * size), new Float64Array(size * size)];
    objective.information(expected);
    objective.hessian(observed);
    for (let k = 0; k < size; k++) expect(Math.abs(observed[k * size + k] / expected[k * size + k] - 1)).toBeLessThan(0.2);
  });
});

describe('the unrestricted model', () => {
  it('has the closed form of clusters of one size: Σ_W = S_PW, Σ_B = S_B − S_PW / s', () => {
    const balanced = clusteredSurvey({ size: () => 6, seed: 9 });
    const options = resolveOptions({ cluster: 'id' }, 'sem', { categorical: false, groupCount: 1, hasIntercepts: false, hasLevels: true, hasMeans: true });
    const table = specify(parseModel(BOTH_LEVELS), { names: balanced.names() }, options);
    const sample = semSample(balanced, table, options);
    const rows = sample.rows?.groups[0] as GroupRows;
    const group = clusteredGroup(rows, rows.cluster as Int32Array, sample.names[0], table.blockRoles[0].observed, table.blockRoles[1].observed);
    const { moments } = saturatedLevels(table, [group]);
    const between = group.sizes[0].covariance as Float64Array;
    group.pooled.forEach((value, i) => {
      expect(moments[0].covariance[i]).toBeCloseTo(value, 9);
      expect(moments[1].covariance[i]).toBeCloseTo(between[i] - value / 6, 9);
    });
    group.sizes[0].mean.forEach((value, i) => expect(moments[1].mean[i]).toBeCloseTo(value, 9));
  });
});
