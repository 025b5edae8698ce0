export interface MidRanks {
  /** Rank of each value, tied values share their mean rank. */
  readonly ranks: Float64Array;
  /** Sizes of the groups of tied values (groups of one left out). */
  readonly ties: readonly number[];
}

/** Ranks from 1 in ascending order; no value may be missing. */
export function midRanks(values: Float64Array): MidRanks {
  const n = values.length;
  const order = sortedOrder(values);
  const ranks = new Float64Array(n);
  const ties: number[] = [];
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && values[order[end]] === values[order[start]]) end++;
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) ranks[order[i]] = rank;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}

/** Indices in ascending order of the values. */
export function sortedOrder(values: Float64Array): Uint32Array {
  const order = new Uint32Array(values.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  return order.sort((a, b) => values[a] - values[b]);
}

/** Σ (t³ − t) over groups of t tied values. */
export function tieSum(ties: readonly number[]): number {
  return ties.reduce((sum, t) => sum + t * (t * t - 1), 0);
}
