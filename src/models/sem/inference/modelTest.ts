import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ModelTest, ScaledTest } from '../fit/fitState.js';
import type { ResolvedSemOptions } from '../options.js';
import { isScaled } from '../specification/scaledTests.js';
import { informationMatrix, invertInformation } from './parameterCovariance.js';
import { twoStage } from './incomplete/twoStage.js';
import { scaledByTraces, scaledTest } from './scaledTest.js';
import { traceOfProduct } from './traces.js';

/** A test statistic with its scaled twin, when the options name one. */
export function modelTest(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions, statistic: number, df: number): ModelTest {
  if (!isScaled(options.test)) return { statistic, df, scaled: null };
  // nothing to scale in a saturated model
  if (df <= 0) return { statistic, df, scaled: { statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN } };
  if (sample.firstStage) return { statistic, df, scaled: twoStageTest(estimation, sample, options, statistic, df) };
  const kind = options.test;
  const inverse = invertInformation(informationMatrix(estimation, sample, options.information, { ...options, observedInformation: options.testObservedInformation }), estimation);
  return { statistic, df, scaled: inverse ? scaledTest(kind, statistic, df, estimation, sample, inverse, options) : null };
}

/** Satorra-Bentler test of a two-stage solution, tr(UΓ) = tr(WΓ) − tr(E⁻¹ΔᵀWΓWΔ). */
function twoStageTest(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions, statistic: number, df: number): ScaledTest | null {
  const stage = twoStage(estimation, sample, options.missing === 'robust.two.stage');
  const inverse = stage ? invertInformation(stage.information, estimation) : null;
  return stage && inverse ? scaledByTraces('satorra.bentler', statistic, df, stage.trace - traceOfProduct(inverse, stage.meat, estimation.structure.size), NaN) : null;
}
