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

/** Class of each fixed factor, by factor; the others are averaged over with equal weights. */
export type Cell = ReadonlyMap<number, number>;

/** Weights of (constant, columns of the terms) that give the mean of a cell: terms with a factor that is not fixed, and centred covariates, have weight 0. */
export function cellWeights(cell: Cell, terms: readonly TermColumns[], classes: readonly number[]): readonly number[] {
  return [1, ...terms.flatMap(({ factors, columns }) => {
    const fixed = factors.length > 0 && factors.every((factor) => cell.has(factor));
    return columns.map((_, k) => (fixed ? columnWeight(factors, classes, cell, k) : 0));
  })];
}

/** Product of the contrasts of a term's k-th column at a cell; the last factor's contrast runs fastest. */
function columnWeight(factors: readonly number[], classes: readonly number[], cell: Cell, k: number): number {
  let rest = k;
  let weight = 1;
  for (let at = factors.length - 1; at >= 0; at--) {
    const factor = factors[at];
    const width = classes[factor] - 1;
    weight *= sumContrast(classes[factor], cell.get(factor) ?? 0, rest % width);
    rest = Math.floor(rest / width);
  }
  return weight;
}
