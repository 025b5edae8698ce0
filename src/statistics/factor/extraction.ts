import type { Convergence } from '../convergence.js';

/** Unrotated solution: loadings p × m, row-major. */
export interface Extraction {
  readonly loadings: Float64Array;
  readonly factors: number;
  /** Σ of squared loadings per variable. */
  readonly communalities: Float64Array;
  /** What the iteration began with: 1 for components, SMC for factors. */
  readonly initialCommunalities: Float64Array;
  readonly convergence: Convergence;
  /** Variables whose uniqueness stands on its bound (Heywood). */
  readonly heywood: readonly number[];
  /** ML discrepancy; null for other methods. */
  readonly discrepancy: number | null;
}

/** Where iterations end: as tightly as doubles allow, as SPSS, or as R (psych's fa and stats::varimax). */
export type StoppingRule = 'tight' | 'spss' | 'r';

export function communalitiesOf(loadings: Float64Array, p: number, m: number): Float64Array {
  const h = new Float64Array(p);
  for (let i = 0; i < p; i++) for (let k = 0; k < m; k++) h[i] += loadings[i * m + k] ** 2;
  return h;
}

/** V_m √Λ_m of the leading eigenpairs; `scale` multiplies each row. */
export function leadingLoadings(values: Float64Array, vectors: Float64Array, p: number, m: number, root: (value: number) => number, scale: (row: number) => number = () => 1): Float64Array {
  const loadings = new Float64Array(p * m);
  for (let k = 0; k < m; k++) {
    const length = Math.sqrt(Math.max(0, root(values[k])));
    for (let i = 0; i < p; i++) loadings[i * m + k] = vectors[i * p + k] * length * scale(i);
  }
  return loadings;
}
