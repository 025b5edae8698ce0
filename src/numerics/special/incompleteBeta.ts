import { deviancePart, stirlingError } from './saddlePoint.js';

const TWO_PI = 2 * Math.PI;
const TINY = 1e-300;
const MOST_TERMS = 1_000_000;

/** log of xᵃ yᵇ / B(a, b) with y = 1 − x, in saddle-point form. */
export function logBetaKernel(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  // a − nx = ny − b: taken from the smaller of x and y, whose rounding error is the smaller
  const difference = y < x ? n * y - b : a - n * x;
  const logMass = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviancePart(a, n * x, difference) - deviancePart(b, n * y, -difference);
  // mass of a successes in n trials · ab/n = xᵃ yᵇ / B(a, b)
  return logMass + 0.5 * Math.log((a / n) * (b / TWO_PI));
}

/**
 * Continued fraction of I_x(a, b)·B(a, b) / (xᵃ yᵇ) for x < (a+1)/(a+b+2):
 * the even part of DLMF 8.17.22, in which a − (a+b)x is taken as (a+b)y − b
 * when y is small, so that nothing cancels for x near 1. Modified Lentz.
 * @see DiDonato & Morris (1992), Significant digit computation of the incomplete beta function ratios, ACM TOMS 18, eq. 9.
 */
function betaFraction(a: number, b: number, x: number, y: number): number {
  const lambda = y < x ? (a + b) * y - b : a - (a + b) * x;
  const beta0 = (a / (a + 1)) * (lambda + 1);
  let f = beta0 === 0 ? TINY : beta0;
  let c = f;
  let d = 0;
  for (let n = 1; n < MOST_TERMS; n++) {
    const middle = a + 2 * n - 1;
    const alpha = (((a + n - 1) * (a + b + n - 1)) / middle / middle) * n * (b - n) * x * x;
    const beta = n + (n * (b - n) * x) / middle + ((a + n) / (middle + 2)) * (lambda + 1 + n * (1 + y));
    d = beta + alpha * d;
    if (d === 0) d = TINY;
    c = beta + alpha / c;
    if (c === 0) c = TINY;
    d = 1 / d;
    const delta = c * d;
    f *= delta;
    if (Math.abs(delta - 1) < 2.3e-16) break;
  }
  return 1 / f;
}

/**
 * Regularized incomplete beta I_x(a, b) (`upper` false), its complement
 * I_y(b, a) (`upper` true), or the logarithm of either; a, b > 0.
 *
 * `y` = 1 − x is given by the caller, who often knows it to more digits than
 * the subtraction would leave.
 * @see DLMF 8.17.22 and 8.17.4.
 */
export function incompleteBeta(a: number, b: number, x: number, y: number, upper: boolean, log: boolean): number {
  if (Number.isNaN(a) || Number.isNaN(b) || Number.isNaN(x) || a <= 0 || b <= 0) return NaN;
  if (x <= 0 || y <= 0) return (x <= 0) === upper ? (log ? 0 : 1) : log ? -Infinity : 0;
  const logKernel = logBetaKernel(a, b, x, y);
  const direct = x < (a + 1) / (a + b + 2);
  const fraction = direct ? betaFraction(a, b, x, y) : betaFraction(b, a, y, x);
  if (direct !== upper) return log ? logKernel + Math.log(fraction) : Math.exp(logKernel) * fraction;
  const other = Math.exp(logKernel) * fraction;
  return log ? Math.log1p(-other) : 1 - other;
}
