import { mapPacked } from '../../../../shared/packedArray.js';
/**
 * Loadings of one factor in the metric of the first fixed non-zero loading
 * (else of the first indicator), λ_i = Σ_z s_1z s_iz / Σ_z s_1z² over the other
 * indicators z, and its variance Σ s_ij λ_iλ_j / Σ λ_i²λ_j².
 */
export function commonLoadings(rows: readonly number[], given: readonly number[], s: Float64Array, p: number): { loadings: number[]; variance: number; free: boolean } {
  const k = rows.length;
  const reference = Math.max(0, given.findIndex((value) => !Number.isNaN(value) && value !== 0));
  const unit = Number.isNaN(given[reference]) ? 1 : given[reference] || 1;
  const at = (i: number, j: number): number => s[rows[i] * p + rows[j]];
  const loadings = mapPacked(given, (value, i) => {
    if (!Number.isNaN(value)) return value;
    if (i === reference) return unit;
    let top = 0;
    let bottom = 0;
    for (let z = 0; z < k; z++) {
      if (z === i || z === reference) continue;
      top += at(reference, z) * at(i, z);
      bottom += at(reference, z) ** 2;
    }
    const ratio = bottom > 0 ? top / bottom : Math.sign(at(reference, i) || 1) * Math.sqrt(at(i, i) / at(reference, reference));
    const limit = 3 * Math.sqrt(at(i, i) / at(reference, reference));
    return unit * Math.max(-limit, Math.min(limit, ratio));
  });
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < i; j++) {
      top += at(i, j) * loadings[i] * loadings[j];
      bottom += (loadings[i] * loadings[j]) ** 2;
    }
  }
  const whole = at(reference, reference) / (unit * unit);
  const variance = bottom > 0 ? Math.min(0.95 * whole, Math.max(0.1 * whole, top / bottom)) : k === 1 ? whole : 0.5 * whole;
  return { loadings, variance, free: given.every(Number.isNaN) };
}
