/** Below this length, and in buckets above it, the built-in sort is as good. */
const FEW = 24;

/** What a sort writes to, for many of one length: each overwrites the one before. */
export class SortingRoom {
  readonly sorted: Float64Array;
  readonly bucket: Int32Array;
  readonly end: Int32Array;

  constructor(readonly length: number) {
    this.sorted = new Float64Array(length);
    this.bucket = new Int32Array(length);
    this.end = new Int32Array(length + 1);
  }
}

/**
 * The numbers in ascending order, as an array of their own. Draws of an estimate
 * lie close to a bell: they are spread over as many buckets as there are numbers,
 * in proportion to their value, and sorted inside each, which takes time in
 * proportion to their count.
 *
 * @param room where the answer is written, by default a new one
 */
export function sortedCopy(values: Float64Array, room: SortingRoom = new SortingRoom(values.length)): Float64Array {
  const n = values.length;
  const { sorted: out, bucket, end } = room;
  let least = Infinity;
  let most = -Infinity;
  let total = 0;
  for (let i = 0; i < n; i++) {
    const value = values[i];
    if (value < least) least = value;
    if (value > most) most = value;
    total += value;
  }
  const scale = (n - 1) / (most - least);
  if (n <= FEW || !(scale > 0) || !(scale < Infinity) || total !== total) {
    out.set(values);
    return out.sort();
  }
  end.fill(0);
  for (let i = 0; i < n; i++) {
    const at = ((values[i] - least) * scale) | 0;
    bucket[i] = at;
    end[at + 1]++;
  }
  for (let at = 0; at < n; at++) end[at + 1] += end[at];
  // afterwards end[b] is where bucket b ends
  for (let i = 0; i < n; i++) out[end[bucket[i]]++] = values[i];
  for (let at = 0, from = 0; at < n; from = end[at], at++) {
    if (end[at] - from > FEW) out.subarray(from, end[at]).sort();
    else if (end[at] - from > 1) insertionSort(out, from, end[at]);
  }
  return out;
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
