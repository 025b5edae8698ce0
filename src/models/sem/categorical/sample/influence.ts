import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { fail } from '../../../../shared/diagnostic.js';

/** Pivots below this share of their diagonal element: scores that depend on each other. */
const SINGULAR = 1e-10;

/** n A⁻¹ w_i s_i for every row of the n × k scores, A = Σ w_i s_i s_iᵀ; `singular` answers where A has no inverse. */
export function influenceOf(scores: Float64Array, n: number, k: number, name: string, weights: Float64Array | null, singular?: () => Float64Array): Float64Array {
  const a = new Float64Array(k * k);
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < k; r++) {
      const value = scores[i * k + r] * (weights ? weights[i] : 1);
      if (value !== 0) for (let c = 0; c <= r; c++) a[r * k + c] += value * scores[i * k + c];
    }
  }
  for (let r = 0; r < k; r++) for (let c = 0; c < r; c++) a[c * k + r] = a[r * k + c];
  if (cholesky(a, k, SINGULAR) >= 0) {
    if (singular) return singular();
    fail('margin-not-identified', `the thresholds, slopes or variance of \`${name}\` cannot be told apart by these data`, { help: 'look for an exogenous variable that is a sum of others, or that predicts an answer without exception' });
  }
  const out = scores.slice();
  for (let i = 0; i < n; i++) choleskySolve(a, k, out, i * k);
  for (let i = 0, at = 0; i < n; i++) for (let r = 0; r < k; r++) out[at++] *= weights ? n * weights[i] : n;
  return out;
}
