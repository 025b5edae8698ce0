import { invertPositive } from '../invertPositive.js';

/**
 * Correlations of the first `p` variables with the other `q` held constant:
 * R₁₁ − R₁₂ R₂₂⁻¹ R₂₁, rescaled to unit diagonal.
 * @param correlation (p+q) × (p+q), row-major
 * @returns p × p, or null when the controls are linearly dependent
 */
export function partialCorrelations(correlation: Float64Array, p: number, q: number): Float64Array | null {
  const m = p + q;
  const controls = new Float64Array(q * q);
  for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) controls[a * q + b] = correlation[(p + a) * m + p + b];
  const inverted = invertPositive(controls, q);
  if (!inverted.ok) return null;
  const residual = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      let explained = 0;
      for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) explained += correlation[i * m + p + a] * inverted.inverse[a * q + b] * correlation[j * m + p + b];
      residual[i * p + j] = correlation[i * m + j] - explained;
    }
  }
  const partial = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) partial[i * p + j] = i === j ? 1 : residual[i * p + j] / Math.sqrt(residual[i * p + i] * residual[j * p + j]);
  return partial;
}
