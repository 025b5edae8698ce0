import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import { dot, dotFour } from '../../../numerics/dense/dot.js';
import { semidefiniteFactor } from '../../../numerics/dense/semidefiniteFactor.js';
import { fail } from '../../../shared/diagnostic.js';
import { rowMoments } from '../../../statistics/moments.js';
import { weightedCount, type GroupRows } from '../../../statistics/rows.js';
import type { Estimation } from '../estimation/estimate.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import { FimlPart } from '../estimation/fimlPart.js';
import { MomentPart } from '../estimation/momentPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { SemSample } from '../estimation/sample.js';
import type { ScaledTest } from '../fit/fitState.js';
import { derivatives } from '../implied/derivatives.js';
import type { TestKind } from '../options.js';
import { TwoLevelPart } from '../twoLevel/twoLevelPart.js';
import { submatrix } from '../measures/likelihoodIndices.js';
import { addCrossProducts, addRowScores, incompleteScores, rowProjections } from './casewise.js';
import { clusteredDeviations } from './clusteredDeviations.js';
import { deviations } from './deviations.js';
import { normalDeviations, weightedDeviations, type WeightedDeviations } from './momentDeviations.js';
import { incompleteSaturatedTrace } from './incomplete/saturatedTrace.js';
import { traceOfProduct } from './traces.js';

/** The rows of every group; robust statistics cannot be had from moments. */
function rowsOf(sample: SemSample): readonly GroupRows[] {
  return sample.rows?.groups ?? fail('rows-needed', 'robust standard errors and tests need the rows of the data, and only moments were given', { help: 'pass the survey itself, or use estimator ML' });
}

/** Columns of exogenous variables whose moments are fixed. */
export function fixedExogenous(estimation: Estimation): readonly number[] {
  const { table } = estimation;
  return table.rows.some((row) => row.exo) ? table.roles.exogenousObserved.map((name) => table.roles.observed.indexOf(name)) : [];
}

/** Casewise likelihood scores per group, n × size. */
export function likelihoodScores(estimation: Estimation, sample: SemSample): readonly Float64Array[] {
  const { objective, structure, table } = estimation;
  return objective.parts.map((part, g) => {
    const rows = rowsOf(sample)[g];
    const scores = new Float64Array(rows.n * structure.size);
    if (part instanceof FimlPart) {
      incompleteScores(part, rows, derivatives(part.implied.structure, structure.position), structure.size, scores);
      return scores;
    }
    if (!(part instanceof NormalPart)) return fail('scores', 'casewise scores need a likelihood');
    const { implied } = part;
    const d = derivatives(implied.structure, structure.position);
    const centre = table.meanStructure ? implied.mu : sample.groups[g].mean;
    addRowScores(d, rowProjections(rows, implied, part.discrepancy.v, centre), part.informationGram(), implied.kappa, table.meanStructure, structure.size, scores);
    return scores;
  });
}

/** First-order information B = (1/N) Σ s_i s_iᵀ of the distinct free parameters, lower triangle. */
export function firstOrderInformation(estimation: Estimation, sample: SemSample): Float64Array {
  const { size } = estimation.structure;
  const out = new Float64Array(size * size);
  if (estimation.objective.parts.some((part) => part instanceof TwoLevelPart)) {
    for (const part of estimation.objective.parts) if (part instanceof TwoLevelPart) addCrossProducts(part.scores(size), part.group.clusters, size, 1 / sample.n, out);
    return out;
  }
  likelihoodScores(estimation, sample).forEach((scores, g) => {
    const { n, weights, cluster } = rowsOf(sample)[g];
    addCrossProducts(scores, n, size, 1 / sample.n, out, weights, cluster);
  });
  return out;
}

