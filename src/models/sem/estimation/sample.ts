import { fail } from '../../../shared/diagnostic.js';
import { mapPacked } from '../../../shared/packedArray.js';
import { rowMoments, selectMoments, withDivisor, type Divisor, type Moments } from '../../../statistics/moments.js';
import { sampleRows, weightedCount, type GroupRows, type RowSource, type SampleRows } from '../../../statistics/rows.js';
import type { SampleReport } from '../../fit.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { exogenousOfGroup, groupsDiffer, variablesOfGroup } from '../structure/blocks.js';
import { missingPatterns, type MissingPattern } from './missingPatterns.js';
import { saturatedMoments, type SaturatedMoments } from './saturated.js';

/** A data set, or its moments. */
export type SemData = RowSource | Moments;

/** What the estimators know of the data. */
export interface SemSample {
  /** Variables of each group, in the order of its moments. */
  readonly names: readonly (readonly string[])[];
  /** Moments per group with the divisor of the estimator. */
  readonly groups: readonly GroupSample[];
  readonly groupLabels: readonly string[];
  /** Null when only moments were given. */
  readonly rows: SampleRows | null;
  /** Rows over all groups, each counted as its sampling weight. */
  readonly n: number;
  readonly hasMeans: boolean;
  /** Rows with missing answers under full-information likelihood, per group; `groups` then hold the saturated moments. */
  readonly incomplete?: readonly IncompleteGroup[];
  /** Rows with missing answers under two-stage estimation, per group; `groups` then hold the saturated moments, which the second stage takes for complete-data ones. */
  readonly firstStage?: readonly IncompleteGroup[];
  readonly report: SampleReport;
}

/** What full-information likelihood knows of one group. */
export interface IncompleteGroup {
  readonly patterns: readonly MissingPattern[];
  readonly saturated: SaturatedMoments;
  /** Keeps what follows from the group's rows, computed when first asked for. */
  readonly once: <T>(what: string, make: () => T) => T;
}

/** A place that computes each thing once. */
export function keeper(): IncompleteGroup['once'] {
  const known = new Map<string, unknown>();
  return <T>(what: string, make: () => T): T => {
    if (!known.has(what)) known.set(what, make());
    return known.get(what) as T;
  };
}

export function isMoments(data: SemData): data is Moments {
  return (data as { kind?: unknown }).kind === 'moments';
}

/** True for likelihoods that divide sums of squares by n. */
function dividesByN(options: ResolvedSemOptions): boolean {
  return options.discrepancy === 'ML' && options.likelihood === 'normal';
}

/**
 * Reads the model's variables. Maximum likelihood divides by n, wishart and
 * the least squares estimators by n − 1; typed-in covariances count as divided
 * by n − 1 and are rescaled to divisor n when `sampleCovRescale` is on.
 *
 * @param level1 of a two-level model, whose unrestricted moments are found level by level: its level-1 variables, one of which a row must answer
 */
