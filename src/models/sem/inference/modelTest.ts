import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ModelTest } from '../fit/fitState.js';
import type { ResolvedSemOptions, TestKind } from '../options.js';
import { informationMatrix, invertInformation } from './parameterCovariance.js';
import { scaledTest } from './robustInference.js';

const SCALED: ReadonlySet<TestKind> = new Set(['satorra.bentler', 'yuan.bentler', 'yuan.bentler.mplus', 'mean.var.adjusted', 'scaled.shifted']);

export function isScaled(kind: TestKind): boolean {
  return SCALED.has(kind);
}

/** A test statistic with its scaled twin, when the options name one. */
export function modelTest(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions, statistic: number, df: number): ModelTest {
  if (!isScaled(options.test)) return { statistic, df, scaled: null };
  // nothing to scale in a saturated model
  if (df <= 0) return { statistic, df, scaled: { statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN } };
  const kind = options.test === 'yuan.bentler.mplus' || options.test === 'yuan.bentler' ? options.information : 'expected';
  const inverse = invertInformation(informationMatrix(estimation, sample, kind, options.test === 'yuan.bentler' ? { ...options, observedInformation: 'h1' } : options), estimation);
  return { statistic, df, scaled: inverse ? scaledTest(options.test, statistic, df, estimation, sample, inverse) : null };
}
