import { crossProducts } from '../numerics/dense/product.js';
import { fail } from '../shared/diagnostic.js';
import { sampleRows, type GroupRows, type RowOptions, type RowSource } from './rows.js';

/** Whether the sum of squares was divided by n (maximum likelihood) or n − 1 (unbiased). */
export type Divisor = 'n' | 'n-1';

export interface GroupMoments {
  readonly label: string;
  readonly n: number;
  /** The group's own variables, where groups have different ones. */
  readonly names?: readonly string[];
  /** p. Absent when typed in without means. */
  readonly mean?: Float64Array;
  /** p × p, row-major, symmetric. */
  readonly covariance: Float64Array;
}

/** Means and covariances of the named variables (or of each group's own), per group, with their divisor and the rows that were dropped. */
export interface Moments {
  readonly kind: 'moments';
  readonly names: readonly string[];
  readonly divisor: Divisor;
  readonly groups: readonly GroupMoments[];
  readonly used: number;
  readonly total: number;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
}

export interface MomentOptions extends Pick<RowOptions, 'group' | 'groupLabels' | 'weights'> {
  readonly divisor?: Divisor;
}

/**
 * Mean m and covariance S of complete rows by two passes:
 * m = Σ w_i x_i / n and S = Σ w_i (x_i − m)(x_i − m)ᵀ / d, d = n or n − 1,
 * with w_i = 1 without weights.
 */
export function rowMoments(rows: Pick<GroupRows, 'n' | 'values' | 'weights' | 'label'>, p: number, divisor: Divisor): GroupMoments {
  const { n, values, weights, label } = rows;
  const centred = new Float64Array(p * n);
  const mean = new Float64Array(p);
  let sum = n;
  if (weights) {
    sum = 0;
    for (let i = 0; i < n; i++) sum += weights[i];
  }
  for (let j = 0; j < p; j++) mean[j] = weights ? centreWeighted(values, weights, n, p, j, sum, centred) : centre(values, n, p, j, centred);
  const covariance = new Float64Array(p * p);
  const scale = 1 / (divisor === 'n' ? sum : sum - 1);
  crossProducts(centred, p, n, scale, covariance);
  return { label, n, mean, covariance };
}

/** Writes column j less its mean, which is answered. */
function centre(values: Float64Array, n: number, p: number, j: number, out: Float64Array): number {
  let total = 0;
  for (let at = j; at < n * p; at += p) total += values[at];
  const mean = total / n;
  for (let at = j, to = j * n; at < n * p; at += p, to++) out[to] = values[at] - mean;
  return mean;
}

/** The same with weights w: column j less its weighted mean, times √w. */
function centreWeighted(values: Float64Array, weights: Float64Array, n: number, p: number, j: number, sum: number, out: Float64Array): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += weights[i] * values[i * p + j];
  const mean = total / sum;
  for (let i = 0; i < n; i++) out[j * n + i] = (values[i * p + j] - mean) * Math.sqrt(weights[i]);
  return mean;
}

/** Moments of a survey's complete rows. */
export function moments(source: RowSource, names: readonly string[], options: MomentOptions = {}): Moments {
  const { divisor = 'n', ...rowOptions } = options;
  const sample = sampleRows(source, names, rowOptions);
  return {
    kind: 'moments', names, divisor, used: sample.used, total: sample.total, dropped: sample.dropped,
    groups: sample.groups.map((group) => rowMoments(group, names.length, divisor))
  };
}

export interface TypedMoments {
  readonly names: readonly string[];
  readonly groups: readonly {
    readonly label?: string;
    readonly n: number;
    /** The group's own variables, by default those of all groups. */
    readonly names?: readonly string[];
    /** Full symmetric matrix, or its lower triangle row by row (with the diagonal). */
    readonly covariance: readonly (readonly number[])[];
    readonly mean?: readonly number[];
  }[];
  /** How the covariances were divided; published tables use n − 1. */
  readonly divisor?: Divisor;
}

/** Moments typed in from a published table. */
export function typedMoments({ names, groups, divisor = 'n-1' }: TypedMoments): Moments {
  if (names.length === 0 || groups.length === 0) fail('empty-moments', 'a covariance matrix with names and a sample size is needed');
  const used = groups.reduce((sum, group) => sum + group.n, 0);
  return {
    kind: 'moments', names, divisor, used, total: used, dropped: [],
    groups: groups.map((group, g) => {
      const label = group.label ?? (groups.length === 1 ? '' : `Group ${g + 1}`);
      if (!(group.n > 1)) fail('sample-size', `the sample size must be above 1, found ${group.n}`, { help: 'give the number of rows that the covariances were computed from' });
      const own = group.names ?? names;
      return { label, n: group.n, ...(group.names ? { names: group.names } : {}), covariance: typedCovariance(group.covariance, own), ...(group.mean ? { mean: typedMean(group.mean, own.length) } : {}) };
    })
  };
}

