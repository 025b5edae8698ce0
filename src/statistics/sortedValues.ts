/** More different values than this are sorted by comparison. */
const MOST_VALUES = 256;

/** Sorts in place, ascending; answers (whole numbers close together) by counting them. */
export function sortValues(values: Float64Array): Float64Array {
  const n = values.length;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high - low >= MOST_VALUES || n < high - low) return values.sort();
  const counts = new Int32Array(high - low + 1);
  for (let i = 0; i < n; i++) {
    const value = values[i];
    // a zero may be negative, which only a comparison keeps in its place
    if (value !== Math.trunc(value) || Object.is(value, -0)) return values.sort();
    counts[value - low]++;
  }
  for (let k = 0, at = 0; k < counts.length; at += counts[k], k++) values.fill(low + k, at, at + counts[k]);
  return values;
}
