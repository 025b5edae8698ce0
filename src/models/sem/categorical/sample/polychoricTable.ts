import { bivariateNormalDensity, bivariateNormalGrid } from '../../../../numerics/distributions/bivariateNormal.js';
import { normalCdf, normalDensity } from '../../../../numerics/distributions/normal.js';
import type { Margin } from './margin.js';
import { solveCorrelation } from './solveCorrelation.js';

/** Smallest probability of a cell. */
const LEAST = 1e-15;

/** What the tables of one ordinal variable have in common: its thresholds, and Φ and φ there. */
export interface TableMargin {
  readonly thresholds: Float64Array;
  readonly cdf: Float64Array;
  readonly density: Float64Array;
  /** Casewise influences by category, categories × thresholds. */
  readonly ofCategory: Float64Array;
  readonly category: Int32Array;
  /** cov(category number, y*) = Σ φ(τ_k). */
  readonly slope: number;
}

/** Null where the margin depends on exogenous or continuous values. */
export function tableMargin({ estimates, category, ofCategory }: Margin): TableMargin | null {
  if (!ofCategory) return null;
  const density = estimates.map((tau) => normalDensity(tau));
  return { thresholds: estimates, cdf: estimates.map((tau) => normalCdf(tau)), density, ofCategory, category, slope: density.reduce((sum, value) => sum + value, 0) };
}

/**
 * Polychoric correlations of ordinal variables without exogenous ones, from
 * two-way tables with the thresholds held at their marginal values: each
 * maximizes Σ n_ab ln π_ab(ρ), π_ab a rectangle of Φ₂. Memory is that of the
 * largest table, used again for every pair.
 *
 * @see Olsson (1979), Psychometrika 44(4), two-step estimator
 */
export class PolychoricTables {
  private readonly counts: Float64Array;
  private readonly used: Float64Array;
  private readonly probability: Float64Array;
  private readonly slope: Float64Array;
  private readonly bend: Float64Array;
  private readonly score: Float64Array;
  private readonly cdf: Float64Array;
  /** Φ₂, φ₂ and ∂φ₂/∂ρ at the corners of the cells, with a border of zeros below and of margins above. */
  private readonly corner: Float64Array;
  private readonly density: Float64Array;
  private readonly turn: Float64Array;

  /**
   * @param categories of the variable that has most
   * @param weights sampling weights of the cases, if any
   */
  constructor(categories: number, private readonly zeroAdd: readonly [number, number], private readonly weights: Float64Array | null) {
    const cells = categories * categories;
    const corners = (categories + 1) ** 2;
    this.counts = new Float64Array(cells);
    this.used = new Float64Array(cells);
    this.probability = new Float64Array(cells);
    this.slope = new Float64Array(cells);
    this.bend = new Float64Array(cells);
    this.score = new Float64Array(cells);
    this.cdf = new Float64Array(cells);
    this.corner = new Float64Array(corners);
    this.density = new Float64Array(corners);
    this.turn = new Float64Array(corners);
  }

  /** The correlation of two variables; its casewise influence goes to `out`. */
  estimate(first: TableMargin, second: TableMargin, out: Float64Array): number {
    const { counts, used, probability, slope, bend, weights } = this;
    const r = first.thresholds.length + 1;
    const c = second.thresholds.length + 1;
    const cells = r * c;
    const n = first.category.length;
    counts.fill(0, 0, cells);
    for (let i = 0; i < n; i++) if (first.category[i] >= 0 && second.category[i] >= 0) counts[first.category[i] * c + second.category[i]] += weights ? weights[i] : 1;
    used.set(counts.subarray(0, cells));
    fillEmptyCells(used.subarray(0, cells), r, c, this.zeroAdd);
    const rho = solveCorrelation(startOf(used, r, c, first, second), (at) => {
      this.rectangles(first, second, at);
      let score = 0;
      let information = 0;
      for (let k = 0; k < cells; k++) {
        if (used[k] === 0) continue;
        const s = slope[k] / probability[k];
        score += used[k] * s;
        information += used[k] * (s * s - bend[k] / probability[k]);
      }
      return information > 0 ? { score, information, exact: true } : { score, information: 1 };
    });
    this.rectangles(first, second, rho);
    this.influence(first, second, rho, out);
    return rho;
  }

