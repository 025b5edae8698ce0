import { fail } from '../../../shared/diagnostic.js';
import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { gramOfRows } from '../../../numerics/simd/symmetricGram.js';
import type { GroupRows } from '../../../statistics/rows.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { SemSample } from '../estimation/sample.js';
import type { ResolvedSemOptions } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import { categoricalMap, type CategoricalMap } from './categoricalMap.js';
import { pairPlace } from './layout.js';
import { checkAnswers } from './checkAnswers.js';
import { PairwiseLikelihood } from './pairwise/pairwiseLikelihood.js';
import type { Categories } from './ordinalVariables.js';
import { categoricalMoments, type CategoricalGroup, type CategoricalMoments } from './sample/categoricalMoments.js';

/** A sample whose moments come from thresholds and polychoric correlations. */
export interface CategoricalSample {
  readonly maps: readonly CategoricalMap[];
  readonly moments: readonly CategoricalMoments[];
  readonly weights: readonly MomentWeight[];
  /** For pairwise maximum likelihood, else null. */
  readonly likelihoods: readonly PairwiseLikelihood[] | null;
  /** Means and covariances of latent responses and exogenous variables: start values, standardization, residuals. */
  readonly groups: readonly GroupSample[];
}

export function categoricalSample(table: ParameterTable, sample: SemSample, categories: Categories, options: ResolvedSemOptions): CategoricalSample {
  const rows = sample.rows ?? fail('rows-needed', 'ordinal variables need the rows of the data, and only moments were given');
  const ordinal = new Map([...categories].map(([name, values]) => [name, values.length - 1]));
  const maps = table.groupLabels.map((_, g) => categoricalMap(table, g + 1, ordinal, options.conditionalX, options.parameterization === 'theta'));
  if (options.discrepancy === 'PML') maps.forEach((map, g) => allOrdinal(map, sample.names[g]));
  const sources = rows.groups.map((group, g) => sourceOf(group, sample.names[g], maps[g], categories));
  checkAnswers(sources, sample.groupLabels, (g) => maps[g].exogenous.map((index) => sample.names[g][index]), categories);
  return estimatedSample(sources, maps, sample.names.map(({ length }) => length), options);
}

/** @throws SurveyError `pairwise-variables` */
function allOrdinal({ variables, exogenous }: CategoricalMap, names: readonly string[]): void {
  const others = [...variables.filter(({ ordinal }) => !ordinal).map(({ index }) => index), ...exogenous].map((index) => `\`${names[index]}\``);
  if (others.length > 0) fail('pairwise-variables', `estimator PML takes ordered variables only, and ${others.join(', ')} ${others.length === 1 ? 'is' : 'are'} not`, { help: 'use WLSMV, which takes continuous variables and covariates too' });
}

/**
 * First and second stage of every group.
 * @throws SurveyError `empty-category`, `margin-not-identified`, `probit-not-converged`, `pair-not-observed`, `weight-matrix`
 */
export function estimatedSample(sources: readonly CategoricalGroup[], maps: readonly CategoricalMap[], sizes: readonly number[], { discrepancy, zeroAdd, missing }: Pick<ResolvedSemOptions, 'discrepancy' | 'zeroAdd' | 'missing'>): CategoricalSample {
  const moments = sources.map((source) => categoricalMoments(source, zeroAdd));
  const likelihoods = discrepancy === 'PML' ? moments.map(({ source, layout }) => new PairwiseLikelihood(source, layout, missing === 'available.cases')) : null;
  return { maps, moments, likelihoods, weights: moments.map((group) => weightOf(group, discrepancy)), groups: moments.map((group, g) => latentMoments(group, maps[g], sizes[g])) };
}

function sourceOf(group: GroupRows, names: readonly string[], map: CategoricalMap, categories: Categories): CategoricalGroup {
  const p = names.length;
  const column = (index: number): Float64Array => Float64Array.from({ length: group.n }, (_, i) => group.values[i * p + index]);
  const q = map.exogenous.length;
  const x = new Float64Array(group.n * q);
  map.exogenous.forEach((index, j) => {
    for (let i = 0; i < group.n; i++) x[i * q + j] = group.values[i * p + index];
  });
  const columns = map.variables.map(({ index, ordinal }) => {
    const values = column(index);
    const known = ordinal ? categories.get(names[index]) : undefined;
    return known ? values.map((value) => (Number.isNaN(value) ? NaN : known.indexOf(value))) : values;
  });
  return { n: group.n, names: map.variables.map(({ index }) => names[index]), columns, thresholds: map.variables.map(({ thresholdRows }) => thresholdRows.length), x, q, weights: group.weights ?? null };
}

/** W: Γ⁻¹ (WLS), the reciprocals of its diagonal (DWLS), or 1 (ULS). */
function weightOf({ influence, layout, n }: CategoricalMoments, discrepancy: ResolvedSemOptions['discrepancy']): MomentWeight {
  const { count } = layout;
  if (discrepancy === 'ULS') return { kind: 'diagonal', values: new Float64Array(count).fill(1) };
  if (discrepancy !== 'WLS') {
    return { kind: 'diagonal', values: Float64Array.from({ length: count }, (_, r) => n / dot(influence, r * n, influence, r * n, n)) };
  }
  const gamma = gramOfRows(influence, count, n).map((value) => value / n);
  const inverse = new Float64Array(count * count);
  if (n <= count || cholesky(gamma, count) >= 0) fail('weight-matrix', `WLS inverts a ${count} × ${count} matrix, which ${n} rows cannot give`, { help: 'use WLSMV' });
  choleskyInverse(gamma, count, inverse, new Float64Array(count * count));
  return { kind: 'full', values: inverse };
}

/** Mean and covariance of (y*, x) that the estimated moments describe: y* has mean intercept + Πx̄ and covariance R + ΠS_xxΠᵀ. */
function latentMoments(moments: CategoricalMoments, map: CategoricalMap, p: number): GroupSample {
  const { layout, values, n, total } = moments;
  const { x: rows, q, weights } = moments.source;
  const mean = new Float64Array(p);
  const covariance = new Float64Array(p * p);
  const x = map.exogenous;
  const weight = (i: number): number => (weights ? weights[i] : 1);
  x.forEach((a, j) => {
    for (let i = 0; i < n; i++) mean[a] += (weight(i) * rows[i * q + j]) / total;
  });
  x.forEach((a, j) => {
    x.forEach((b, k) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weight(i) * (rows[i * q + j] - mean[a]) * (rows[i * q + k] - mean[b]);
      covariance[a * p + b] = sum / (weights ? total : total - 1);
    });
  });
  const slope = (v: number, j: number): number => values[layout.slopes + v * layout.exogenous + j];
  map.variables.forEach(({ index, ordinal }, v) => {
    mean[index] = ordinal ? 0 : values[layout.location[v]];
    x.forEach((a, j) => (mean[index] += slope(v, j) * mean[a]));
    for (const b of x) {
      let sum = 0;
      x.forEach((a, j) => (sum += slope(v, j) * covariance[a * p + b]));
      covariance[index * p + b] = covariance[b * p + index] = sum;
    }
  });
  map.variables.forEach(({ index }, v) => {
    map.variables.forEach(({ index: other }, w) => {
      let sum = v === w ? (layout.variance[v] >= 0 ? values[layout.variance[v]] : 1) : values[pairPlace(layout, Math.min(v, w), Math.max(v, w))];
      x.forEach((a, j) => x.forEach((b, k) => (sum += slope(v, j) * covariance[a * p + b] * slope(w, k))));
      covariance[index * p + other] = sum;
    });
  });
  return { n, mean, covariance };
}
