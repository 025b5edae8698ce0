import { bivariateNormalCdf, bivariateNormalDensity } from '../../../../numerics/distributions/bivariateNormal.js';
import { normalCdf, normalDensity } from '../../../../numerics/distributions/normal.js';
import type { Margin } from './margin.js';
import type { PairFit } from './pair.js';
import { solveCorrelation } from './solveCorrelation.js';

/** Smallest probability of a cell. */
const LEAST = 1e-15;

/**
 * Polychoric correlation of two ordinal variables without exogenous ones, from
 * their two-way table with the thresholds held at their marginal values:
 * maximizes Σ n_ab ln π_ab(ρ), π_ab a rectangle of Φ₂.
 *
 * @see Olsson (1979), Psychometrika 44(4), two-step estimator
 */
export function polychoricTable(first: Margin, second: Margin, zeroAdd: readonly [number, number]): PairFit {
  const n = first.category.length;
  const r = first.locations + 1;
  const c = second.locations + 1;
  const counts = new Float64Array(r * c);
  for (let i = 0; i < n; i++) if (first.category[i] >= 0 && second.category[i] >= 0) counts[first.category[i] * c + second.category[i]]++;
  const used = counts.slice();
  fillEmptyCells(used, r, c, zeroAdd);
  const probability = new Float64Array(r * c);
  const slope = new Float64Array(r * c);
  const bend = new Float64Array(r * c);
  const rho = solveCorrelation(startOf(used, r, c), (at) => {
    rectangles(first, second, at, probability, slope, bend);
    let score = 0;
    let information = 0;
    for (let k = 0; k < r * c; k++) {
      if (used[k] === 0) continue;
      const s = slope[k] / probability[k];
      score += used[k] * s;
      information += used[k] * (s * s - bend[k] / probability[k]);
    }
    return { score, information: information > 0 ? information : 1 };
  });
  rectangles(first, second, rho, probability, slope, bend);
  return { rho, influence: influence(first, second, rho, counts, probability, slope) };
}

/** Cell probabilities with their first and second derivatives in ρ, from the grid of inner thresholds. */
function rectangles(first: Margin, second: Margin, rho: number, probability: Float64Array, slope: Float64Array, bend: Float64Array): void {
  const r = first.locations + 1;
  const c = second.locations + 1;
  const width = c + 1;
  const cdf = new Float64Array((r + 1) * width);
  const density = new Float64Array((r + 1) * width);
  const turn = new Float64Array((r + 1) * width);
  const rest = 1 - rho * rho;
  for (let a = 1; a <= r; a++) {
    for (let b = 1; b <= c; b++) {
      const at = a * width + b;
      if (a === r && b === c) cdf[at] = 1;
      else if (a === r) cdf[at] = normalCdf(second.estimates[b - 1]);
      else if (b === c) cdf[at] = normalCdf(first.estimates[a - 1]);
      else {
        const x = first.estimates[a - 1];
        const y = second.estimates[b - 1];
        cdf[at] = bivariateNormalCdf(x, y, rho);
        density[at] = bivariateNormalDensity(x, y, rho);
        turn[at] = density[at] * (rho / rest + (x * y * (1 + rho * rho) - rho * (x * x + y * y)) / (rest * rest));
      }
    }
  }
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < c; b++) {
      const at = (a + 1) * width + b + 1;
      const cell = a * c + b;
      probability[cell] = Math.max(cdf[at] - cdf[at - 1] - cdf[at - width] + cdf[at - width - 1], LEAST);
      slope[cell] = density[at] - density[at - 1] - density[at - width] + density[at - width - 1];
      bend[cell] = turn[at] - turn[at - 1] - turn[at - width] + turn[at - width - 1];
    }
  }
}

