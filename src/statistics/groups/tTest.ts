import { tQuantile, tTwoSided } from '../../numerics/distributions/index.js';
import { fail } from '../../shared/diagnostic.js';
import { accurateMean, meanAndSquares } from '../../numerics/exact/accurateSums.js';
import { variesBeyondRounding } from './variesBeyondRounding.js';
import { welchDf } from './welchDf.js';
import { standardizedDifference, type StandardizedDifference } from './standardizedDifference.js';

export interface SampleMoments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** A t test of a difference; `t` and `pValue` are null when nothing varies. */
export interface TTest {
  readonly difference: number;
  readonly stdError: number;
  readonly t: number | null;
  readonly df: number;
  /** Two-sided. */
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export interface IndependentTTest {
  readonly groups: readonly [SampleMoments, SampleMoments];
  /** Equal variances assumed. */
  readonly student: TTest;
  /** Not assumed; df by Welch and Satterthwaite. */
  readonly welch: TTest;
  /** On the pooled SD. */
  readonly effect: StandardizedDifference | null;
}

/** n, mean and variance (n − 1). @throws SurveyError `too-few-rows` for fewer than two values */
export function sampleMoments(values: ArrayLike<number>): SampleMoments {
  if (values.length < 2) fail('too-few-rows', `a t test needs two answers in each sample, found ${values.length}`);
  const { mean, squares } = meanAndSquares(values);
  return { n: values.length, mean: mean.high, variance: squares / (values.length - 1) };
}

/** @param sizes means of the values that were compared: a standard error within their rounding is none */
function test(difference: number, stdError: number, df: number, confidence: number, sizes: readonly number[]): TTest {
  if (!variesBeyondRounding(stdError, ...sizes)) return { difference, stdError, t: null, df, pValue: null, confLow: null, confHigh: null };
  const t = difference / stdError;
  const half = tQuantile((1 + confidence) / 2, df) * stdError;
  return { difference, stdError, t, df, pValue: tTwoSided(t, df), confLow: difference - half, confHigh: difference + half };
}

/** Student's and Welch's test of two means, from moments. */
export function independentTTest(a: SampleMoments, b: SampleMoments, confidence = 0.95): IndependentTTest {
  const df = a.n + b.n - 2;
  const pooled = ((a.n - 1) * a.variance + (b.n - 1) * b.variance) / df;
  const scale = Math.sqrt(1 / a.n + 1 / b.n);
  const difference = a.mean - b.mean;
  const va = a.variance / a.n;
  const vb = b.variance / b.n;
  const unpooledDf = va + vb > 0 ? welchDf(va, a.n, vb, b.n) : df;
  const sizes = [a.mean, b.mean];
  const student = test(difference, Math.sqrt(pooled) * scale, df, confidence, sizes);
  return { groups: [a, b], student, welch: test(difference, Math.sqrt(va + vb), unpooledDf, confidence, sizes), effect: student.t === null ? null : standardizedDifference(student.t, df, scale, confidence) };
}

export interface OneSampleTTest extends TTest {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly effect: StandardizedDifference | null;
}

/** Test of a mean against `mu`; d = (x̄ − μ)/s. */
export function oneSampleTTest(values: ArrayLike<number>, mu = 0, confidence = 0.95): OneSampleTTest {
  return meanTest(values, mu, confidence, []);
}

function meanTest(values: ArrayLike<number>, mu: number, confidence: number, sizes: readonly number[]): OneSampleTTest {
  const { n, mean, variance } = sampleMoments(values);
  const result = test(mean - mu, Math.sqrt(variance / n), n - 1, confidence, [mean, ...sizes]);
  return { n, mean, sd: Math.sqrt(variance), ...result, effect: result.t === null ? null : standardizedDifference(result.t, n - 1, 1 / Math.sqrt(n), confidence) };
}

/** Test of the mean of x − y over pairs; d_z = mean difference / SD of the differences. */
export function pairedTTest(x: Float64Array, y: Float64Array, confidence = 0.95): OneSampleTTest {
  return meanTest(x.map((value, i) => value - y[i]), 0, confidence, [accurateMean(x).high, accurateMean(y).high]);
}