/** Rows' weighted deviations of the moments, per group. */
export function momentDeviations(estimation: Estimation, sample: SemSample, wantZ: boolean): readonly WeightedDeviations[] {
  const { objective, structure, table } = estimation;
  const exogenous = fixedExogenous(estimation);
  return objective.parts.map((part, g) => {
    if (part instanceof CategoricalPart) return part.deviations();
    const { cluster, weights } = rowsOf(sample)[g];
    // lavaan takes Γ from unweighted rows; a warning says so
    const mean = weights ? rowMoments({ ...rowsOf(sample)[g], weights: undefined }, sample.names.length, 'n').mean : sample.groups[g].mean;
    const rows = deviations(rowsOf(sample)[g], mean ?? sample.groups[g].mean, exogenous);
    const d = derivatives(structure.groups[g], structure.position);
    const piece =
      part instanceof NormalPart ? normalDeviations(part, d, rows, part.discrepancy.v, table.meanStructure, structure.size, wantZ || cluster !== undefined)
      : part instanceof MomentPart ? weightedDeviations(part, d, rows, table.meanStructure, structure.size)
      : fail('robust-estimator', 'this estimator has no robust sandwich');
    return cluster ? clusteredDeviations(piece, cluster) : piece;
  });
}

/** ΔᵀWΓWΔ = (1/N) Σ t_i t_iᵀ, lower triangle. */
export function momentMeat(pieces: readonly WeightedDeviations[], size: number, n: number): Float64Array {
  const out = new Float64Array(size * size);
  for (const piece of pieces) addCrossProducts(piece.t, piece.n, size, 1 / n, out);
  return out;
}

/**
 * tr(A₁⁻¹B₁) of the saturated normal model:
 * per group the mean of ½(q² − 2q + p) + q, q the Mahalanobis form; with fixed
 * exogenous variables less the same of those alone.
 */
export function saturatedTrace(sample: SemSample, means: boolean, exogenous: readonly number[]): number {
  let sum = 0;
  sample.groups.forEach((group, g) => {
    const rows = rowsOf(sample)[g];
    const all = Array.from(group.mean, (_, i) => i);
    sum += oneTrace(rows, group, all, means) - oneTrace(rows, group, exogenous, means);
  });
  return sum;
}

function oneTrace(rows: GroupRows, group: { readonly mean: Float64Array; readonly covariance: Float64Array }, index: readonly number[], means: boolean): number {
  const k = index.length;
  const p = group.mean.length;
  if (k === 0) return 0;
  const factor = submatrix(group.covariance, p, index);
  const v = new Float64Array(k * k);
  if (cholesky(factor, k) >= 0) return NaN;
  choleskyInverse(factor, k, v, new Float64Array(k * k));
  if (rows.cluster) return clusteredTrace(rows, rows.cluster, group, index, v, means);
  const d = new Float64Array(k);
  let sum = 0;
  for (let i = 0; i < rows.n; i++) {
    for (let a = 0; a < k; a++) d[a] = rows.values[i * p + index[a]] - group.mean[index[a]];
    let q = 0;
    for (let a = 0; a < k; a++) q += d[a] * dot(v, a * k, d, 0, k);
    const w = rows.weights ? rows.weights[i] ** 2 : 1;
    sum += w * (0.5 * (q * q - 2 * q + k) + (means ? q : 0));
  }
  return sum / weightedCount(rows);
}

