import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { ModelTest } from '../fit/fitState.js';
import type { MomentWeight } from '../estimation/momentPart.js';
import type { ResolvedSemOptions } from '../options.js';
import { scaledByTraces } from '../inference/robustInference.js';
import { pairPlace, type MomentLayout } from './layout.js';
import type { CategoricalMoments } from './sample/categoricalMoments.js';

/** Moments that the independence model sets to 0: correlations, but not among exogenous variables (slopes on those stay free). */
function zeroMoments(layout: MomentLayout, exogenous: Uint8Array): readonly number[] {
  const out: number[] = [];
  for (let a = 0; a < layout.variables; a++) for (let b = a + 1; b < layout.variables; b++) if (!(exogenous[a] && exogenous[b])) out.push(pairPlace(layout, a, b));
  return out;
}

/**
 * Test of the independence model. Thresholds, intercepts and variances are
 * free and fit exactly, so that F = r₀ᵀ V₀ r₀ over the moments set to 0, with
 * V₀ the weight of these (for a full W the inverse of their block of Γ), and
 * U = V₀ there.
 */
export function categoricalBaseline(moments: readonly CategoricalMoments[], exogenous: Uint8Array, weights: readonly MomentWeight[], options: ResolvedSemOptions): ModelTest {
  let statistic = 0;
  let df = 0;
  let trace = 0;
  let squared = 0;
  moments.forEach((group, g) => {
    const zero = zeroMoments(group.layout, exogenous);
    const k = zero.length;
    const { count } = group.layout;
    const gamma = new Float64Array(k * k);
    for (let i = 0; i < group.n; i++) {
      for (let a = 0; a < k; a++) {
        const value = group.influence[i * count + zero[a]] / group.n;
        for (let b = 0; b <= a; b++) gamma[a * k + b] += value * group.influence[i * count + zero[b]];
      }
    }
    for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) gamma[b * k + a] = gamma[a * k + b];
    const weight = weights[g];
    let v: Float64Array;
    if (weight.kind === 'diagonal') {
      v = new Float64Array(k * k);
      for (let a = 0; a < k; a++) v[a * k + a] = weight.values[zero[a]];
    } else {
      const factor = gamma.slice();
      cholesky(factor, k);
      v = new Float64Array(k * k);
      choleskyInverse(factor, k, v, new Float64Array(k * k));
    }
    let f = 0;
    for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) f += group.values[zero[a]] * v[a * k + b] * group.values[zero[b]];
    statistic += (group.n - 1) * f;
    df += k;
    // UΓ of the group; groups do not meet in the independence model
    const product = new Float64Array(k * k);
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++) {
        if (weight.kind === 'diagonal') product[a * k + b] = v[a * k + a] * gamma[a * k + b];
        else for (let c = 0; c < k; c++) product[a * k + b] += v[a * k + c] * gamma[c * k + b];
      }
    for (let a = 0; a < k; a++) {
      trace += product[a * k + a];
      for (let b = 0; b < k; b++) squared += product[a * k + b] * product[b * k + a];
    }
  });
  if (df === 0) return { statistic: 0, df: 0, scaled: { statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN } };
  return { statistic, df, scaled: scaledByTraces(options.test, statistic, df, trace, squared) };
}
