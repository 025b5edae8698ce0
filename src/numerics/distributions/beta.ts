import { findRootFrom } from '../rootFinding.js';
import { incompleteBeta, logBetaKernel } from '../special/incompleteBeta.js';
import { smallTail, type Tail } from './inversion.js';

/** xᵃ⁻¹ (1−x)ᵇ⁻¹ / B(a, b). */
export function betaDensity(x: number, a: number, b: number): number {
  if (x < 0 || x > 1) return 0;
  if (x === 0) return a < 1 ? Infinity : a === 1 ? b : 0;
  if (x === 1) return b < 1 ? Infinity : b === 1 ? a : 0;
  return Math.exp(logBetaKernel(a, b, x, 1 - x)) / (x * (1 - x));
}

/** I_x(a, b). */
export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x, false, false);
}

export function betaUpper(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x, true, false);
}

export function betaLogCdf(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x, false, true);
}

export function betaLogUpper(x: number, a: number, b: number): number {
  return incompleteBeta(a, b, x, 1 - x, true, true);
}

/**
 * log(x / (1 − x)) of the beta quantile, for p in (0, 1): in this coordinate
 * both ends keep their digits.
 */
export function betaLogitQuantile(p: number, a: number, b: number, tail: Tail): number {
  const { tail: side, logP } = smallTail(p, tail);
  const upper = side === 'upper';
  const distance = (u: number): number => {
    const x = 1 / (1 + Math.exp(-u));
    const y = 1 / (1 + Math.exp(u));
    return incompleteBeta(a, b, x, y, upper, true) - logP;
  };
  const root = findRootFrom(distance, Math.log(a / b), 0.25, -708, 708);
  if (root.ok) return root.x;
  return side === 'lower' ? -Infinity : Infinity;
}

/** x with I_x(a, b) = p, or with upper tail p. NaN for p outside [0, 1] or shapes ≤ 0. */
export function betaQuantile(p: number, a: number, b: number, tail: Tail = 'lower'): number {
  if (!(p >= 0 && p <= 1 && a > 0 && b > 0)) return NaN;
  if (p === 0 || p === 1) return (p === 0) === (tail === 'lower') ? 0 : 1;
  return 1 / (1 + Math.exp(-betaLogitQuantile(p, a, b, tail)));
}