/** The same with sums over clusters in the place of rows: Σ_c [½ tr((VC_c)²) + d_cᵀVd_c] C/(C − 1), C_c = Σ w(ddᵀ − S). */
function clusteredTrace(rows: GroupRows, cluster: Int32Array, group: { readonly mean: Float64Array; readonly covariance: Float64Array }, index: readonly number[], v: Float64Array, means: boolean): number {
  const k = index.length;
  const p = group.mean.length;
  const sums = new Map<number, { readonly square: Float64Array; readonly first: Float64Array }>();
  const d = new Float64Array(k);
  for (let i = 0; i < rows.n; i++) {
    let own = sums.get(cluster[i]);
    if (!own) sums.set(cluster[i], (own = { square: new Float64Array(k * k), first: new Float64Array(k) }));
    const w = rows.weights ? rows.weights[i] : 1;
    for (let a = 0; a < k; a++) d[a] = rows.values[i * p + index[a]] - group.mean[index[a]];
    for (let a = 0; a < k; a++) {
      own.first[a] += w * d[a];
      for (let b = 0; b < k; b++) own.square[a * k + b] += w * (d[a] * d[b] - group.covariance[index[a] * p + index[b]]);
    }
  }
  const product = new Float64Array(k * k);
  let sum = 0;
  for (const { square, first } of sums.values()) {
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) product[a * k + b] = dot(v, a * k, square, b * k, k);
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) sum += 0.5 * product[a * k + b] * product[b * k + a];
    if (means) for (let a = 0; a < k; a++) sum += first[a] * dot(v, a * k, first, 0, k);
  }
  return (sum / weightedCount(rows)) * (sums.size / (sums.size - 1));
}

/**
 * Scaled test statistics. With E the expected information, U = W − WΔE⁻¹ΔᵀW:
 * Satorra-Bentler T/c, c = tr(UΓ)/df; mean-and-variance adjusted T tr(UΓ)/tr((UΓ)²)
 * on tr(UΓ)²/tr((UΓ)²) df; scaled and shifted aT + b, a = √(df/tr((UΓ)²)),
 * b = df − a tr(UΓ); Yuan-Bentler c = (tr(A₁⁻¹B₁) − tr(A₀⁻¹B₀))/df.
 *
 * @param inverse (constrained) inverse of the information that the test is built on.
 * @see Satorra & Bentler (1994); Asparouhov & Muthén (2010); Yuan & Bentler (2000)
 */
export function scaledTest(kind: TestKind, statistic: number, df: number, estimation: Estimation, sample: SemSample, inverse: Float64Array): ScaledTest | null {
  const { size } = estimation.structure;
  if (df <= 0) return null;
  // with complete rows Yuan and Bentler's statistic is Satorra and Bentler's
  if (kind === 'yuan.bentler.mplus') {
    const meat = firstOrderInformation(estimation, sample);
    const saturated = sample.incomplete ? incompleteSaturatedTrace(sample, fixedExogenous(estimation)) : saturatedTrace(sample, estimation.table.meanStructure, fixedExogenous(estimation));
    const model = traceOfProduct(inverse, meat, size);
    const scaled = byTrace(statistic, df, (saturated - model) / df);
    return scaled ? { ...scaled, saturated, model } : null;
  }
  const needsSquares = kind !== 'satorra.bentler' && kind !== 'yuan.bentler';
  const pieces = momentDeviations(estimation, sample, needsSquares);
  const meat = momentMeat(pieces, size, sample.n);
  let trace = -traceOfProduct(inverse, meat, size);
  for (const piece of pieces) trace += piece.squares / piece.n;
  if (!needsSquares) return byTrace(statistic, df, trace / df);
  return scaledByTraces(kind, statistic, df, trace, squaredTrace(pieces, sample.n, inverse, size));
}

/** The scaled statistic of a kind from tr(UΓ) and tr((UΓ)²). */
export function scaledByTraces(kind: TestKind, statistic: number, df: number, trace: number, squared: number): ScaledTest | null {
  if (kind === 'satorra.bentler' || kind === 'yuan.bentler') return byTrace(statistic, df, trace / df);
  if (kind !== 'scaled.shifted' && kind !== 'mean.var.adjusted') return null;
  if (kind === 'mean.var.adjusted') {
    const adjusted = (trace * trace) / squared;
    return { statistic: (statistic * adjusted) / trace, df: adjusted, scaling: trace / adjusted, shift: 0, trace: trace / df };
  }
  const a = Math.sqrt(df / squared);
  const shift = df - a * trace;
  return { statistic: a * statistic + shift, df, scaling: 1 / a, shift, trace: trace / df };
}

