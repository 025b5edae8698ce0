import type { GroupRows } from '../../../statistics/rows.js';

/** Rows with the same unanswered variables. */
export interface MissingPattern {
  readonly observed: Int32Array;
  readonly missing: Int32Array;
  readonly n: number;
  /** Share of the group's rows (weights, when given). */
  readonly share: number;
  /** p; 0 at missing variables. */
  readonly mean: Float64Array;
  /** p × p around `mean`, divided by n; 0 at missing variables; null for one row. */
  readonly covariance: Float64Array | null;
  readonly rows: Int32Array;
}

/** Groups rows by which variables are answered, fullest patterns first. */
export function missingPatterns(rows: GroupRows, p: number): readonly MissingPattern[] {
  const { n, values, weights } = rows;
  const byKey = new Map<string, number[]>();
  for (let i = 0; i < n; i++) {
    let key = '';
    for (let j = 0; j < p; j++) key += Number.isNaN(values[i * p + j]) ? '0' : '1';
    const known = byKey.get(key);
    if (known) known.push(i);
    else byKey.set(key, [i]);
  }
  let whole = n;
  if (weights) whole = weights.reduce((sum, w) => sum + w, 0);
  return [...byKey].map(([key, index]) => {
    const all = Array.from({ length: p }, (_, j) => j);
    const observed = Int32Array.from(all.filter((j) => key[j] === '1'));
    const mean = new Float64Array(p);
    let size = 0;
    for (const i of index) {
      const w = weights ? weights[i] : 1;
      size += w;
      for (const j of observed) mean[j] += w * values[i * p + j];
    }
    for (const j of observed) mean[j] /= size;
    let covariance: Float64Array | null = null;
    if (index.length > 1) {
      covariance = new Float64Array(p * p);
      for (const i of index) {
        const w = (weights ? weights[i] : 1) / size;
        for (const j of observed) {
          const d = w * (values[i * p + j] - mean[j]);
          for (const k of observed) covariance[j * p + k] += d * (values[i * p + k] - mean[k]);
        }
      }
    }
    return { observed, missing: Int32Array.from(all.filter((j) => key[j] === '0')), n: index.length, share: size / whole, mean, covariance, rows: Int32Array.from(index) };
  }).sort((a, b) => a.missing.length - b.missing.length);
}
