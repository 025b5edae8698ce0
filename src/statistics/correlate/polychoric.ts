import { bivariateNormalCdf, bivariateNormalDensity, normalCdf, normalQuantile } from '../../numerics/distributions/index.js';
import { findRoot } from '../../numerics/rootFinding.js';

export interface Polychoric {
  /** Null when a variable has one category only. */
  readonly rho: number | null;
  readonly n: number;
  /** From the information of ρ, thresholds taken as known. */
  readonly stdError: number | null;
  /** True when the likelihood still rises at |ρ| → 1 (an empty corner of the table). */
  readonly boundary: boolean;
}

/** Estimates are sought inside ±this; a likelihood that still rises there has no interior maximum. */
const WIDEST = 0.9999;
/** Smallest cell probability that enters the likelihood. */
const LEAST = 1e-300;

/**
 * Polychoric correlation of two ordinal variables (tetrachoric for two
 * categories each), two-step: thresholds Φ⁻¹ of the cumulative margins, then
 * ρ maximises Σ n_ab ln π_ab(ρ), π_ab the rectangle of Φ₂ between thresholds;
 * ∂Φ₂(h, k; ρ)/∂ρ = φ₂(h, k; ρ). Empty cells are left as they are.
 * @param x answers as numbers, `NaN` missing; categories are the values that occur
 * @see Olsson (1979), Psychometrika 44, 443-460
 */
export function polychoric(x: Float64Array, y: Float64Array): Polychoric {
  const { counts, r, c, n } = twoWayTable(x, y);
  if (r < 2 || c < 2) return { rho: null, n, stdError: null, boundary: false };
  const rows = thresholds(Float64Array.from({ length: r }, (_, a) => sum(c, (b) => counts[a * c + b])), n);
  const columns = thresholds(Float64Array.from({ length: c }, (_, b) => sum(r, (a) => counts[a * c + b])), n);
  const score = (rho: number): number => likelihood(counts, rows, columns, rho).score;
  const root = findRoot(score, -WIDEST, WIDEST, 1e-13);
  if (!root.ok) {
    const rho = score(0) > 0 ? WIDEST : -WIDEST;
    return { rho, n, stdError: null, boundary: true };
  }
  return { rho: root.x, n, stdError: 1 / Math.sqrt(likelihood(counts, rows, columns, root.x).information), boundary: false };
}

function sum(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}

function twoWayTable(x: Float64Array, y: Float64Array): { readonly counts: Float64Array; readonly r: number; readonly c: number; readonly n: number } {
  const both = [...x.keys()].filter((i) => x[i] === x[i] && y[i] === y[i]);
  const places = (values: Float64Array): Map<number, number> => new Map([...new Set(both.map((i) => values[i]))].sort((a, b) => a - b).map((value, at) => [value, at]));
  const rows = places(x);
  const columns = places(y);
  const counts = new Float64Array(rows.size * columns.size);
  for (const i of both) counts[(rows.get(x[i]) ?? 0) * columns.size + (columns.get(y[i]) ?? 0)]++;
  return { counts, r: rows.size, c: columns.size, n: both.length };
}

/** Inner thresholds between −∞ and ∞, both included. */
function thresholds(margin: Float64Array, n: number): Float64Array {
  const cuts = new Float64Array(margin.length + 1);
  cuts[0] = -Infinity;
  let below = 0;
  for (let a = 0; a < margin.length - 1; a++) {
    below += margin[a];
    cuts[a + 1] = normalQuantile(below / n);
  }
  cuts[margin.length] = Infinity;
  return cuts;
}

/** Score Σ n π′/π and expected information Σ n π′²/π · (n/Σn) in ρ. */
function likelihood(counts: Float64Array, rows: Float64Array, columns: Float64Array, rho: number): { readonly score: number; readonly information: number } {
  const r = rows.length - 1;
  const c = columns.length - 1;
  const cdf = (a: number, b: number): number => {
    if (a === 0 || b === 0) return 0;
    if (a === r) return b === c ? 1 : normalCdf(columns[b]);
    return b === c ? normalCdf(rows[a]) : bivariateNormalCdf(rows[a], columns[b], rho);
  };
  const density = (a: number, b: number): number => (a === 0 || b === 0 || a === r || b === c ? 0 : bivariateNormalDensity(rows[a], columns[b], rho));
  const width = c + 1;
  const grid = new Float64Array((r + 1) * width);
  const slopes = new Float64Array((r + 1) * width);
  for (let a = 0; a <= r; a++) {
    for (let b = 0; b <= c; b++) {
      grid[a * width + b] = cdf(a, b);
      slopes[a * width + b] = density(a, b);
    }
  }
  let score = 0;
  let information = 0;
  let n = 0;
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < c; b++) {
      const at = a * width + b;
      const p = Math.max(LEAST, grid[at + width + 1] - grid[at + width] - grid[at + 1] + grid[at]);
      const slope = slopes[at + width + 1] - slopes[at + width] - slopes[at + 1] + slopes[at];
      score += (counts[a * c + b] * slope) / p;
      if (p > LEAST) information += (slope * slope) / p;
      n += counts[a * c + b];
    }
  }
  return { score, information: information * n };
}
