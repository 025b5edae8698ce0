import { cholesky, choleskyInverse } from '../../../../numerics/dense/cholesky.js';
import { axpy } from '../../../../numerics/dense/dot.js';
import { symmetricEigen, symmetricFunction } from '../../../../numerics/dense/symmetricEigen.js';
import { gramOfRows } from '../../../../numerics/simd/symmetricGram.js';
import { warning } from '../../../../shared/diagnostic.js';
import type { Estimation } from '../../estimation/estimate.js';
import type { ModelTest, ScaledTest } from '../../fit/fitState.js';
import { identificationWarning } from '../../inference/identification.js';
import { informationMatrix, invertInformation } from '../../inference/parameterCovariance.js';
import { scaledByTraces } from '../../inference/scaledTest.js';
import { sandwich, traceOfProduct } from '../../inference/traces.js';
import { movedMoments, type CategoricalInference, type InferenceInput } from '../categoricalInference.js';
import { freeThresholds } from '../catmlIndices.js';
import { independentMoments } from './independentPairs.js';
import { PairwisePart } from './pairwisePart.js';
import { ratioTraces, type RatioTraces } from './ratioTraces.js';
import { unrestrictedPairwise } from './unrestrictedPairwise.js';

/**
 * Standard errors and test of a pairwise likelihood. The covariance matrix is
 * Godambe's H⁻¹JH⁻¹, H = −∂²pl and J = Σ s_i s_iᵀ over the parameters. The
 * likelihood ratio T = 2(pl₁ − pl₀) against free thresholds and correlations
 * (each group its own) is adjusted in mean and variance (`adjustedRatio`).
 *
 * @see Katsikatsou & Moustaki (2016), Psychometrika 81(4), 1046-1068; Varin, Reid & Firth (2011), Statistica Sinica 21
 */
export function pairwiseInference({ estimation, sample, options, df }: Omit<InferenceInput, 'statistic' | 'exogenous'>): CategoricalInference {
  const parts = estimation.objective.parts.filter((part) => part instanceof PairwisePart);
  const { size } = estimation.structure;
  const { n } = sample;
  const information = informationMatrix(estimation, sample, 'observed', options);
  const inverse = invertInformation(information, estimation);
  const meat = new Float64Array(size * size);
  for (const part of parts) gramOfRows(part.rowScores(), size, part.likelihood.n).forEach((value, i) => (meat[i] += value / n));
  const godambe = inverse && sandwich(inverse, meat, size).map((value) => value / n);
  const found = parts.reduce((sum, { likelihood }) => sum + likelihood.value, 0);
  const pairwise = inverse ? { logLikelihood: found, dimension: traceOfProduct(inverse, meat, size) } : null;
  const vcov = options.se === 'none' ? null : godambe;
  const base = { vcov, unidentified: inverse ? null : identificationWarning(information, estimation), pairwise };
  if (options.test === 'none') return { ...base, test: null, baseline: null };
  const scaled = godambe && inverse ? adjustment(estimation, parts, inverse, godambe.map((value) => value * n)) : null;
  const independent = parts.map(({ likelihood }) => independenceOf(likelihood));
  const free = parts.map(({ likelihood, moments }) => unrestrictedPairwise(likelihood, moments.values.slice()));
  for (const part of parts) part.evaluate(estimation.values);
  if (free.includes(null)) return { ...base, test: null, baseline: null, warnings: [NO_MAXIMUM] };
  const best = free.reduce<number>((sum, value) => sum + (value ?? NaN), 0);
  const ratio = 2 * (best - found);
  const statistic = df === 0 && ratio < SATURATED ? 0 : ratio;
  const test: ModelTest = { statistic, df, scaled: df <= 0 ? NOTHING : scaled && adjusted(statistic, df, scaled) };
  const warnings = test.scaled === null && inverse ? [NO_REFERENCE] : [];
  if (!options.baseline) return { ...base, test, baseline: null, warnings };
  const apart = independent.reduce((sum, { value }) => sum + value, 0);
  const degrees = parts.reduce((sum, { likelihood }) => sum + likelihood.pairs.length, 0);
  const traces = independent.map(({ traces }) => traces);
  const total = (pick: 'trace' | 'squared'): number => traces.reduce((sum, each) => sum + (each?.[pick] ?? NaN), 0);
  const ratioApart = 2 * (best - apart);
  return { ...base, test, warnings, baseline: { statistic: ratioApart, df: degrees, scaled: adjusted(ratioApart, degrees, { trace: total('trace'), squared: total('squared') }) } };
}

/**
 * Null where the approximate variance cannot be: not positive, or so small that
 * the degrees of freedom E²/(V/2), which the exact one keeps below those of
 * the model, come out far above. Both happen to models far from the data.
 */
function adjusted(statistic: number, df: number, { trace, squared }: { readonly trace: number; readonly squared: number }): ScaledTest | null {
  if (!(trace > 0) || !(squared > 0) || trace * trace > MOST_DF * df * squared) return null;
  return scaledByTraces('mean.var.adjusted', statistic, df, trace, squared);
}

/** Adjusted degrees of freedom beyond this multiple of the model's mean nothing. */
const MOST_DF = 2;

