import { incompleteGamma, logPoissonMass } from '../special/incompleteGamma.js';

/** e^{−μ} μᵏ / k!. */
export function poissonMass(k: number, mean: number): number {
  if (k < 0 || !Number.isInteger(k)) return 0;
  if (mean === 0) return k === 0 ? 1 : 0;
  return Math.exp(logPoissonMass(k, mean));
}

/** P(X ≤ k) = Q(k + 1, μ). */
export function poissonCdf(k: number, mean: number): number {
  return k < 0 ? 0 : incompleteGamma(Math.floor(k) + 1, mean, true, false);
}

/** P(X > k) = P(k + 1, μ). */
export function poissonUpper(k: number, mean: number): number {
  return k < 0 ? 1 : incompleteGamma(Math.floor(k) + 1, mean, false, false);
}
