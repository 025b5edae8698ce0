/** Rows that answer the same level-1 variables. */
export interface RowPattern {
  /** Indices among the level-1 variables. */
  readonly observed: Int32Array;
  readonly count: number;
  /** Σ (y − ȳ)(y − ȳ)ᵀ around the means of their own segments, p × p, zeros at what is missing. */
  readonly scatter: Float64Array;
}

/**
 * The rows of a group with missing answers. A segment is the rows of one
 * cluster with one pattern; means of segments and scatters of patterns are all
 * that the likelihood needs.
 */
export interface IncompleteClusters {
  /** p, level-1 variables. */
  readonly p: number;
  readonly patterns: readonly RowPattern[];
  /** Segments of cluster j: start[j] … start[j + 1] − 1. */
  readonly start: Int32Array;
  readonly pattern: Int32Array;
  readonly count: Int32Array;
  /** ȳ of each segment, segments × p, zeros at what is missing. */
  readonly mean: Float64Array;
  /** Rows by segment: those of segment s are order[first[s]] … */
  readonly order: Int32Array;
  readonly first: Int32Array;
  /** Level-1 answers, N × p, zeros at what is missing. */
  readonly answers: Float64Array;
  /** Which between-only variables (indices among the level-2 ones) a cluster answers, and the pattern of each cluster. */
  readonly betweenPatterns: readonly Int32Array[];
  readonly betweenPattern: Int32Array;
  /** Values of the level-2 variables, J × level-2, zeros but for answered between-only ones. */
  readonly betweenValues: Float64Array;
  /** Numbers that were answered: of level 1, and once per cluster of level 2 alone. */
  readonly cells: number;
}

/**
 * @param values N × columns, missing cells NaN
 * @param level1 columns of the level-1 variables
 * @param level2 columns of the level-2 variables
 */
export function incompleteClusters(values: Float64Array, n: number, columns: number, clusterOf: Int32Array, clusters: number, level1: readonly number[], level2: readonly number[]): IncompleteClusters {
  const p = level1.length;
  const answers = new Float64Array(n * p);
  let cells = 0;
  const patternNumbers = new Map<string, number>();
  const observed: Int32Array[] = [];
  const patternOf = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let key = '';
    for (let k = 0; k < p; k++) {
      const value = values[i * columns + level1[k]];
      const missing = Number.isNaN(value);
      key += missing ? '0' : '1';
      if (missing) continue;
      cells++;
      answers[i * p + k] = value;
    }
    const known = patternNumbers.get(key);
    patternOf[i] = known ?? patternNumbers.size;
    if (known !== undefined) continue;
    patternNumbers.set(key, patternNumbers.size);
    observed.push(Int32Array.from([...key].flatMap((each, k) => (each === '1' ? [k] : []))));
  }

  const order = Int32Array.from({ length: n }, (_, i) => i).sort((a, b) => clusterOf[a] - clusterOf[b] || patternOf[a] - patternOf[b] || a - b);
  const first: number[] = [];
  const start = new Int32Array(clusters + 1);
  for (let at = 0; at < n; at++) {
    const i = order[at];
    const before = at > 0 ? order[at - 1] : -1;
    if (before >= 0 && clusterOf[before] === clusterOf[i] && patternOf[before] === patternOf[i]) continue;
    first.push(at);
    start[clusterOf[i] + 1]++;
  }
  for (let j = 0; j < clusters; j++) start[j + 1] += start[j];
  const segments = first.length;
  first.push(n);
  const mean = new Float64Array(segments * p);
  const scatters = observed.map(() => new Float64Array(p * p));
  const counts = new Int32Array(observed.length);
  const pattern = new Int32Array(segments);
  const count = new Int32Array(segments);
  const d = new Float64Array(p);
  for (let s = 0; s < segments; s++) {
    pattern[s] = patternOf[order[first[s]]];
    count[s] = first[s + 1] - first[s];
    counts[pattern[s]] += count[s];
    for (let at = first[s]; at < first[s + 1]; at++) for (let k = 0; k < p; k++) mean[s * p + k] += answers[order[at] * p + k] / count[s];
    if (count[s] > 1) for (let at = first[s]; at < first[s + 1]; at++) {
      for (let k = 0; k < p; k++) d[k] = answers[order[at] * p + k] - mean[s * p + k];
      addSquare(d, 1, scatters[pattern[s]]);
    }
  }

  const q = level2.length;
  const isLevel1 = new Set(level1);
  const betweenValues = new Float64Array(clusters * q);
  const answered = new Uint8Array(clusters * q);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < q; k++) {
      const value = values[i * columns + level2[k]];
      if (isLevel1.has(level2[k]) || Number.isNaN(value)) continue;
      answered[clusterOf[i] * q + k] = 1;
      betweenValues[clusterOf[i] * q + k] = value;
    }
  const betweenNumbers = new Map<string, number>();
  const betweenPatterns: Int32Array[] = [];
  const betweenPattern = new Int32Array(clusters);
  for (let j = 0; j < clusters; j++) {
    const own = Array.from({ length: q }, (_, k) => k).filter((k) => answered[j * q + k] === 1);
    cells += own.length;
    const key = own.join(' ');
    const known = betweenNumbers.get(key);
    betweenPattern[j] = known ?? betweenNumbers.size;
    if (known !== undefined) continue;
    betweenNumbers.set(key, betweenNumbers.size);
    betweenPatterns.push(Int32Array.from(own));
  }
  return {
    p, patterns: observed.map((own, s) => ({ observed: own, count: counts[s], scatter: scatters[s] })), start, pattern, count, mean,
    order, first: Int32Array.from(first), answers, betweenPatterns, betweenPattern, betweenValues, cells
  };
}

/** Adds scale · d dᵀ. */
export function addSquare(d: Float64Array, scale: number, out: Float64Array): void {
  const p = d.length;
  for (let i = 0; i < p; i++) {
    const value = scale * d[i];
    if (value !== 0) for (let j = 0; j < p; j++) out[i * p + j] += value * d[j];
  }
}
