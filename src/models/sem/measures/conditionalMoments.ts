import { cholesky, choleskyInverse, choleskySolve } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import { halfTraceSquare, type WeightedSquares } from './goodnessOfFit.js';
import { submatrix } from './likelihoodIndices.js';
import type { ImpliedPair } from './residualIndices.js';

/** Moments of y given exogenous x: y = intercept + slopes · x + residual. */
export interface ConditionalMoments {
  /** Number of y. */
  readonly p: number;
  readonly mu: Float64Array;
  /** p × k. */
  readonly slopes: Float64Array;
  /** Residual covariances, p × p. */
  readonly sigma: Float64Array;
}

/** From joint moments; null when the exogenous variables have a singular covariance matrix. */
export function conditionalMoments(mean: Float64Array, covariance: Float64Array, exogenous: readonly number[]): ConditionalMoments | null {
  const all = mean.length;
  const k = exogenous.length;
  const factor = submatrix(covariance, all, exogenous);
  if (cholesky(factor, k) >= 0) return null;
  const outcomes = Array.from({ length: all }, (_, i) => i).filter((i) => !exogenous.includes(i));
  const p = outcomes.length;
  const slopes = new Float64Array(p * k);
  outcomes.forEach((i, a) => {
    exogenous.forEach((j, b) => (slopes[a * k + b] = covariance[i * all + j]));
    choleskySolve(factor, k, slopes, a * k);
  });
  const sigma = new Float64Array(p * p);
  outcomes.forEach((i, a) => outcomes.forEach((j, c) => (sigma[a * p + c] = exogenous.reduce((rest, x, b) => rest - slopes[a * k + b] * covariance[j * all + x], covariance[i * all + j]))));
  const mu = Float64Array.from(outcomes, (i, a) => exogenous.reduce((rest, x, b) => rest - slopes[a * k + b] * mean[x], mean[i]));
  return { p, mu, slopes, sigma };
}

/** The pair that residual indices compare: intercepts and residual covariances of the sample, and of the model. */
export function conditionalPair(sample: GroupSample, implied: ImpliedPair, exogenous: readonly number[]): { readonly sample: GroupSample; readonly implied: ImpliedPair } | null {
  const observed = conditionalMoments(sample.mean, sample.covariance, exogenous);
  const model = conditionalMoments(implied.mu, implied.sigma, exogenous);
  return observed && model ? { sample: { n: sample.n, mean: observed.mu, covariance: observed.sigma }, implied: model } : null;
}

/**
 * Weighted squares of the conditional moments with the weight V = Σ_{y|x}⁻¹ of
 * the model: tr(VBMBᵀ) for the regressions B = [intercept slopes], M the mean
 * of (1, x)(1, x)ᵀ, and ½ tr[(VS)²] for the residual covariances.
 */
export function conditionalSquares(sample: GroupSample, implied: ImpliedPair, exogenous: readonly number[]): WeightedSquares | null {
  const observed = conditionalMoments(sample.mean, sample.covariance, exogenous);
  const model = conditionalMoments(implied.mu, implied.sigma, exogenous);
  if (!observed || !model) return null;
  const { p } = model;
  const k = exogenous.length;
  const factor = model.sigma.slice();
  if (cholesky(factor, p) >= 0) return null;
  const v = new Float64Array(p * p);
  choleskyInverse(factor, p, v, new Float64Array(p * p));
  const m = new Float64Array((k + 1) ** 2);
  const x = [1, ...exogenous.map((i) => sample.mean[i])];
  for (let a = 0; a <= k; a++) for (let b = 0; b <= k; b++) m[a * (k + 1) + b] = x[a] * x[b] + (a > 0 && b > 0 ? sample.covariance[exogenous[a - 1] * sample.mean.length + exogenous[b - 1]] : 0);
  const regression = ({ mu, slopes }: ConditionalMoments): Float64Array => Float64Array.from({ length: p * (k + 1) }, (_, at) => (at % (k + 1) === 0 ? mu[at / (k + 1)] : slopes[Math.floor(at / (k + 1)) * k + (at % (k + 1)) - 1]));
  const form = (b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) for (let a = 0; a <= k; a++) sum += v[i * p + j] * b[i * (k + 1) + a] * dot(m, a * (k + 1), b, j * (k + 1), k + 1);
    return sum;
  };
  const [own, theirs] = [regression(observed), regression(model)];
  return {
    residual: form(own.map((value, i) => value - theirs[i])) + halfTraceSquare(v, observed.sigma.map((value, i) => value - model.sigma[i]), p),
    total: form(own) + halfTraceSquare(v, observed.sigma, p)
  };
}
