import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ScaledTest } from '../fit/fitState.js';
import type { ResolvedSemOptions, TestKind } from '../options.js';
import { fixedExogenous } from './fixedExogenous.js';
import { incompleteSaturatedTrace } from './incomplete/saturatedTrace.js';
import { deviationsUnder, momentMeat } from './momentMeat.js';
import { informationMatrix } from './parameterCovariance.js';
import { saturatedTrace } from './saturatedTrace.js';
import { squaredTrace } from './squaredTrace.js';
import { traceOfProduct } from './traces.js';

/**
 * Scaled test statistics. With E the expected information, U = W − WΔE⁻¹ΔᵀW:
 * Satorra-Bentler T/c, c = tr(UΓ)/df; mean-and-variance adjusted T tr(UΓ)/tr((UΓ)²)
 * on tr(UΓ)²/tr((UΓ)²) df; scaled and shifted aT + b, a = √(df/tr((UΓ)²)),
 * b = df − a tr(UΓ); Yuan-Bentler c = (tr(A₁⁻¹B₁) − tr(A₀⁻¹B₀))/df.
 *
 * @param inverse (constrained) inverse of the information that the test is built on.
 * @see Satorra & Bentler (1994); Asparouhov & Muthén (2010); Yuan & Bentler (2000)
 */
export function scaledTest(kind: TestKind, statistic: number, df: number, estimation: Estimation, sample: SemSample, inverse: Float64Array, options: ResolvedSemOptions): ScaledTest | null {
  const { size } = estimation.structure;
  if (df <= 0) return null;
  const likelihood = kind === 'yuan.bentler.mplus' || (kind === 'yuan.bentler' && options.discrepancy === 'ML') ? likelihoodTraces(estimation, sample, inverse, options) : null;
  // with incomplete rows Yuan and Bentler's own form is asked for at the unrestricted moments only, where it is this one
  if (likelihood && (kind === 'yuan.bentler.mplus' || sample.incomplete)) {
    const scaled = byTrace(statistic, df, (likelihood.saturated - likelihood.model) / df);
    return scaled ? { ...scaled, ...likelihood } : null;
  }
  const needsSquares = kind !== 'satorra.bentler' && kind !== 'yuan.bentler';
  const pieces = deviationsUnder(estimation, sample, options, options.information, needsSquares);
  const meat = momentMeat(pieces, size, sample.n);
  let trace = -traceOfProduct(inverse, meat, size);
  for (const piece of pieces) trace += piece.squares / piece.n;
  // with complete rows Yuan and Bentler's statistic is Satorra and Bentler's
  if (!needsSquares) {
    const scaled = byTrace(statistic, df, trace / df);
    return scaled && likelihood ? { ...scaled, ...likelihood } : scaled;
  }
  return scaledByTraces(kind, statistic, df, trace, squaredTrace(pieces, sample.n, inverse, size));
}

/** tr(A₁⁻¹B₁) of the saturated and tr(A₀⁻¹B₀) of the fitted model. */
function likelihoodTraces(estimation: Estimation, sample: SemSample, inverse: Float64Array, options: ResolvedSemOptions): { readonly saturated: number; readonly model: number } {
  const meat = informationMatrix(estimation, sample, 'first.order', options);
  const exogenous = (g: number): readonly number[] => fixedExogenous(estimation, g);
  const saturated = sample.incomplete ? incompleteSaturatedTrace(sample, exogenous, options.information === 'expected' ? 'expected' : 'observed') : saturatedTrace(sample, estimation.table.meanStructure, exogenous);
  return { saturated, model: traceOfProduct(inverse, meat, estimation.structure.size) };
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
