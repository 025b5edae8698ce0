import { cholesky, forwardSolve } from '../../../numerics/dense/cholesky.js';
import { dot, dotFour } from '../../../numerics/dense/dot.js';
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
    const weight = weights[g];
    // rows r_i of the moments set to 0, turned by the factor of their weight: UΓ has the traces of Σ r rᵀ / n
    const turned = new Float64Array(group.n * k);
    for (let i = 0; i < group.n; i++) for (let a = 0; a < k; a++) turned[i * k + a] = group.influence[i * count + zero[a]];
    const observed = Float64Array.from(zero, (place) => group.values[place]);
    let f = 0;
    if (weight.kind === 'diagonal') {
      for (let a = 0; a < k; a++) {
        const w = weight.values[zero[a]];
        f += w * observed[a] ** 2;
        const root = Math.sqrt(w);
        for (let i = 0; i < group.n; i++) turned[i * k + a] *= root;
      }
    } else {
      const gamma = innerProducts(turned, group.n, k).map((value) => value / group.n);
      cholesky(gamma, k);
      forwardSolve(gamma, k, observed);
      for (const value of observed) f += value * value;
      for (let i = 0; i < group.n; i++) forwardSolve(gamma, k, turned, i * k);
    }
    statistic += (group.n - 1) * f;
    df += k;
    // groups do not meet in the independence model
    for (const value of turned) trace += (value * value) / group.n;
    const square = group.n < k ? outerProducts(turned, group.n, k) : innerProducts(turned, group.n, k);
    for (const value of square) squared += (value / group.n) ** 2;
  });
  if (df === 0) return { statistic: 0, df: 0, scaled: { statistic: 0, df: 0, scaling: NaN, shift: 0, trace: NaN } };
  return { statistic, df, scaled: scaledByTraces(options.test, statistic, df, trace, squared) };
}

/** ZZᵀ, n × n. */
function outerProducts(z: Float64Array, n: number, k: number): Float64Array {
  const out = new Float64Array(n * n);
  const four = new Float64Array(4);
  for (let i = 0; i < n; i++) {
    let j = 0;
    for (; j + 4 <= i; j += 4) {
      dotFour(z, i * k, z, j * k, k, k, four);
      for (let r = 0; r < 4; r++) out[i * n + j + r] = out[(j + r) * n + i] = four[r];
    }
    for (; j <= i; j++) out[i * n + j] = out[j * n + i] = dot(z, i * k, z, j * k, k);
  }
  return out;
}

/** ZᵀZ, k × k. */
function innerProducts(z: Float64Array, n: number, k: number): Float64Array {
  const columns = new Float64Array(n * k);
  for (let i = 0; i < n; i++) for (let a = 0; a < k; a++) columns[a * n + i] = z[i * k + a];
  return outerProducts(columns, k, n);
}
