/** Stands for no answer in a narrow column. */
export const NARROW_MISSING = -128;

/** Numbers of a column: doubles, or, when all are whole and from −127 to 127 as most answers are, a byte each, with `NARROW_MISSING` for NaN. */
export type ColumnNumbers = Float64Array | Int8Array;

/** Bytes as doubles, into the first places of `target`. */
export function widened(bytes: Int8Array, target: Float64Array = new Float64Array(bytes.length)): Float64Array {
  for (let i = 0; i < bytes.length; i++) {
    const value = bytes[i];
    target[i] = value === NARROW_MISSING ? NaN : value;
  }
  return target;
}
