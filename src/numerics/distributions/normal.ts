import { erfc, scaledErfc, expMinusSquare } from '../special/errorFunction.js';

const SQRT_HALF = Math.SQRT1_2;
const LOG_SQRT_TWO_PI = 0.9189385332046728;
const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

/** φ(x) = exp(−x²/2)/√2π. */
export function normalDensity(x: number): number {
  return ONE_OVER_SQRT_TWO_PI * expMinusSquare(Math.abs(x) * SQRT_HALF);
}

export function normalLogDensity(x: number): number {
  return -0.5 * x * x - LOG_SQRT_TWO_PI;
}

/** Φ(x), the standard normal distribution function. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-x * SQRT_HALF);
}

/** 1 − Φ(x), exact in the upper tail. */
export function normalUpper(x: number): number {
  return 0.5 * erfc(x * SQRT_HALF);
}

/** 2(1 − Φ(|z|)), the p value of a z statistic. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) * SQRT_HALF);
}

/** log Φ(x); finite far into the lower tail. */
export function normalLogCdf(x: number): number {
  if (x > 0) return Math.log1p(-0.5 * erfc(x * SQRT_HALF));
  if (x > -1) return Math.log(0.5 * erfc(-x * SQRT_HALF));
  return -0.5 * x * x + Math.log(0.5 * scaledErfc(-x * SQRT_HALF));
}

export function normalLogUpper(x: number): number {
  return normalLogCdf(-x);
}

/** φ(x)/(1 − Φ(x)), the inverse Mills ratio, without underflow. */
export function normalHazard(x: number): number {
  if (x < 1) return normalDensity(x) / normalUpper(x);
  return Math.sqrt(2 / Math.PI) / scaledErfc(x * SQRT_HALF);
}

const A = [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227];
const B = [42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854];
const C = [1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414];
const D = [2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9];
const E = [6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7];
const F = [0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548, 1.421511758316446e-7, 2.0442631033899397e-15];

/** Ratio of a degree-7 polynomial to 1 + a degree-7 polynomial without constant term. */
function ratio(top: readonly number[], bottom: readonly number[], r: number): number {
  let numerator = top[7];
  let denominator = bottom[6];
  for (let i = 6; i >= 0; i--) numerator = numerator * r + top[i];
  for (let i = 5; i >= 0; i--) denominator = denominator * r + bottom[i];
  return numerator / (denominator * r + 1);
}

/**
 * Φ⁻¹(p). NaN outside [0, 1].
 * @see M. J. Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477–484.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(A, B, 0.180625 - q * q);
  const tail = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = tail <= 5 ? ratio(C, D, tail - 1.6) : ratio(E, F, tail - 5);
  return q < 0 ? -size : size;
}

/** z with 1 − Φ(z) = q, exact for tiny q. */
export function normalUpperQuantile(q: number): number {
  return -normalQuantile(q);
}