function byTrace(statistic: number, df: number, c: number): ScaledTest | null {
  return Number.isFinite(c) && c > 0 ? { statistic: statistic / c, df, scaling: c, shift: 0, trace: c } : null;
}

/**
 * tr((UΓ)²) = Σ_ij k_ij² / N², k_ij = z_iᵀz_j N/n_g (same group) − t_iᵀE⁻¹t_j:
 * as the trace of (JM)², M = Σ a aᵀ with a = [z √(N/n_g); Lᵀt], J = diag(1, −1).
 */
function squaredTrace(pieces: readonly WeightedDeviations[], n: number, inverse: Float64Array, size: number): number {
  const factor = inverse.slice();
  // a constrained inverse is singular: its factor by eigen-free semidefinite elimination
  const lower = semidefiniteFactor(factor, size);
  const width = pieces.reduce((sum, piece) => sum + piece.width, 0) + size;
  if (pieces.reduce((sum, piece) => sum + piece.n, 0) < width) return squaredTraceByRows(pieces, n, lower, size);
  const m = new Float64Array(width * width);
  let offset = 0;
  for (const piece of pieces) {
    const scale = Math.sqrt(n / piece.n);
    const columns = new Float64Array((piece.width + size) * piece.n);
    for (let i = 0; i < piece.n; i++) {
      for (let r = 0; r < piece.width; r++) columns[r * piece.n + i] = scale * (piece.z as Float64Array)[i * piece.width + r];
      for (let k = 0; k < size; k++) {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += lower[j * size + k] * piece.t[i * size + j];
        columns[(piece.width + k) * piece.n + i] = sum;
      }
    }
    const place = (r: number): number => (r < piece.width ? offset + r : width - size + r - piece.width);
    for (let a = 0; a < piece.width + size; a++) {
      for (let b = 0; b <= a; b++) {
        const value = dot(columns, a * piece.n, columns, b * piece.n, piece.n) / n;
        const [i, j] = [place(a), place(b)];
        m[i * width + j] += value;
        if (i !== j) m[j * width + i] += value;
      }
    }
    offset += piece.width;
  }
  let sum = 0;
  const sign = (i: number): number => (i < width - size ? 1 : -1);
  for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) sum += sign(i) * sign(j) * m[i * width + j] ** 2;
  return sum;
}

/** The same as Σ_ij k_ij²/N² over pairs of rows: cheaper when there are fewer rows than moments. */
function squaredTraceByRows(pieces: readonly WeightedDeviations[], n: number, lower: Float64Array, size: number): number {
  const turned = pieces.map((piece) => {
    const out = new Float64Array(piece.n * size);
    for (let i = 0; i < piece.n; i++) {
      for (let j = 0; j < size; j++) {
        const t = piece.t[i * size + j];
        if (t !== 0) for (let k = 0; k <= j; k++) out[i * size + k] += t * lower[j * size + k];
      }
    }
    return out;
  });
  let total = 0;
  pieces.forEach((piece, g) => {
    const z = piece.z as Float64Array;
    const scale = n / piece.n;
    const zFour = new Float64Array(4);
    const tFour = new Float64Array(4);
    for (let i = 0; i < piece.n; i++) {
      let j = 0;
      for (; j + 4 <= i; j += 4) {
        dotFour(z, i * piece.width, z, j * piece.width, piece.width, piece.width, zFour);
        dotFour(turned[g], i * size, turned[g], j * size, size, size, tFour);
        for (let r = 0; r < 4; r++) total += 2 * (scale * zFour[r] - tFour[r]) ** 2;
      }
      for (; j <= i; j++) {
        const k = scale * dot(z, i * piece.width, z, j * piece.width, piece.width) - dot(turned[g], i * size, turned[g], j * size, size);
        total += i === j ? k * k : 2 * k * k;
      }
      for (let h = 0; h < g; h++) for (let j = 0; j < pieces[h].n; j++) total += 2 * dot(turned[g], i * size, turned[h], j * size, size) ** 2;
    }
  });
  return total / n ** 2;
}
