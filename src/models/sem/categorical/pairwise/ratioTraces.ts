import { cholesky } from '../../../../numerics/dense/cholesky.js';
import { axpy } from '../../../../numerics/dense/dot.js';
import { gramOfColumns, gramOfRows } from '../../../../numerics/simd/symmetricGram.js';
import type { PairwiseLikelihood } from './pairwiseLikelihood.js';

/** What the unrestricted moments of one group add to the mean and variance of a pairwise likelihood ratio. */
export interface RatioTraces {
  /** tr(J H⁻¹) and tr((J H⁻¹)²). */
  readonly trace: number;
  readonly squared: number;
  /** H, full and symmetric. */
  readonly information: Float64Array;
  /** Moments before the first one of H. */
  readonly from: number;
}

/**
 * At the point moved to, of all moments (`whole`): H = −∂²pl, J = Σ s_i s_iᵀ of
 * the rows' scores; or of the correlations given the thresholds:
 * H = H_ρρ − H_ρτ H_ττ⁻¹ H_τρ, and J of s_ρ − H_ρτ H_ττ⁻¹ s_τ. Null where H
 * is not positive definite.
 */
export function ratioTraces(likelihood: PairwiseLikelihood, whole: boolean): RatioTraces | null {
  const { n, layout } = likelihood;
  const l = layout.correlations;
  const from = whole ? 0 : l;
  const size = layout.count - from;
  const curvature = likelihood.curvature(true);
  const scores = likelihood.scores();
  const given = whole ? null : curvature.givenLocations();
  if (!whole && !given) return null;
  if (given) for (let pair = 0; pair < size; pair++) for (let r = 0; r < l; r++) if (given.slopes[pair * l + r] !== 0) axpy(scores, (l + pair) * n, -given.slopes[pair * l + r], scores, r * n, n);
  const information = given ? given.information : curvature.dense();
  const lower = information.slice();
  if (cholesky(lower, size) >= 0) return null;
  // W = L⁻¹S, so that tr(J H⁻¹) = |W|² and tr((J H⁻¹)²) = |WWᵀ|²
  const w = scores.subarray(from * n);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) if (lower[a * size + b] !== 0) axpy(w, a * n, -lower[a * size + b], w, b * n, n);
    const scale = 1 / lower[a * size + a];
    for (let i = a * n; i < (a + 1) * n; i++) w[i] *= scale;
  }
  const products = size <= n ? gramOfRows(w, size, n) : gramOfColumns(w, size, n);
  const least = Math.min(size, n);
  let trace = 0;
  let squared = 0;
  for (let a = 0; a < least; a++) trace += products[a * (least + 1)];
  for (const value of products) squared += value * value;
  return { trace, squared, information, from };
}
