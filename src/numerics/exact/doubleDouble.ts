/**
 * Numbers of about 32 digits as unevaluated sums hi + lo of two doubles.
 *
 * @see T. J. Dekker (1971), A floating-point technique for extending the available precision, Numerische Mathematik 18, 224–242.
 * @see Y. Hida, X. S. Li & D. H. Bailey (2001), Algorithms for quad-double precision floating point arithmetic.
 */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

export const ZERO: DoubleDouble = Object.freeze({ hi: 0, lo: 0 });
export const ONE: DoubleDouble = Object.freeze({ hi: 1, lo: 0 });

/** 2²⁷ + 1: splits a double into two halves of 26 bits. */
export const SPLITTER = 134217729;

export function dd(hi: number, lo: number = 0): DoubleDouble {
  return { hi, lo };
}

/** a + b as hi + lo when |a| ≥ |b|. */
function quick(a: number, b: number): DoubleDouble {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** a + b without rounding. */
export function twoSum(a: number, b: number): DoubleDouble {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

/** a · b without rounding. */
export function twoProduct(a: number, b: number): DoubleDouble {
  const hi = a * b;
  let t = SPLITTER * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = SPLITTER * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  return { hi, lo: aHigh * bHigh - hi + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const s = twoSum(a.hi, b.hi);
  const t = twoSum(a.lo, b.lo);
  const u = quick(s.hi, s.lo + t.hi);
  return quick(u.hi, u.lo + t.lo);
}

export function negate(a: DoubleDouble): DoubleDouble {
  return { hi: -a.hi, lo: -a.lo };
}

export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b));
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const p = twoProduct(a.hi, b.hi);
  return quick(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const q1 = a.hi / b.hi;
  if (!Number.isFinite(q1)) return { hi: q1, lo: 0 };
  let r = subtract(a, multiply(b, dd(q1)));
  const q2 = r.hi / b.hi;
  r = subtract(r, multiply(b, dd(q2)));
  const q3 = r.hi / b.hi;
  return add(quick(q1, q2), dd(q3));
}

/** √a for a ≥ 0. */
export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a.hi <= 0) return ZERO;
  const x = 1 / Math.sqrt(a.hi);
  const root = a.hi * x;
  const rest = subtract(a, twoProduct(root, root));
  return twoSum(root, rest.hi * (x * 0.5));
}

/** aᵏ for a whole k ≥ 0, by squaring. */
export function power(a: DoubleDouble, k: number): DoubleDouble {
  let result = ONE;
  let base = a;
  for (let rest = k; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, base);
    if (rest > 1) base = multiply(base, base);
  }
  return result;
}

export function toNumber(a: DoubleDouble): number {
  return a.hi + a.lo;
}
