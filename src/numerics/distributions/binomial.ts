import { incompleteBeta } from '../special/incompleteBeta.js';
import { deviancePart, stirlingError } from '../special/saddlePoint.js';

/** C(n, k) pᵏ (1 − p)ⁿ⁻ᵏ. */
export function binomialMass(k: number, n: number, p: number): number {
  if (k < 0 || k > n || !Number.isInteger(k)) return 0;
  const q = 1 - p;
  if (p === 0 || q === 0) return k === (p === 0 ? 0 : n) ? 1 : 0;
  if (k === 0) return Math.exp(n * Math.log1p(-p));
  if (k === n) return p ** n;
  const logMass = stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviancePart(k, n * p) - deviancePart(n - k, n * q);
  return Math.exp(logMass) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}

/** P(X ≤ k) = I_{1−p}(n − k, k + 1). */
export function binomialCdf(k: number, n: number, p: number): number {
  const whole = Math.floor(k + 1e-7);
  if (whole < 0) return 0;
  if (whole >= n) return 1;
  return incompleteBeta(n - whole, whole + 1, 1 - p, p, false, false);
}

/** P(X > k). */
export function binomialUpper(k: number, n: number, p: number): number {
  const whole = Math.floor(k + 1e-7);
  if (whole < 0) return 1;
  if (whole >= n) return 0;
  return incompleteBeta(n - whole, whole + 1, 1 - p, p, true, false);
}

/** Smallest k with P(X ≤ k) ≥ p. */
export function binomialQuantile(p: number, n: number, probability: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, probability) >= p * (1 - 4e-16)) high = middle;
    else low = middle + 1;
  }
  return low;
}