  /** Cell probabilities with their first and second derivatives in ρ. */
  private rectangles(first: TableMargin, second: TableMargin, rho: number): void {
    const { probability, slope, bend, corner, density, turn, cdf } = this;
    const h = first.thresholds;
    const k = second.thresholds;
    const r = h.length + 1;
    const c = k.length + 1;
    const width = c + 1;
    const rest = 1 - rho * rho;
    bivariateNormalGrid(h, k, first.cdf, second.cdf, rho, cdf);
    corner.fill(0, 0, width);
    density.fill(0, 0, (r + 1) * width);
    turn.fill(0, 0, (r + 1) * width);
    for (let a = 1; a <= r; a++) {
      const row = a * width;
      corner[row] = 0;
      corner[row + c] = a === r ? 1 : first.cdf[a - 1];
      for (let b = 1; b < c; b++) {
        const at = row + b;
        if (a === r) {
          corner[at] = second.cdf[b - 1];
          continue;
        }
        const x = h[a - 1];
        const y = k[b - 1];
        corner[at] = cdf[(a - 1) * (c - 1) + b - 1];
        density[at] = bivariateNormalDensity(x, y, rho);
        turn[at] = density[at] * (rho / rest + (x * y * (1 + rho * rho) - rho * (x * x + y * y)) / (rest * rest));
      }
    }
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < c; b++) {
        const at = (a + 1) * width + b + 1;
        const cell = a * c + b;
        probability[cell] = Math.max(corner[at] - corner[at - 1] - corner[at - width] + corner[at - width - 1], LEAST);
        slope[cell] = density[at] - density[at - 1] - density[at - width] + density[at - width - 1];
        bend[cell] = turn[at] - turn[at - 1] - turn[at - width] + turn[at - width - 1];
      }
    }
  }

  /** (n s_i − A₂₁ a_i)/A₂₂ of `pairInfluence`, with one value per cell and per category. */
  private influence(first: TableMargin, second: TableMargin, rho: number, out: Float64Array): void {
    const { counts, probability, slope, score, weights } = this;
    const r = first.thresholds.length + 1;
    const c = second.thresholds.length + 1;
    const n = first.category.length;
    let squares = 0;
    for (let cell = 0; cell < r * c; cell++) {
      const s = slope[cell] / probability[cell];
      squares += counts[cell] * s * s;
      score[cell] = s;
    }
    const byFirst = this.byCategory(first, second, rho, c, 1, c);
    const bySecond = this.byCategory(second, first, rho, r, c, 1);
    for (let cell = 0; cell < r * c; cell++) score[cell] = (n * score[cell]) / squares;
    for (let a = 0; a < r; a++) byFirst[a] /= squares;
    for (let b = 0; b < c; b++) bySecond[b] /= squares;
    for (let i = 0; i < n; i++) {
      const a = first.category[i];
      const b = second.category[i];
      out[i] = a < 0 ? (b < 0 ? 0 : -bySecond[b]) : b < 0 ? -byFirst[a] : score[a * c + b] - byFirst[a] - bySecond[b];
      if (weights) out[i] *= weights[i];
    }
  }

  /**
   * Σ_k A₂₁,k · influence on τ_k of each category of `margin`, where
   * A₂₁,k = Σ_cells n s ∂ ln π/∂τ_k. With b the other variable's category,
   * ∂P/∂τ_k = φ(τ_k) [Φ((τ_b − ρτ_k)/√(1−ρ²)) − Φ((τ_{b−1} − ρτ_k)/√(1−ρ²))]
   * in category k, and its negative in k + 1.
   *
   * @param step from one category of the other variable to the next among the cells
   * @param stride the same for `margin`
   */
  private byCategory(margin: TableMargin, other: TableMargin, rho: number, others: number, step: number, stride: number): Float64Array {
    const { counts, probability, score } = this;
    const root = Math.sqrt(1 - rho * rho);
    const size = margin.thresholds.length;
    const out = new Float64Array(size + 1);
    for (let k = 0; k < size; k++) {
      const tau = margin.thresholds[k];
      let below = 0;
      let sum = 0;
      for (let b = 0; b < others; b++) {
        const above = b < others - 1 ? normalCdf((other.thresholds[b] - rho * tau) / root) : 1;
        const cell = k * stride + b * step;
        const next = cell + stride;
        sum += (above - below) * ((counts[cell] * score[cell]) / probability[cell] - (counts[next] * score[next]) / probability[next]);
        below = above;
      }
      const weight = margin.density[k] * sum;
      for (let category = 0; category <= size; category++) out[category] += weight * margin.ofCategory[category * size + k];
    }
    return out;
  }
}

/** cov(category numbers) divided by what it would be at ρ = 1, nearly: Σφ(τ) of both variables. */
function startOf(counts: Float64Array, r: number, c: number, first: TableMargin, second: TableMargin): number {
  let [n, x, y, xy] = [0, 0, 0, 0];
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < c; b++) {
      const w = counts[a * c + b];
      n += w;
      x += w * a;
      y += w * b;
      xy += w * a * b;
    }
  }
  return (xy / n - (x / n) * (y / n)) / (first.slope * second.slope);
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
