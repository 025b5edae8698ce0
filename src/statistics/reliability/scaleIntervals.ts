import { normalQuantile } from '../../numerics/distributions/index.js';
import { fisherInterval } from '../correlate/coefficient.js';
import { scaleSums } from './alpha.js';
import { halfGradients, lambda2Gradient, lambda6Gradient, meanCorrelationGradient, omegaGradient } from './coefficientGradients.js';
import { belowOneInterval, centredRows, deltaStdError, NO_INTERVAL, type CoefficientInterval } from './deltaInterval.js';
import type { Omega } from './omega.js';
import { spearmanBrownSlope, spearmanBrownUnequalSlope, type SplitHalf } from './splitHalf.js';

/** Intervals of the coefficients beside alpha; the delta method on the answers' fourth moments, normality not assumed. */
export interface ScaleIntervals {
  readonly standardizedAlpha: CoefficientInterval;
  readonly meanInterItem: CoefficientInterval;
  readonly omega: CoefficientInterval;
  readonly lambda2: CoefficientInterval;
  readonly lambda6: CoefficientInterval;
  /** Correlation between the halves. */
  readonly halves: CoefficientInterval;
  readonly spearmanBrown: CoefficientInterval;
  readonly spearmanBrownUnequal: CoefficientInterval;
  readonly guttman: CoefficientInterval;
}

export interface EstimatedScale {
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  readonly covariance: Float64Array;
  readonly correlation: Float64Array;
  /** Of the covariance matrix; undefined when it has none. */
  readonly inverse: Float64Array | undefined;
  readonly standardizedAlpha: number | null;
  readonly meanInterItem: number | null;
  readonly omega: Omega | undefined;
  readonly lambda2: number | null;
  readonly lambda6: number | null;
  readonly splitHalf: SplitHalf | null;
}

/** Every interval that the coefficients of one scale have. */
export function scaleIntervals(scale: EstimatedScale, confidence: number): ScaleIntervals {
  const { columns, means, covariance, correlation, splitHalf } = scale;
  const rows = centredRows(columns, means);
  const k = columns.length;
  const sums = scaleSums(covariance, k);
  const fisher = (r: number | null, stdError: number | null): CoefficientInterval =>
    r === null || stdError === null ? NO_INTERVAL : { stdError, ...fisherInterval(r, stdError / (1 - r * r), normalQuantile((1 + confidence) / 2)) };

  const r = scale.meanInterItem;
  const mean = r === null ? null : deltaStdError(rows, meanCorrelationGradient(correlation, covariance, k));
  // α = kr̄/(1 + (k − 1)r̄), dα/dr̄ = k/(1 + (k − 1)r̄)²
  const standardized = r === null || mean === null ? null : (mean * k) / (1 + (k - 1) * r) ** 2;

  const halves = splitHalf && halfGradients(splitHalf.firstVariance, splitHalf.secondVariance, splitHalf.covariance, k, splitHalf.firstItems);
  const between = halves && deltaStdError(rows, halves.correlation);
  const { correlation: half, spearmanBrown, spearmanBrownUnequal, guttman } = splitHalf ?? { correlation: null, spearmanBrown: null, spearmanBrownUnequal: null, guttman: null };
  const unequalSlope = splitHalf && spearmanBrownUnequalSlope(splitHalf.correlation, splitHalf.firstItems / k, splitHalf.secondItems / k);

  return {
    standardizedAlpha: belowOneInterval(scale.standardizedAlpha, standardized, confidence),
    meanInterItem: fisher(r, mean),
    omega: omegaInterval(scale, rows, confidence),
    lambda2: scale.lambda2 === null ? NO_INTERVAL : belowOneInterval(scale.lambda2, deltaStdError(rows, lambda2Gradient(sums, covariance)), confidence),
    lambda6: scale.lambda6 === null || !scale.inverse ? NO_INTERVAL : belowOneInterval(scale.lambda6, deltaStdError(rows, lambda6Gradient(scale.inverse, sums.total, k)), confidence),
    halves: fisher(half, between),
    spearmanBrown: belowOneInterval(spearmanBrown, half === null || between === null ? null : between * spearmanBrownSlope(half), confidence),
    spearmanBrownUnequal: belowOneInterval(spearmanBrownUnequal, between === null || unequalSlope === null ? null : between * unequalSlope, confidence),
    guttman: belowOneInterval(guttman, halves && deltaStdError(rows, halves.guttman), confidence)
  };
}

function omegaInterval({ omega, covariance }: EstimatedScale, rows: ReturnType<typeof centredRows>, confidence: number): CoefficientInterval {
  if (!omega?.loadings || !omega.uniquenesses || omega.omega === null || omega.boundary) return NO_INTERVAL;
  const { k } = rows;
  const sd = (i: number): number => Math.sqrt(covariance[i * k + i]);
  const gradient = omegaGradient(Float64Array.from(omega.loadings, (value, i) => value * sd(i)), Float64Array.from(omega.uniquenesses, (value, i) => value * sd(i) ** 2));
  return gradient ? belowOneInterval(omega.omega, deltaStdError(rows, gradient), confidence) : NO_INTERVAL;
}
