/** Columns of one term, each of length n. */
export interface TermColumns {
  readonly term: string;
  /** Factors of the term by index (empty for a covariate). */
  readonly factors: readonly number[];
  readonly columns: readonly Float64Array[];
}

/** Sum-to-zero contrasts: class k < g − 1 has 1 in column k, the last class −1 everywhere. */
export function sumContrast(classes: number, index: number, column: number): number {
  if (index === classes - 1) return -1;
  return index === column ? 1 : 0;
}

/** Columns of the factors named in `which`: products of their contrasts. */
export function factorColumns(which: readonly number[], classes: readonly number[], indices: readonly Int32Array[]): readonly Float64Array[] {
  return which.reduce<readonly Float64Array[]>(
    (columns, factor) =>
      columns.flatMap((column) => Array.from({ length: classes[factor] - 1 }, (_, k) => column.map((value, i) => value * sumContrast(classes[factor], indices[factor][i], k)))),
    [new Float64Array(indices[0].length).fill(1)]
  );
}

/** Every non-empty subset of 0 … count − 1, smaller first, at most `order` large. */
export function subsets(count: number, order: number): readonly (readonly number[])[] {
  const all = Array.from({ length: 2 ** count - 1 }, (_, bits) => Array.from({ length: count }, (_, i) => i).filter((i) => (bits + 1) & (1 << i)));
  return all.filter((set) => set.length <= order).sort((a, b) => a.length - b.length || a[0] - b[0] || a[a.length - 1] - b[b.length - 1]);
}
