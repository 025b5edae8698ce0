import { logGamma } from './logGamma.js';
import { deviancePart, stirlingError } from './saddlePoint.js';

const TWO_PI = 2 * Math.PI;
const TINY = 1e-300;
const EPSILON = 1e-17;
const MOST_TERMS = 2_000_000;

/** log of xᵃ e⁻ˣ / Γ(a + 1), the Poisson mass at a with mean x. */
export function logPoissonMass(a: number, x: number): number {
  if (a === 0) return -x;
  return -stirlingError(a) - deviancePart(a, x) - 0.5 * Math.log(TWO_PI * a);
}

/** Σₙ xⁿ / ((a+1)…(a+n)) from n = `first`, so that P(a, x) = mass(a, x) · series(0). */
function lowerSeries(a: number, x: number, first: 0 | 1): number {
  let term = 1;
  let sum = first === 0 ? 1 : 0;
  for (let n = 1; n < MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term <= sum * EPSILON) break;
  }
  return sum;
}

/** Γ(a, x) eˣ x⁻ᵃ by modified Lentz on the continued fraction DLMF 8.9.2, x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < MOST_TERMS; i++) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (d === 0) d = TINY;
    c = b + an / c;
    if (c === 0) c = TINY;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 2e-16) break;
  }
  return h;
}

/** Q(a, x) for a small a and x where P is near 1: 1 − xᵃ/Γ(1+a)·e⁻ˣ·S without subtracting near-equal numbers. */
function upperSmallShape(a: number, x: number): number {
  const logPower = a * Math.log(x) - logGamma(a + 1);
  return -Math.expm1(logPower - x) - Math.exp(logPower - x) * lowerSeries(a, x, 1);
}

/**
 * Regularized incomplete gamma: P(a, x) (`upper` false) or Q(a, x) (`upper`
 * true), or its logarithm; a > 0, x ≥ 0. The tail that is small is the one
 * that is computed.
 *
 * @see DLMF 8.2.4, 8.11.4 (series), 8.9.2 (continued fraction).
 */
export function incompleteGamma(a: number, x: number, upper: boolean, log: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(x) || a <= 0) return NaN;
  if (x <= 0) return upper ? (log ? 0 : 1) : log ? -Infinity : 0;
  if (x === Infinity) return upper ? (log ? -Infinity : 0) : log ? 0 : 1;
  const logMass = logPoissonMass(a, x);
  if (x < a + 1) {
    if (upper && a < 1) {
      const q = upperSmallShape(a, x);
      if (q < 0.9) return log ? Math.log(q) : q;
    }
    const series = lowerSeries(a, x, 0);
    if (upper) {
      const lower = Math.exp(logMass) * series;
      return log ? Math.log1p(-lower) : 1 - lower;
    }
    return log ? logMass + Math.log(series) : Math.exp(logMass) * series;
  }
  const fraction = upperFraction(a, x) * a;
  if (upper) return log ? logMass + Math.log(fraction) : Math.exp(logMass) * fraction;
  const tail = Math.exp(logMass) * fraction;
  return log ? Math.log1p(-tail) : 1 - tail;
}