export function semSample(data: SemData, table: ParameterTable, options: ResolvedSemOptions, level1: readonly string[] | null = null): SemSample {
  const divisor = dividesByN(options) ? 'n' : 'n-1';
  const names = table.groupLabels.map((_, g) => variablesOfGroup(table, g));
  if (isMoments(data)) {
    if (options.stdOv) fail('std-ov', '`std.ov` needs the rows of the data', { help: 'give the correlation matrix instead of the covariances' });
    const scaled = options.sampleCovRescale ? withDivisor(data, 'n') : divisor === 'n-1' ? withDivisor(data, divisor) : data;
    return {
      names, rows: null, n: scaled.used, hasMeans: scaled.groups.every((group) => group.mean !== undefined),
      groups: mapPacked(names, (own, g) => {
        const { n, covariance, mean = new Float64Array(own.length) } = selectMoments(scaled, g, own);
        return { n, covariance, mean };
      }),
      groupLabels: mapPacked(scaled.groups, (group) => group.label), report: { used: scaled.used, total: scaled.total, dropped: scaled.dropped }
    };
  }
  const pairwise = options.categorical && (options.missing === 'pairwise' || options.missing === 'available.cases');
  if (!pairwise && options.missing === 'pairwise') fail('missing', 'missing: `pairwise` is not available for continuous variables', { help: 'use `listwise`, `ml` or `two.stage`' });
  const available = options.missing !== 'listwise';
  const exogenousRequired = available && options.missing !== 'ml.x' && options.fixedX;
  const rows = withWeights(data, options, sampleRows(data, table.roles.observed, {
    missing: available ? 'available' : 'listwise',
    ...(groupsDiffer(table)
      ? { groupNames: new Map(names.map((own, g) => [table.groupLabels[g], { names: own, required: exogenousRequired ? exogenousOfGroup(table, g) : [] }])) }
      : exogenousRequired ? { required: table.roles.exogenousObserved } : {}),
    ...(level1 ? { answering: level1 } : {}),
    ...(options.group !== null ? { group: options.group } : {}),
    ...(options.groupLabel !== null ? { groupLabels: options.groupLabel } : {}),
    ...(options.samplingWeights !== null ? { weights: options.samplingWeights } : {}),
    ...(options.cluster !== null ? { cluster: options.cluster } : {})
  }));
  // fixed exogenous variables keep their units, as in lavaan
  if (options.stdOv) rows.groups.forEach((group, g) => {
    const inUnits = new Set(options.fixedX ? exogenousOfGroup(table, g) : []);
    standardizeRows(group.values, group.n, names[g].map((name) => !inUnits.has(name)));
  });
  if (options.cluster !== null && rows.clusterCount < 2) fail('few-clusters', `\`${options.cluster}\` has one cluster only: nothing varies between clusters`, { help: 'leave `cluster` out, or look at the column' });
  const sizes = mapPacked(rows.groups, weightedCount);
  const groupLabels = mapPacked(rows.groups, (group) => group.label);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const report: SampleReport = { used: rows.used, total: rows.total, dropped: rows.dropped };
  // no spreading on the way of every fit, see `solve`
  if (!available) return { names, groups: mapPacked(rows.groups, (group, g) => momentsOf(group, sizes[g], names[g].length, divisor)), groupLabels, rows, n, hasMeans: true, report };
  const base = { names, groupLabels, rows, n, hasMeans: true, report };
  // Thresholds and correlations come from the rows, pair by pair; no moments are needed here.
  if (pairwise) return { ...base, groups: mapPacked(rows.groups, (group, g) => ({ n: group.n, mean: new Float64Array(names[g].length), covariance: identity(names[g].length) })) };
  if (level1) return { ...base, groups: mapPacked(rows.groups, (group, g) => momentsOfAnswers(group, sizes[g], names[g])) };
  const incomplete = mapPacked(rows.groups, (group, g): IncompleteGroup => {
    const p = names[g].length;
    const patterns = missingPatterns(group, p);
    const saturated = saturatedMoments(group, patterns, p);
    return saturated ? { patterns, saturated, once: keeper() } : failSaturated(group, names[g]);
  });
  const staged = options.missing === 'two.stage' || options.missing === 'robust.two.stage';
  return { ...base, ...(staged ? { firstStage: incomplete } : { incomplete }), groups: mapPacked(sizes, (n, g) => ({ n, mean: incomplete[g].saturated.mean, covariance: incomplete[g].saturated.covariance })) };
}

function momentsOf(group: GroupRows, n: number, p: number, divisor: Divisor): GroupSample {
  const { mean = new Float64Array(p), covariance } = rowMoments(group, p, divisor);
  return { n, mean, covariance };
}

/** Means and variances of the answers given; what is missing does not vary, so that covariances are a matrix of their kind. */
function momentsOfAnswers(group: GroupRows, count: number, names: readonly string[]): GroupSample {
  const p = names.length;
  const { n, values } = group;
  const mean = new Float64Array(p);
  const scale = new Float64Array(p);
  const filled = values.slice();
  for (let j = 0; j < p; j++) {
    let answered = 0;
    for (let i = 0; i < n; i++) if (!Number.isNaN(values[i * p + j])) {
      answered++;
      mean[j] += values[i * p + j];
    }
    if (answered === 0) failSaturated(group, names);
    mean[j] /= answered;
    scale[j] = Math.sqrt(n / answered);
    for (let i = 0; i < n; i++) filled[i * p + j] = Number.isNaN(values[i * p + j]) ? mean[j] : values[i * p + j];
  }
  const { covariance } = rowMoments({ ...group, values: filled }, p, 'n');
  return { n: count, mean, covariance: covariance.map((value, at) => value * scale[Math.floor(at / p)] * scale[at % p]) };
}

