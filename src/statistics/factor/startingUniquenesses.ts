import { choleskySolve } from '../../numerics/dense/cholesky.js';

/** Smallest uniqueness that maximum likelihood may reach, as in R's factanal; one that stands there is a Heywood case. */
export const LOWEST_UNIQUENESS = 0.005;

/**
 * Jöreskog's start ψᵢ = (1 − m/(2k)) / (R⁻¹)ᵢᵢ.
 * @param factor Cholesky factor of R
 * @see Jöreskog (1967), Psychometrika 32, 443-482
 */
export function startingUniquenesses(factor: Float64Array, k: number, m = 1): Float64Array {
  const psi = new Float64Array(k);
  const unit = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    unit.fill(0);
    unit[i] = 1;
    choleskySolve(factor, k, unit);
    psi[i] = Math.max(2 * LOWEST_UNIQUENESS, (1 - (0.5 * m) / k) / unit[i]);
  }
  return psi;
}
