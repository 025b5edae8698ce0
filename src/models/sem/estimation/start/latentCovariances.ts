import { invertGeneral } from '../../../../numerics/dense/lu.js';
import { LATENT_VARIANCE } from './simpleStart.js';

/** Φ = G(S − Θ)Gᵀ with G = (ΛᵀΘ⁻¹Λ)⁻¹ΛᵀΘ⁻¹ over the measured columns, correlations kept below 0.9. */
export function latentCovariances(lambda: Float64Array, theta: Float64Array, twin: Int32Array, s: Float64Array, p: number, m: number, measured: Uint8Array, psi: Float64Array): Float64Array | null {
  const columns = Array.from({ length: m }, (_, f) => f).filter((f) => measured[f]);
  const k = columns.length;
  const phi = new Float64Array(m * m);
  for (let f = 0; f < m; f++) phi[f * m + f] = psi[f] || LATENT_VARIANCE;
  if (k === 0) return phi;
  const cross = new Float64Array(k * k);
  for (let i = 0; i < p; i++) {
    for (let a = 0; a < k; a++) {
      const left = lambda[i * m + columns[a]] / theta[i];
      if (left !== 0) for (let b = 0; b < k; b++) cross[a * k + b] += left * lambda[i * m + columns[b]];
    }
  }
  const inverse = new Float64Array(k * k);
  if (!invertGeneral(cross, k, inverse)) return phi;
  const g = new Float64Array(k * p);
  for (let a = 0; a < k; a++) {
    for (let i = 0; i < p; i++) {
      let sum = 0;
      for (let b = 0; b < k; b++) sum += inverse[a * k + b] * lambda[i * m + columns[b]];
      g[a * p + i] = sum / theta[i];
    }
  }
  const shared = Array.from({ length: p }, (_, i) => columns.filter((f) => lambda[i * m + f] !== 0).length > 1).some(Boolean);
  const half = new Float64Array(k * p);
  for (let a = 0; a < k; a++) {
    for (let i = 0; i < p; i++) {
      const left = g[a * p + i];
      if (Math.abs(left) < 1e-12) continue;
      for (let j = 0; j < p; j++) half[a * p + j] += left * (s[i * p + j] - (i === j && twin[i] < 0 ? theta[i] : 0));
    }
  }
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let j = 0; j < p; j++) sum += half[a * p + j] * g[b * p + j];
      if (a === b && !shared) continue;
      phi[columns[a] * m + columns[b]] = sum;
      phi[columns[b] * m + columns[a]] = sum;
    }
  }
  for (const f of columns) if (!(phi[f * m + f] > 0.05 * (psi[f] || 1))) phi[f * m + f] = 0.05 * (psi[f] || 1);
  for (const f of columns) {
    for (const h of columns) {
      if (f <= h) continue;
      const limit = 0.9 * Math.sqrt(phi[f * m + f] * phi[h * m + h]);
      const value = Math.max(-limit, Math.min(limit, phi[f * m + h]));
      phi[f * m + h] = value;
      phi[h * m + f] = value;
    }
  }
  return phi;
}