function typedMean(mean: readonly number[], p: number): Float64Array {
  if (mean.length !== p || mean.some((m) => !Number.isFinite(m))) fail('sample-mean', `expected ${p} finite means, found ${mean.length}`);
  return Float64Array.from(mean);
}

/** Largest relative asymmetry that rounding in a printed matrix explains. */
const ASYMMETRY = 1e-6;

function typedCovariance(values: readonly (readonly number[])[], names: readonly string[]): Float64Array {
  const p = names.length;
  if (values.length !== p) fail('sample-covariance', `expected ${p} rows (one per name), found ${values.length}`);
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    if (values[i].length !== p && values[i].length !== i + 1) fail('sample-covariance', `row ${i + 1} (\`${names[i]}\`) has ${values[i].length} numbers, expected ${p} or ${i + 1}`);
    for (let j = 0; j <= i; j++) {
      const value = values[i][j];
      const other = values[j].length === p ? values[j][i] : value;
      if (!Number.isFinite(value)) fail('sample-covariance', `the covariance of \`${names[i]}\` and \`${names[j]}\` is not a number`);
      const size = Math.sqrt(Math.abs(values[i][i] * values[j][j])) || 1;
      if (Math.abs(value - other) > ASYMMETRY * size) fail('sample-covariance', `the matrix is not symmetric: \`${names[i]}\`, \`${names[j]}\` is ${value} and ${other}`, { help: 'give the lower triangle alone, or correct one of the two' });
      out[i * p + j] = value;
      out[j * p + i] = value;
    }
  }
  return out;
}

/** The same moments with another divisor. */
export function withDivisor(moments: Moments, divisor: Divisor): Moments {
  if (moments.divisor === divisor) return moments;
  return {
    ...moments, divisor,
    groups: moments.groups.map((group) => {
      const factor = divisor === 'n' ? (group.n - 1) / group.n : group.n / (group.n - 1);
      return { ...group, covariance: group.covariance.map((value) => value * factor) };
    })
  };
}

/** The named variables of one group, in the order given. @throws SurveyError `unknown-variable` */
export function selectMoments(moments: Moments, group: number, names: readonly string[]): GroupMoments {
  const { label, n, names: known = moments.names, covariance, mean } = moments.groups[group];
  const position = new Map(known.map((name, i) => [name, i]));
  const where = moments.groups.length > 1 && known !== moments.names ? ` of group \`${label}\`` : '';
  const picked = names.map((name) => position.get(name) ?? fail('unknown-variable', `\`${name}\` is not in the covariance matrix${where}`, { help: `it holds ${known.join(', ')}` }));
  const p = known.length;
  return {
    label, n,
    covariance: Float64Array.from(picked.flatMap((i) => picked.map((j) => covariance[i * p + j]))),
    ...(mean ? { mean: Float64Array.from(picked, (i) => mean[i]) } : {})
  };
}

/**
 * Moments of two parts of a sample taken together, so that they can be
 * computed by chunks: the sums of squares add, plus the shift of the means,
 * n₁n₂/(n₁+n₂) (m₁−m₂)(m₁−m₂)ᵀ.
 * @see Chan, Golub & LeVeque (1983), The American Statistician 37(3), eq. 2.1
 */
export function mergeMoments(first: Moments, second: Moments): Moments {
  if (first.names.join('\n') !== second.names.join('\n') || first.divisor !== second.divisor || [...first.groups, ...second.groups].some((group) => group.names)) fail('merge-moments', 'moments merge only with the same variables and divisor');
  const p = first.names.length;
  const lost = first.divisor === 'n' ? 0 : 1;
  const others = new Map(second.groups.map((group) => [group.label, group]));
  const merged = first.groups.map((a): GroupMoments => {
    const b = others.get(a.label);
    if (!b) return a;
    others.delete(a.label);
    const [ma, mb] = [a.mean, b.mean];
    if (!ma || !mb) return fail('merge-moments', 'moments without means cannot be merged');
    const n = a.n + b.n;
    const shift = (a.n * b.n) / n;
    const covariance = new Float64Array(p * p);
    for (let i = 0; i < p; i++) {
      for (let j = 0; j < p; j++) {
        const squares = (a.n - lost) * a.covariance[i * p + j] + (b.n - lost) * b.covariance[i * p + j];
        covariance[i * p + j] = (squares + shift * (ma[i] - mb[i]) * (ma[j] - mb[j])) / (n - lost);
      }
    }
    return { label: a.label, n, covariance, mean: ma.map((m, i) => (a.n * m + b.n * mb[i]) / n) };
  });
  const dropped = new Map<string, number>();
  for (const { reason, count } of [...first.dropped, ...second.dropped]) dropped.set(reason, (dropped.get(reason) ?? 0) + count);
  return {
    ...first, groups: [...merged, ...others.values()], used: first.used + second.used, total: first.total + second.total,
    dropped: [...dropped].map(([reason, count]) => ({ reason, count }))
  };
}
