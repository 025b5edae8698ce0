import type { Derivatives } from './derivatives.js';
import { UNIT_MEAN } from './derivatives.js';
import type { ImpliedMoments } from './impliedMoments.js';

/** Number of moments: p means (when `means`), then p(p+1)/2 covariances. */
export function momentCount(p: number, means: boolean): number {
  return (means ? p : 0) + (p * (p + 1)) / 2;
}

/** Means (when `means`), then the lower triangle of a covariance matrix column by column: the moment order of every weight matrix. */
export function momentVector(mean: Float64Array, covariance: Float64Array, p: number, means: boolean, out: Float64Array): void {
  let at = 0;
  if (means) for (let i = 0; i < p; i++) out[at++] = mean[i];
  for (let j = 0; j < p; j++) for (let i = j; i < p; i++) out[at++] = covariance[i * p + j];
}

/**
 * Δ = ∂(moments)/∂θ of one group, moments × q, row-major.
 * Columns of parameters that this group lacks stay zero.
 */
export function jacobian(d: Derivatives, implied: ImpliedMoments, q: number, means: boolean, out: Float64Array): void {
  const { p, m } = implied.structure;
  out.fill(0);
  const a = new Float64Array(p);
  const b = new Float64Array(p);
  const offset = means ? p : 0;
  const fill = (index: number, target: Float64Array): void => {
    if (index < p) {
      target.fill(0);
      target[index] = 1;
    } else if (index < p + m) for (let i = 0; i < p; i++) target[i] = implied.gamma[i * m + index - p];
    else for (let i = 0; i < p; i++) target[i] = implied.lambdaPhi[i * m + index - p - m];
  };
  for (let k = 0; k < d.count; k++) {
    fill(d.a[k], a);
    const column = d.position[k];
    if (means && d.mean[k] !== -1) {
      const c = d.mean[k] === UNIT_MEAN ? 1 : implied.kappa[d.mean[k]];
      if (c !== 0) for (let i = 0; i < p; i++) out[i * q + column] += c * a[i];
    }
    const w = d.w[k];
    if (w === 0) continue;
    fill(d.b[k], b);
    let row = offset;
    for (let j = 0; j < p; j++) {
      if (a[j] === 0 && b[j] === 0) {
        row += p - j;
        continue;
      }
      for (let i = j; i < p; i++) out[row++ * q + column] += w * (a[i] * b[j] + b[i] * a[j]);
    }
  }
}