function influence(first: Margin, second: Margin, rho: number, counts: Float64Array, probability: Float64Array, slope: Float64Array): Float64Array {
  const n = first.category.length;
  const r = first.locations + 1;
  const c = second.locations + 1;
  const root = Math.sqrt(1 - rho * rho);
  // ∂P/∂τ_a of the first (all columns) and ∂P/∂τ_b of the second
  const edge = (margin: Margin, other: Margin, a: number, b: number): number => {
    if (a < 0 || a >= margin.locations) return 0;
    const x = margin.estimates[a];
    const above = b < other.locations ? normalCdf((other.estimates[b] - rho * x) / root) : 1;
    const below = b > 0 ? normalCdf((other.estimates[b - 1] - rho * x) / root) : 0;
    return normalDensity(x) * (above - below);
  };
  const a21 = new Float64Array(first.locations);
  const b21 = new Float64Array(second.locations);
  let squares = 0;
  const score = new Float64Array(r * c);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < c; b++) {
      const cell = a * c + b;
      const p = probability[cell];
      const s = (score[cell] = slope[cell] / p);
      const weight = (counts[cell] * s) / p;
      squares += counts[cell] * s * s;
      if (a < first.locations) a21[a] += weight * edge(first, second, a, b);
      if (a > 0) a21[a - 1] -= weight * edge(first, second, a - 1, b);
      if (b < second.locations) b21[b] += weight * edge(second, first, b, a);
      if (b > 0) b21[b - 1] -= weight * edge(second, first, b - 1, a);
    }
  }
  // Influences of a margin depend on the category alone: one value per category.
  const byFirst = byCategory(first, a21);
  const bySecond = byCategory(second, b21);
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const a = first.category[i];
    const b = second.category[i];
    let value = 0;
    if (a >= 0) value -= byFirst[a];
    if (b >= 0) value -= bySecond[b];
    if (a >= 0 && b >= 0) value += n * score[a * c + b];
    out[i] = value / squares;
  }
  return out;
}

/** Σ_k weight_k · influence_k of any case in each category. */
function byCategory(margin: Margin, weight: Float64Array): Float64Array {
  const out = new Float64Array(margin.locations + 1);
  const seen = new Uint8Array(margin.locations + 1);
  for (let i = 0; i < margin.category.length; i++) {
    const k = margin.category[i];
    if (k < 0 || seen[k]) continue;
    seen[k] = 1;
    for (let t = 0; t < margin.locations; t++) out[k] += weight[t] * margin.influence[i * margin.size + t];
  }
  return out;
}

/** Pearson correlation of the category numbers. */
function startOf(counts: Float64Array, r: number, c: number): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < c; b++) {
      const w = counts[a * c + b];
      n += w;
      x += w * a;
      y += w * b;
      xx += w * a * a;
      yy += w * b * b;
      xy += w * a * b;
    }
  }
  const cov = xy - (x * y) / n;
  const size = Math.sqrt((xx - (x * x) / n) * (yy - (y * y) / n));
  return size > 0 ? cov / size : 0;
}

/** Adds a little to empty cells: the first constant in 2 × 2 tables (margins kept), the second in larger ones. */
function fillEmptyCells(counts: Float64Array, r: number, c: number, [small, large]: readonly [number, number]): void {
  const empty = counts.reduce((sum, value) => sum + (value === 0 ? 1 : 0), 0);
  if (empty === 0) return;
  if (r === 2 && c === 2) {
    if (small <= 0) return;
    // keeps the margins: the diagonal gains what the other diagonal loses
    const cell = counts.indexOf(0);
    const sign = cell === 0 || cell === 3 ? 1 : -1;
    if (empty > 1) {
      for (let k = 0; k < 4; k++) if (counts[k] === 0) counts[k] += small;
      return;
    }
    for (const [k, s] of [[0, 1], [1, -1], [2, -1], [3, 1]]) counts[k] += s * sign * small;
    return;
  }
  if (large > 0) for (let k = 0; k < counts.length; k++) if (counts[k] === 0) counts[k] = large;
}
