/** Below this length, and in buckets above it, the built-in sort is as good. */
const FEW = 24;

/**
 * The numbers in ascending order, as a new array. Draws of an estimate lie close
 * to a bell: they are spread over as many buckets as there are numbers, in
 * proportion to their value, and sorted inside each, which takes time in
 * proportion to their count.
 */
export function sortedCopy(values: Float64Array): Float64Array {
  const n = values.length;
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = (n - 1) / (most - least);
  if (n <= FEW || !(scale > 0) || !(scale < Infinity) || hasNaN(values)) return values.slice().sort();
  const end = new Int32Array(n + 1);
  const bucket = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const at = ((values[i] - least) * scale) | 0;
    bucket[i] = at;
    end[at + 1]++;
  }
  for (let at = 0; at < n; at++) end[at + 1] += end[at];
  const out = new Float64Array(n);
  // afterwards end[b] is where bucket b ends
  for (let i = 0; i < n; i++) out[end[bucket[i]]++] = values[i];
  for (let at = 0, from = 0; at < n; from = end[at], at++) {
    if (end[at] - from > FEW) out.subarray(from, end[at]).sort();
    else if (end[at] - from > 1) insertionSort(out, from, end[at]);
  }
  return out;
}

function hasNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) return true;
  return false;
}

function insertionSort(x: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const value = x[i];
    let j = i - 1;
    while (j >= from && x[j] > value) {
      x[j + 1] = x[j];
      j--;
    }
    x[j + 1] = value;
  }
}
