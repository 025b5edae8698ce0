import { SPLITTER, dd, divide, multiply, squareRoot, type DoubleDouble } from './doubleDouble.js';

/** A column given to double precision, or to twice that with the second part in `lo`. */
export interface PreciseColumn {
  readonly hi: Float64Array;
  readonly lo?: Float64Array;
}

/** Σ xᵢ in double-double. */
export function preciseSum(column: PreciseColumn): DoubleDouble {
  const { hi, lo } = column;
  let high = 0;
  let low = 0;
  for (let i = 0; i < hi.length; i++) {
    const x = hi[i];
    const s = high + x;
    const part = s - high;
    const error = high - (s - part) + (x - part) + low + (lo ? lo[i] : 0);
    high = s + error;
    low = error - (high - s);
  }
  return dd(high, low);
}

/** Arithmetic mean, correct to the last digit of a double (and nearly twice that). */
export function preciseMean(column: PreciseColumn): DoubleDouble {
  return divide(preciseSum(column), dd(column.hi.length));
}

/** Σ xᵢ yᵢ in double-double. */
export function preciseDot(a: PreciseColumn, b: PreciseColumn): DoubleDouble {
  const x = a.hi;
  const y = b.hi;
  const xl = a.lo;
  const yl = b.lo;
  let high = 0;
  let low = 0;
  for (let i = 0; i < x.length; i++) {
    const u = x[i];
    const v = y[i];
    const p = u * v;
    let t = SPLITTER * u;
    const uHigh = t - (t - u);
    const uLow = u - uHigh;
    t = SPLITTER * v;
    const vHigh = t - (t - v);
    const vLow = v - vHigh;
    let rest = uHigh * vHigh - p + uHigh * vLow + uLow * vHigh + uLow * vLow;
    if (xl) rest += xl[i] * v;
    if (yl) rest += yl[i] * u;
    const s = high + p;
    const part = s - high;
    const error = high - (s - part) + (p - part) + (low + rest);
    high = s + error;
    low = error - (high - s);
  }
  return dd(high, low);
}

/** x − c, to twice double precision. */
export function preciseShift(column: PreciseColumn, c: DoubleDouble): { readonly hi: Float64Array; readonly lo: Float64Array } {
  const n = column.hi.length;
  const hi = new Float64Array(n);
  const lo = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = column.hi[i];
    const s = x - c.hi;
    const part = s - x;
    const error = x - (s - part) - (c.hi + part) + ((column.lo ? column.lo[i] : 0) - c.lo);
    hi[i] = s + error;
    lo[i] = error - (hi[i] - s);
  }
  return { hi, lo };
}

/** √w x in double-double, or w x for `power` 1. */
export function scaleRows(column: PreciseColumn, weights: Float64Array, power: 0.5 | 1 = 0.5): PreciseColumn {
  const n = weights.length;
  const hi = new Float64Array(n);
  const lo = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const scaled = multiply(dd(column.hi[i], column.lo ? column.lo[i] : 0), power === 1 ? dd(weights[i]) : squareRoot(dd(weights[i])));
    hi[i] = scaled.hi;
    lo[i] = scaled.lo;
  }
  return { hi, lo };
}
