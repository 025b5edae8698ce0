/** Below this length the built-in sort is as good. */
const FEW = 24;
/** Numbers per bucket, on average. */
const CROWD = 4;

/**
 * The order of many draws of an estimate, of which few places are asked for.
 * Draws lie close to a bell: they are spread over buckets in proportion to their
 * value, and a bucket is sorted when one of its places is asked for. One object
 * serves many runs of draws of one length.
 */
export class OrderedDraws {
  /** The draws, bucket by bucket. */
  private readonly grouped: Float64Array;
  private readonly bucket: Int32Array;
  /** Where each bucket ends. */
  private readonly end: Int32Array;
  private readonly isSorted: Uint8Array;
  private readonly buckets: number;
  private least = 0;
  private most = 0;
  /** Buckets per unit; 0 where all the draws are sorted at once. */
  private scale = 0;

  constructor(readonly length: number) {
    this.buckets = Math.max(1, Math.floor(length / CROWD));
    this.grouped = new Float64Array(length);
    this.bucket = new Int32Array(length);
    this.end = new Int32Array(this.buckets + 1);
    this.isSorted = new Uint8Array(this.buckets);
  }

  /** Takes `length` other draws, which stay as they are. */
  read(draws: Float64Array): this {
    const { length: n, buckets, grouped, bucket, end } = this;
    let least = Infinity;
    let most = -Infinity;
    let total = 0;
    for (let i = 0; i < n; i++) {
      const value = draws[i];
      if (value < least) least = value;
      if (value > most) most = value;
      total += value;
    }
    const scale = (buckets - 1) / (most - least);
    this.least = least;
    this.most = most;
    // a total that is no number tells of draws that are none
    this.scale = n > FEW && scale > 0 && scale < Infinity && total === total ? scale : 0;
    if (this.scale === 0) {
      grouped.set(draws);
      if (!(least === most && total === total)) grouped.sort();
      return this;
    }
    end.fill(0);
    for (let i = 0; i < n; i++) {
      const at = ((draws[i] - least) * scale) | 0;
      bucket[i] = at;
      end[at + 1]++;
    }
    for (let at = 0; at < buckets; at++) end[at + 1] += end[at];
    // afterwards end[b] is where bucket b ends
    for (let i = 0; i < n; i++) grouped[end[bucket[i]]++] = draws[i];
    this.isSorted.fill(0);
    return this;
  }

  /** The draw of a rank, from 0 for the least. */
  at(rank: number): number {
    if (this.scale > 0) this.sortBucket(this.bucketOf(rank));
    return this.grouped[rank];
  }

  /** Draws that are less than a value. */
  countBelow(value: number): number {
    const { length, grouped, end, least, most, scale } = this;
    if (scale > 0 && !(value > least)) return 0;
    if (scale > 0 && value > most) return length;
    const at = scale > 0 ? ((value - least) * scale) | 0 : 0;
    const to = scale > 0 ? end[at] : length;
    let count = scale > 0 && at > 0 ? end[at - 1] : 0;
    for (let i = count; i < to; i++) if (grouped[i] < value) count++;
    return count;
  }

  private bucketOf(rank: number): number {
    let low = 0;
    let high = this.buckets - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.end[middle] > rank) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private sortBucket(at: number): void {
    const { grouped, end, isSorted } = this;
    if (isSorted[at]) return;
    isSorted[at] = 1;
    const from = at > 0 ? end[at - 1] : 0;
    grouped.subarray(from, end[at]).sort();
  }
}