/** Says why no saturated moments exist: a variable without answers or variance, too few rows, or variables that determine each other. */
function failSaturated({ label, n, values }: GroupRows, names: readonly string[]): never {
  const where = label ? ` in group \`${label}\`` : '';
  const p = names.length;
  if (n < 2) fail('few-rows', `one row alone can be used${where}: it has no variances`, { help: 'look at the missing values and at the groups' });
  names.forEach((name, j) => {
    const answered = Array.from({ length: n }, (_, i) => values[i * p + j]).filter((value) => !Number.isNaN(value));
    if (answered.length === 0) fail('no-answers', `\`${name}\` has no answers${where}`, { help: 'leave the variable out, or look at how its values were read' });
    if (answered.every((value) => value === answered[0])) fail('zero-variance', `\`${name}\` has the same value in every row${where}`, { help: 'leave the variable out, or look at how its values were read' });
  });
  if (n <= p) fail('few-rows', `${n} rows${where} for ${p} variables: with missing answers their means and covariances cannot be estimated`, { help: 'use fewer variables or item parcels, or collect more answers' });
  return fail('saturated-moments', `the means and covariances cannot be estimated from the answers given${where}: their covariance matrix becomes singular`, { help: 'look for variables that are sums or copies of others among the rows that answer them' });
}

/** Weights as the option says: scaled to the number of all rows (as they come), of the rows of each group, or not at all. */
function withWeights(data: RowSource, { samplingWeights, samplingWeightsNormalization: kind }: ResolvedSemOptions, rows: SampleRows): SampleRows {
  if (samplingWeights === null || kind === 'total') return rows;
  const column = data.numeric(samplingWeights);
  const groups = rows.groups.map((group) => {
    const weights = Float64Array.from(group.index, (i) => column[i]);
    const scale = kind === 'group' ? group.n / weightedCount({ n: group.n, weights }) : 1;
    return { ...group, weights: weights.map((weight) => weight * scale) };
  });
  return { ...rows, groups };
}

/** The chosen columns with mean 0 and variance 1 (divisor n − 1) over the answered cells, in place. */
function standardizeRows(values: Float64Array, n: number, chosen: readonly boolean[]): void {
  const p = chosen.length;
  for (let j = 0; j < p; j++) {
    if (!chosen[j]) continue;
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) if (!Number.isNaN(values[i * p + j])) {
      count++;
      sum += values[i * p + j];
    }
    const mean = sum / count;
    for (let i = 0; i < n; i++) if (!Number.isNaN(values[i * p + j])) squares += (values[i * p + j] - mean) ** 2;
    const sd = Math.sqrt(squares / (count - 1));
    if (sd > 0) for (let i = 0; i < n; i++) values[i * p + j] = (values[i * p + j] - mean) / sd;
  }
}

function identity(p: number): Float64Array {
  return Float64Array.from({ length: p * p }, (_, i) => (i % (p + 1) === 0 ? 1 : 0));
}

/** Throws when a variable has no variance, naming it; nothing can be estimated then. */
export function requireVariance(sample: SemSample): void {
  sample.groups.forEach((group, g) => {
    const names = sample.names[g];
    const p = names.length;
    const where = sample.groups.length > 1 ? ` in group \`${sample.groupLabels[g]}\`` : '';
    if (p > 0 && group.n < 2) fail('few-rows', `one row alone can be used${where}: it has no variances`, { help: sample.groups.length > sample.n / 3 ? `the grouping variable has ${sample.groups.length} different values: is it the right one?` : 'look at the missing values and at the groups' });
    for (let i = 0; i < p; i++) {
      const variance = group.covariance[i * p + i];
      if (variance === Infinity || Number.isNaN(variance)) fail('variance-overflow', `the values of \`${names[i]}\` are so large${where} that their variance is beyond the range of numbers`, { help: 'look for a code such as 1e308 that stands for a missing answer, or divide the variable by a power of ten' });
      if (variance > 0) continue;
      if (!sample.rows) fail('sample-covariance', `the variance of \`${names[i]}\` in the covariance matrix is ${variance}${where}`, { help: 'variances are positive: look at the diagonal of the matrix, and at the order of its rows' });
      fail('zero-variance', `\`${names[i]}\` has the same value in every row${where}`, { help: 'leave the variable out, or look at how its values were read' });
    }
  });
}
