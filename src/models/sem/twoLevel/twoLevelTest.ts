import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ModelTest, ScaledTest } from '../fit/fitState.js';
import { informationMatrix, invertInformation } from '../inference/parameterCovariance.js';
import { firstOrderInformation } from '../inference/firstOrderInformation.js';
import { traceOfProduct } from '../inference/traces.js';
import type { ResolvedSemOptions } from '../options.js';
import { isScaled } from '../specification/scaledTests.js';
import type { SaturatedLevels } from './saturatedLevels.js';

/**
 * Likelihood-ratio test against the unrestricted two-level model; with a
 * scaled test also T/c, c = (tr(A₁⁻¹B₁) − tr(A₀⁻¹B₀))/df, where A is the
 * information and B the cross product of the clusters' scores of the
 * unrestricted (1) and the fitted (0) model.
 *
 * @see Yuan & Bentler (2007), Sociological Methodology 37; Asparouhov & Muthén (2005)
 */
export function twoLevelTest(estimation: Estimation, saturated: SaturatedLevels, sample: SemSample, options: ResolvedSemOptions, df: number): ModelTest {
  const statistic = 2 * sample.n * estimation.objective.weights.reduce((sum, weight, g) => sum + (weight * estimation.objective.groupValues[g]) / 2, 0);
  if (!isScaled(options.test)) return { statistic, df, scaled: null };
  if (df <= 0) return { statistic, df, scaled: { statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN } };
  return { statistic, df, scaled: scaledTest(statistic, df, estimation, saturated, sample, options) };
}

function scaledTest(statistic: number, df: number, estimation: Estimation, saturated: SaturatedLevels, sample: SemSample, options: ResolvedSemOptions): ScaledTest | null {
  const inverse = invertInformation(informationMatrix(estimation, sample, options.information, options), estimation);
  if (!inverse) return null;
  const model = traceOfProduct(inverse, firstOrderInformation(estimation, sample), estimation.structure.size);
  const unrestricted = saturatedTrace(estimation, saturated.estimation, sample, options);
  const c = (unrestricted - model) / df;
  return Number.isFinite(c) && c > 0 ? { statistic: statistic / c, df, scaling: c, shift: 0, trace: c, saturated: unrestricted, model } : null;
}

/** tr(A₁⁻¹B₁) over the unrestricted moments, without those of fixed exogenous variables. */
function saturatedTrace(estimation: Estimation, saturated: Estimation, sample: SemSample, options: ResolvedSemOptions): number {
  const { structure, table } = saturated;
  const size = structure.size;
  const key = (row: { readonly lhs: string; readonly op: string; readonly rhs: string; readonly group: number; readonly level: number }): string => JSON.stringify([row.op, row.group, row.level, ...[row.lhs, row.rhs].sort()]);
  const fixed = new Set(estimation.table.rows.filter((row) => row.exo).map(key));
  const kept = Array.from({ length: size }, (_, k) => k).filter((k) => !fixed.has(key(table.rows[structure.firstRow[k]])));
  const n = kept.length;
  const information = informationMatrix(saturated, sample, options.information, options);
  const meat = firstOrderInformation(saturated, sample);
  const factor = new Float64Array(n * n);
  const own = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b <= a; b++) {
      factor[a * n + b] = information[kept[a] * size + kept[b]];
      own[a * n + b] = meat[kept[a] * size + kept[b]];
    }
  if (cholesky(factor, n) >= 0) return NaN;
  const inverse = new Float64Array(n * n);
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  return traceOfProduct(inverse, own, n);
}