const NO_MAXIMUM = warning('unrestricted-pairs', 'the pairwise likelihood has no maximum over free thresholds and correlations, so there is no likelihood ratio to test the model with', {
  zh: '成对似然在自由阈值与相关下没有最大值，因此无法以似然比检验模型',
  help: 'look for two items that are nearly one, or for two-way tables with empty rows or corners',
  helpZh: '查找几乎相同的两个题目，或含空行、空角的双向表'
});
const NO_REFERENCE = warning('scaling-factor', 'the approximate mean and variance of the pairwise likelihood ratio contradict each other at this solution, so its adjusted test does not exist', {
  zh: '成对似然比的近似均值与方差在此解处互相矛盾，校正检验不存在',
  help: 'the model is far from the data, or the rows are few: judge it by its residuals',
  helpZh: '模型与数据相差过大，或样本过小：请依据残差判断'
});

/** A likelihood ratio of a saturated model is 0 up to rounding. */
const SATURATED = 1e-6;

/** Nothing to scale in a saturated model. */
const NOTHING: ScaledTest = Object.freeze({ statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN });

function independenceOf(likelihood: PairwisePart['likelihood']): { readonly value: number; readonly traces: ReturnType<typeof ratioTraces> } {
  likelihood.move(independentMoments(likelihood));
  return { value: likelihood.value, traces: ratioTraces(likelihood, false) };
}

/**
 * Mean and half the variance of the likelihood ratio under the model. With σ
 * the free moments, θ the parameters and D = ∂σ/∂θ, H the informations −∂²pl
 * and G⁻¹ the covariance matrices H⁻¹JH⁻¹,
 *
 *   E = tr(H_σ G_σ⁻¹) − tr(H_θ G_θ⁻¹),
 *   V/2 = tr((H_σ G_σ⁻¹)²) + tr((H_θ G_θ⁻¹)²) − 2 tr(H_θ G_θ⁻¹ DᵀH_σD G_θ⁻¹).
 *
 * Where every threshold is free on both sides, σ are the correlations and θ
 * the other parameters, given the thresholds; else σ and θ are all.
 *
 * @param godambe N times the covariance matrix
 */
function adjustment(estimation: Estimation, parts: readonly PairwisePart[], inverse: Float64Array, godambe: Float64Array): { readonly trace: number; readonly squared: number } | null {
  const { size, position } = estimation.structure;
  const moved = movedMoments(estimation, parts);
  const whole = !parts.every((part) => freeThresholds(part, moved));
  const place = new Int32Array(size).fill(0);
  if (!whole) estimation.table.rows.forEach((row, i) => {
    if (row.op === '|' && position[i] >= 0) place[position[i]] = -1;
  });
  const chosen = Int32Array.from(place.keys()).filter((c) => place[c] === 0);
  chosen.forEach((c, at) => (place[c] = at));
  const k = chosen.length;
  const block = (matrix: Float64Array): Float64Array => Float64Array.from({ length: k * k }, (_, at) => matrix[chosen[Math.floor(at / k)] * size + chosen[at % k]]);
  const information = generalizedInverse(block(inverse), k);
  const covariance = block(godambe);
  const implied = new Float64Array(k * k);
  let trace = 0;
  let squared = 0;
  for (const part of parts) {
    const traces = ratioTraces(part.likelihood, whole);
    if (!traces) return null;
    trace += traces.trace;
    squared += traces.squared;
    addImplied(part, traces, place, k, implied);
  }
  const n = parts.reduce((sum, { likelihood }) => sum + likelihood.n, 0);
  const product = multiply(information, covariance, k);
  const other = multiply(implied, covariance, k);
  for (let a = 0; a < k; a++) {
    trace -= product[a * k + a];
    for (let b = 0; b < k; b++) squared += product[a * k + b] * (product[b * k + a] - (2 * other[b * k + a]) / n);
  }
  return { trace, squared };
}

/** Share of the largest below which an eigenvalue is 0: directions that constraints take away. */
const NULL = 1e-12;

function generalizedInverse(matrix: Float64Array, k: number): Float64Array {
  const factor = matrix.slice();
  const out = new Float64Array(k * k);
  if (cholesky(factor, k, NULL) < 0) {
    choleskyInverse(factor, k, out, new Float64Array(k * k));
    return out;
  }
  const eigen = symmetricEigen(matrix, k);
  return symmetricFunction(eigen, k, (value) => (value > NULL * eigen.values[k - 1] ? 1 / value : 0));
}

/** Adds DᵀHD over the parameters that have a place. */
function addImplied(part: PairwisePart, { information, from }: RatioTraces, place: Int32Array, k: number, out: Float64Array): void {
  const { start, column, value } = part.delta();
  const size = part.moments.layout.count - from;
  const half = new Float64Array(size * k);
  const each = (r: number, visit: (c: number, d: number) => void): void => {
    for (let e = start[from + r]; e < start[from + r + 1]; e++) if (place[column[e]] >= 0) visit(place[column[e]], value[e]);
  };
  for (let b = 0; b < size; b++) {
    each(b, (c, d) => {
      for (let a = 0; a < size; a++) half[a * k + c] += information[a * size + b] * d;
    });
  }
  for (let a = 0; a < size; a++) each(a, (c, d) => axpy(out, c * k, d, half, a * k, k));
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) for (let l = 0; l < n; l++) out[i * n + l] += a[i * n + j] * b[j * n + l];
  return out;
}
