import type { GroupRows } from '../../../statistics/rows.js';
import { incompleteClusters, type IncompleteClusters } from './incompleteClusters.js';

/** Clusters of one size: all that the likelihood needs of them. */
export interface ClusterSize {
  /** s, rows per cluster. */
  readonly size: number;
  /** N_s, clusters of this size. */
  readonly count: number;
  /** Mean of their vectors, q. */
  readonly mean: Float64Array;
  /** Covariance of their vectors around `mean`, divided by N_s, q × q; null for a single cluster. */
  readonly covariance: Float64Array | null;
  /** Which clusters. */
  readonly clusters: Int32Array;
}

/**
 * The rows of one group as sufficient statistics of a two-level model. A
 * cluster is one vector v_j of q entries, cluster means of the level-1
 * variables and values of the between-only ones; rows enter by their pooled
 * covariance around their cluster means. The cost of the likelihood goes with
 * the number of distinct cluster sizes.
 *
 * @see McDonald & Goldstein (1989), British Journal of Mathematical and Statistical Psychology 42(2); Lee & Poon (1998), Statistica Sinica 8
 */
export interface ClusteredGroup {
  readonly label: string;
  /** N, rows. */
  readonly n: number;
  /** J, clusters. */
  readonly clusters: number;
  /** Names of the q entries: level-2 variables, then within-only ones. */
  readonly names: readonly string[];
  /** Entry per level-1 variable. */
  readonly within: Int32Array;
  /** Entry per level-2 variable. */
  readonly between: Int32Array;
  readonly sizes: readonly ClusterSize[];
  /** Σ (y − ȳ_j)(y − ȳ_j)ᵀ / (N − J) over the level-1 variables. */
  readonly pooled: Float64Array;
  /** v_j row by row, J × q. */
  readonly vectors: Float64Array;
  /** Rows around their cluster mean, N × level-1 variables. */
  readonly deviations: Float64Array;
  /** Cluster of each row, 0 … J − 1. */
  readonly clusterOf: Int32Array;
  readonly sizeOf: Int32Array;
  /** Present where answers are missing: what the likelihood is made of then. The moments above are those of the answers given, and serve as starting values. */
  readonly incomplete?: IncompleteClusters;
}

/**
 * @param columns names of the columns of `rows`
 * @param level1 names of the level-1 variables
 * @param level2 names of the level-2 variables
 */
export function clusteredGroup(rows: GroupRows, cluster: Int32Array, columns: readonly string[], level1: readonly string[], level2: readonly string[]): ClusteredGroup {
  const names = [...level2, ...level1.filter((name) => !level2.includes(name))];
  const q = names.length;
  const width = columns.length;
  const place = names.map((name) => columns.indexOf(name));
  const within = Int32Array.from(level1, (name) => names.indexOf(name));
  const between = Int32Array.from(level2, (_, i) => i);
  const { n, values } = rows;

  const numbers = new Map<number, number>();
  const clusterOf = Int32Array.from(cluster, (id) => {
    const known = numbers.get(id) ?? numbers.size;
    numbers.set(id, known);
    return known;
  });
  const clusters = numbers.size;
  const sizeOf = new Int32Array(clusters);
  for (let i = 0; i < n; i++) sizeOf[clusterOf[i]]++;
  const hasGaps = values.some(Number.isNaN);
  const vectors = hasGaps ? meansOfAnswers(rows, clusterOf, clusters, width, place) : meansOfClusters(rows, clusterOf, sizeOf, width, place);

  const p = level1.length;
  const deviations = new Float64Array(n * p);
  const pooled = new Float64Array(p * p);
  const answered = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    const j = clusterOf[i];
    for (let k = 0; k < p; k++) {
      const value = values[i * width + place[within[k]]];
      const d = hasGaps && Number.isNaN(value) ? 0 : value - vectors[j * q + within[k]];
      if (hasGaps && !Number.isNaN(value)) answered[k]++;
      deviations[i * p + k] = d;
      for (let l = 0; l <= k; l++) pooled[k * p + l] += d * deviations[i * p + l];
    }
  }
  for (let k = 0; k < p; k++) for (let l = 0; l <= k; l++) pooled[l * p + k] = pooled[k * p + l] /= Math.max(1, n - clusters);
  // what is missing does not deviate: the rest counts for it
  if (hasGaps) for (let k = 0; k < p; k++) for (let l = 0; l < p; l++) pooled[k * p + l] *= n / Math.sqrt(answered[k] * answered[l]);
  const incomplete = hasGaps ? incompleteClusters(values, n, width, clusterOf, clusters, level1.map((name) => columns.indexOf(name)), level2.map((name) => columns.indexOf(name))) : undefined;
  return { label: rows.label, n, clusters, names, within, between, sizes: bySize(vectors, sizeOf, q), pooled, vectors, deviations, clusterOf, sizeOf, ...(incomplete ? { incomplete } : {}) };
}

function meansOfClusters({ n, values }: GroupRows, clusterOf: Int32Array, sizeOf: Int32Array, width: number, place: readonly number[]): Float64Array {
  const q = place.length;
  const out = new Float64Array(sizeOf.length * q);
  for (let i = 0; i < n; i++) for (let k = 0; k < q; k++) out[clusterOf[i] * q + k] += values[i * width + place[k]];
  for (let j = 0; j < sizeOf.length; j++) for (let k = 0; k < q; k++) out[j * q + k] /= sizeOf[j];
  return out;
}

/** Means of the answers given; that of all clusters where one gives none. */
function meansOfAnswers({ n, values }: GroupRows, clusterOf: Int32Array, clusters: number, width: number, place: readonly number[]): Float64Array {
  const q = place.length;
  const out = new Float64Array(clusters * q);
  const count = new Int32Array(clusters);
  place.forEach((column, k) => {
    count.fill(0);
    let sum = 0;
    let answered = 0;
    for (let i = 0; i < n; i++) {
      const value = values[i * width + column];
      if (Number.isNaN(value)) continue;
      out[clusterOf[i] * q + k] += value;
      count[clusterOf[i]]++;
      sum += value;
      answered++;
    }
    for (let j = 0; j < clusters; j++) out[j * q + k] = count[j] > 0 ? out[j * q + k] / count[j] : sum / answered;
  });
  return out;
}

function bySize(vectors: Float64Array, sizeOf: Int32Array, q: number): readonly ClusterSize[] {
  const members = new Map<number, number[]>();
  sizeOf.forEach((size, j) => {
    const known = members.get(size);
    if (known) known.push(j);
    else members.set(size, [j]);
  });
  return [...members].sort(([a], [b]) => a - b).map(([size, own]) => {
    const count = own.length;
    const mean = new Float64Array(q);
    for (const j of own) for (let k = 0; k < q; k++) mean[k] += vectors[j * q + k] / count;
    if (count === 1) return { size, count, mean, covariance: null, clusters: Int32Array.from(own) };
    const covariance = new Float64Array(q * q);
    for (const j of own)
      for (let k = 0; k < q; k++) {
        const d = (vectors[j * q + k] - mean[k]) / count;
        for (let l = 0; l < q; l++) covariance[k * q + l] += d * (vectors[j * q + l] - mean[l]);
      }
    return { size, count, mean, covariance, clusters: Int32Array.from(own) };
  });
}
