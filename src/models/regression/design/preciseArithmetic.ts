import { add, dd, divide, multiply, power, squareRoot, toNumber, type DoubleDouble } from '../../../numerics/exact/doubleDouble.js';
import type { PreciseColumn } from '../../../numerics/exact/accumulate.js';

/** Applies f to each element of a column; the answer keeps twice double precision. */
export function mapPrecise(a: PreciseColumn, f: (x: DoubleDouble) => DoubleDouble): PreciseColumn {
  const n = a.hi.length;
  const hi = new Float64Array(n);
  const lo = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = f(dd(a.hi[i], a.lo ? a.lo[i] : 0));
    hi[i] = value.hi;
    lo[i] = Number.isFinite(value.lo) ? value.lo : 0;
  }
  return { hi, lo };
}

export function zipPrecise(a: PreciseColumn, b: PreciseColumn, f: (x: DoubleDouble, y: DoubleDouble) => DoubleDouble): PreciseColumn {
  const n = a.hi.length;
  const hi = new Float64Array(n);
  const lo = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const value = f(dd(a.hi[i], a.lo ? a.lo[i] : 0), dd(b.hi[i], b.lo ? b.lo[i] : 0));
    hi[i] = value.hi;
    lo[i] = Number.isFinite(value.lo) ? value.lo : 0;
  }
  return { hi, lo };
}

/** Applies a function that is known to double precision only. */
export function mapPlain(a: PreciseColumn, f: (x: number) => number): PreciseColumn {
  return { hi: a.hi.map((x, i) => f(a.lo ? x + a.lo[i] : x)) };
}

export const sum = (a: PreciseColumn, b: PreciseColumn): PreciseColumn => zipPrecise(a, b, add);
export const difference = (a: PreciseColumn, b: PreciseColumn): PreciseColumn => zipPrecise(a, b, (x, y) => add(x, dd(-y.hi, -y.lo)));
export const product = (a: PreciseColumn, b: PreciseColumn): PreciseColumn => zipPrecise(a, b, multiply);
export const quotient = (a: PreciseColumn, b: PreciseColumn): PreciseColumn => zipPrecise(a, b, divide);
export const root = (a: PreciseColumn): PreciseColumn => mapPrecise(a, (x) => (x.hi < 0 ? dd(NaN) : squareRoot(x)));

/** xᵏ: exact products for a whole exponent, `Math.pow` otherwise. */
export function raise(a: PreciseColumn, b: PreciseColumn): PreciseColumn {
  const exponent = b.hi[0];
  const constant = b.hi.every((value, i) => value === exponent && !b.lo?.[i]);
  if (constant && Number.isInteger(exponent) && Math.abs(exponent) <= 1024) {
    const positive = mapPrecise(a, (x) => power(x, Math.abs(exponent)));
    return exponent < 0 ? mapPrecise(positive, (x) => divide(dd(1), x)) : positive;
  }
  return { hi: a.hi.map((x, i) => toNumber(dd(x, a.lo ? a.lo[i] : 0)) ** b.hi[i]) };
}
