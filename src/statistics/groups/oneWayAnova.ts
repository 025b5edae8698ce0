import { fUpper } from '../../numerics/distributions/index.js';
import { twoProduct } from '../../numerics/exact/doubleDouble.js';
import { fail } from '../../shared/diagnostic.js';
import { compensatedSum, meanAndSquares, pairDifference, type DoublePair } from '../../numerics/exact/accurateSums.js';
import { variesBeyondRounding } from './variesBeyondRounding.js';
import { varianceShares, type VarianceShares } from './varianceShares.js';

export interface GroupMoments {
  readonly n: number;
  readonly mean: number;
  /** Divisor n − 1; null for a single value. */
  readonly variance: number | null;
}

export interface VariationSource {
  readonly sumOfSquares: number;
  readonly df: number;
  readonly meanSquare: number;
}

export interface OneWayAnova {
  readonly groups: readonly GroupMoments[];
  readonly n: number;
  readonly mean: number;
  readonly between: VariationSource;
  readonly within: VariationSource;
  readonly totalSumOfSquares: number;
  /** Null when nothing varies within the groups, beyond the rounding of decimal fractions. */
  readonly f: number | null;
  readonly pValue: number | null;
  readonly rSquared: number | null;
  /** √(within mean square). */
  readonly residualStandardDeviation: number;
  readonly effect: VarianceShares;
}

/**
 * One-way analysis of variance, F = MS_between / MS_within. Group means and
 * the grand mean are held as pairs of doubles, so that NIST's sets with
 * thirteen constant leading digits come back.
 * @param samples one array per group, no missing values
 * @throws SurveyError `too-few-groups`, `too-few-rows`
 */
export function oneWayAnova(samples: readonly ArrayLike<number>[], confidence = 0.95): OneWayAnova {
  const g = samples.length;
  if (g < 2) fail('too-few-groups', `analysis of variance needs two groups, found ${g}`);
  const n = samples.reduce((sum, sample) => sum + sample.length, 0);
  if (samples.some((sample) => sample.length === 0) || n <= g) fail('too-few-rows', `analysis of variance needs an answer in every group and more than ${g} answers, found ${n}`);
  const moments = samples.map((sample) => meanAndSquares(sample));
  const grand = grandMean(samples, n);
  let between = 0;
  let within = 0;
  moments.forEach(({ mean, squares }, i) => {
    between += samples[i].length * pairDifference(mean, grand) ** 2;
    within += squares;
  });
  const groups = moments.map(({ mean, squares }, i): GroupMoments => ({ n: samples[i].length, mean: mean.high, variance: samples[i].length > 1 ? squares / (samples[i].length - 1) : null }));
  return anovaTable(groups, n, grand.high, between, within, confidence);
}

/** The same from the sizes, means and variances of the groups, as a paper prints them. */
export function oneWayAnovaOfMoments(groups: readonly { readonly n: number; readonly mean: number; readonly variance: number }[], confidence = 0.95): OneWayAnova {
  if (groups.length < 2) fail('too-few-groups', `analysis of variance needs two groups, found ${groups.length}`);
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const mean = groups.reduce((sum, group) => sum + group.n * group.mean, 0) / n;
  const between = groups.reduce((sum, group) => sum + group.n * (group.mean - mean) ** 2, 0);
  const within = groups.reduce((sum, group) => sum + (group.n - 1) * group.variance, 0);
  return anovaTable(groups, n, mean, between, within, confidence);
}

function anovaTable(groups: readonly GroupMoments[], n: number, mean: number, between: number, within: number, confidence: number): OneWayAnova {
  const df1 = groups.length - 1;
  const df2 = n - groups.length;
  const meanSquare = within / df2;
  const f = variesBeyondRounding(Math.sqrt(meanSquare), ...groups.map((group) => group.mean)) ? between / df1 / meanSquare : null;
  const total = between + within;
  return {
    groups,
    n,
    mean,
    between: { sumOfSquares: between, df: df1, meanSquare: between / df1 },
    within: { sumOfSquares: within, df: df2, meanSquare },
    totalSumOfSquares: total,
    f,
    pValue: f === null ? null : fUpper(f, df1, df2),
    rSquared: total > 0 ? between / total : null,
    residualStandardDeviation: Math.sqrt(meanSquare),
    effect: varianceShares(between, within, df1, df2, f, confidence)
  };
}

/** Mean of all samples together, as a pair. */
function grandMean(samples: readonly ArrayLike<number>[], n: number): DoublePair {
  const parts: number[] = [];
  for (const sample of samples) {
    const { high, low } = compensatedSum(sample);
    parts.push(high, low);
  }
  const { high, low } = compensatedSum(parts);
  const quotient = high / n;
  const correction = (high - quotient * n - twoProduct(quotient, n).lo + low) / n;
  const mean = quotient + correction;
  return { high: mean, low: quotient - mean + correction };
}
