import { bivariateNormalDensity, bivariateNormalGrid } from '../../../../numerics/distributions/bivariateNormal.js';
import { normalCdf } from '../../../../numerics/distributions/normal.js';

/** Smallest probability of a cell. */
const LEAST = 1e-15;

/** One margin of a table at the current point: thresholds, and Φ and φ there. */
export interface ThresholdPoint {
  readonly thresholds: Float64Array;
  readonly cdf: Float64Array;
  readonly density: Float64Array;
}

/** Derivatives of one cell, at most five: places among (first thresholds, second thresholds, ρ) and values. */
export interface CellSlopes {
  count: number;
  readonly place: Int32Array;
  readonly value: Float64Array;
}

/**
 * Two ordinal variables under bivariate normality: cell probabilities
 * π_ab = P(h_{a−1} < y₁* ≤ h_a, k_{b−1} < y₂* ≤ k_b; ρ), the pair's
 * log-likelihood Σ n_ab ln π_ab and its derivatives in thresholds and ρ.
 *
 *   ∂Φ₂/∂h = φ(h) Φ((k − ρh)/√(1 − ρ²)),  ∂Φ₂/∂ρ = φ₂(h, k; ρ).
 *
 * @see Olsson (1979), Psychometrika 44(4), one-step estimator
 */
export class PairTable {
  /** Rows that answer both. */
  readonly total: number;
  /** Thresholds of both variables and ρ. */
  readonly size: number;
  readonly probability: Float64Array;
  private first: ThresholdPoint | null = null;
  private second: ThresholdPoint | null = null;
  private rho = 0;
  private derived = false;
  private readonly cdf: Float64Array;
  /** ∂ of the probability of column b left of threshold a, (rows − 1) × columns. */
  private readonly byFirst: Float64Array;
  /** The same of row a left of threshold b, rows × (columns − 1). */
  private readonly bySecond: Float64Array;
  private readonly byRho: Float64Array;
  /** φ₂ at the corners of the cells, with a border of zeros. */
  private readonly density: Float64Array;

  /** @param counts rows × columns, row-major */
  constructor(readonly rows: number, readonly columns: number, readonly counts: Float64Array) {
    const cells = rows * columns;
    this.size = rows + columns - 1;
    this.total = counts.reduce((sum, value) => sum + value, 0);
    this.probability = new Float64Array(cells);
    this.cdf = new Float64Array((rows - 1) * (columns - 1));
    this.byFirst = new Float64Array((rows - 1) * columns);
    this.bySecond = new Float64Array(rows * (columns - 1));
    this.byRho = new Float64Array(cells);
    this.density = new Float64Array((rows + 1) * (columns + 1));
  }

  /** Moves to a point and answers Σ n_ab ln π_ab. */
  move(first: ThresholdPoint, second: ThresholdPoint, rho: number): number {
    const { rows, columns, counts, probability, cdf } = this;
    this.first = first;
    this.second = second;
    this.rho = rho;
    this.derived = false;
    bivariateNormalGrid(first.thresholds, second.thresholds, first.cdf, second.cdf, rho, cdf);
    const width = columns - 1;
    let value = 0;
    for (let a = 0; a < rows; a++) {
      let left = 0;
      for (let b = 0; b < columns; b++) {
        const upper = a === rows - 1 ? (b === width ? 1 : second.cdf[b]) : b === width ? first.cdf[a] : cdf[a * width + b];
        const lower = a === 0 ? 0 : b === width ? first.cdf[a - 1] : cdf[(a - 1) * width + b];
        const cell = a * columns + b;
        const pi = Math.max(upper - lower - left, LEAST);
        left = upper - lower;
        probability[cell] = pi;
        if (counts[cell] > 0) value += counts[cell] * Math.log(pi);
      }
    }
    return value;
  }

  /** ∂π of all cells at the point moved to. */
  private derive(): void {
    if (this.derived || !this.first || !this.second) return;
    this.derived = true;
    const { rows, columns, byFirst, bySecond, byRho, density, rho } = this;
    const [h, k] = [this.first.thresholds, this.second.thresholds];
    const root = Math.sqrt((1 - rho) * (1 + rho));
    const border = columns + 1;
    for (let a = 0; a + 1 < rows; a++) {
      let below = 0;
      for (let b = 0; b < columns; b++) {
        const above = b + 1 < columns ? normalCdf((k[b] - rho * h[a]) / root) : 1;
        byFirst[a * columns + b] = this.first.density[a] * (above - below);
        below = above;
        if (b + 1 < columns) density[(a + 1) * border + b + 1] = bivariateNormalDensity(h[a], k[b], rho);
      }
    }
    for (let b = 0; b + 1 < columns; b++) {
      let below = 0;
      for (let a = 0; a < rows; a++) {
        const above = a + 1 < rows ? normalCdf((h[a] - rho * k[b]) / root) : 1;
        bySecond[a * (columns - 1) + b] = this.second.density[b] * (above - below);
        below = above;
      }
    }
    for (let a = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++) {
        const at = (a + 1) * border + b + 1;
        byRho[a * columns + b] = density[at] - density[at - 1] - density[at - border] + density[at - border - 1];
      }
    }
  }

  /** ∂π of cell (a, b). */
  cellSlopes(a: number, b: number, out: CellSlopes): void {
    this.derive();
    const { rows, columns, byFirst, bySecond, byRho } = this;
    let n = 0;
    const put = (place: number, value: number): void => {
      out.place[n] = place;
      out.value[n++] = value;
    };
    if (a > 0) put(a - 1, -byFirst[(a - 1) * columns + b]);
    if (a + 1 < rows) put(a, byFirst[a * columns + b]);
    if (b > 0) put(rows + b - 2, -bySecond[a * (columns - 1) + b - 1]);
    if (b + 1 < columns) put(rows + b - 1, bySecond[a * (columns - 1) + b]);
    put(rows + columns - 2, byRho[a * columns + b]);
    out.count = n;
  }

  /** Σ n_ab ∂ ln π_ab into `out`, size. */
  gradient(out: Float64Array): void {
    this.derive();
    const { rows, columns, counts, probability, byFirst, bySecond, byRho } = this;
    out.fill(0, 0, this.size);
    for (let a = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++) {
        const cell = a * columns + b;
        if (counts[cell] === 0) continue;
        const w = counts[cell] / probability[cell];
        if (a > 0) out[a - 1] -= w * byFirst[(a - 1) * columns + b];
        if (a + 1 < rows) out[a] += w * byFirst[cell];
        if (b > 0) out[rows + b - 2] -= w * bySecond[a * (columns - 1) + b - 1];
        if (b + 1 < columns) out[rows + b - 1] += w * bySecond[a * (columns - 1) + b];
        out[rows + columns - 2] += w * byRho[cell];
      }
    }
  }

  /**
   * The pair's information, size × size (lower triangle) into `out`: expected,
   * n Σ ∂π ∂πᵀ/π; or observed, Σ n_ab (∂π ∂πᵀ/π² − ∂²π/π).
   */
  information(observed: boolean, slopes: CellSlopes, out: Float64Array): void {
    this.derive();
    const { rows, columns, counts, probability, total, size } = this;
    out.fill(0, 0, size * size);
    for (let a = 0; a < rows; a++) {
      for (let b = 0; b < columns; b++) {
        const cell = a * columns + b;
        const pi = probability[cell];
        const w = observed ? counts[cell] / (pi * pi) : total / pi;
        if (w === 0) continue;
        this.cellSlopes(a, b, slopes);
        for (let i = 0; i < slopes.count; i++) {
          const left = w * slopes.value[i];
          for (let j = 0; j <= i; j++) out[slopes.place[i] * size + slopes.place[j]] += left * slopes.value[j];
        }
      }
    }
    if (observed) this.subtractCurvature(out);
  }

  /** − Σ n_ab ∂²π_ab/π_ab, corner by corner. */
  private subtractCurvature(out: Float64Array): void {
    const { rows, columns, counts, probability, byFirst, bySecond, density, size, rho, first, second } = this;
    if (!first || !second) return;
    const [h, k] = [first.thresholds, second.thresholds];
    const rest = (1 - rho) * (1 + rho);
    const border = columns + 1;
    const last = size - 1;
    const weight = (a: number, b: number): number => counts[a * columns + b] / probability[a * columns + b];
    for (let a = 0; a + 1 < rows; a++) {
      for (let b = 0; b < columns; b++) {
        const w = weight(a, b) - weight(a + 1, b);
        const at = (a + 1) * border + b + 1;
        const [above, below] = [density[at], density[at - 1]];
        out[a * size + a] -= w * (-h[a] * byFirst[a * columns + b] - rho * (above - below));
        // ∂φ₂/∂h = −(h − ρk)/(1 − ρ²) φ₂
        out[last * size + a] += (w * ((b + 1 < columns ? (h[a] - rho * k[b]) * above : 0) - (b > 0 ? (h[a] - rho * k[b - 1]) * below : 0))) / rest;
      }
    }
    for (let b = 0; b + 1 < columns; b++) {
      const place = rows - 1 + b;
      for (let a = 0; a < rows; a++) {
        const w = weight(a, b) - weight(a, b + 1);
        const at = (a + 1) * border + b + 1;
        const [above, below] = [density[at], density[at - border]];
        out[place * size + place] -= w * (-k[b] * bySecond[a * (columns - 1) + b] - rho * (above - below));
        out[last * size + place] += (w * ((a + 1 < rows ? (k[b] - rho * h[a]) * above : 0) - (a > 0 ? (k[b] - rho * h[a - 1]) * below : 0))) / rest;
      }
    }
    for (let a = 0; a + 1 < rows; a++) {
      for (let b = 0; b + 1 < columns; b++) {
        const v = weight(a, b) - weight(a + 1, b) - weight(a, b + 1) + weight(a + 1, b + 1);
        const [x, y] = [h[a], k[b]];
        const corner = v * density[(a + 1) * border + b + 1];
        out[(rows - 1 + b) * size + a] -= corner;
        out[last * size + last] -= corner * (rho / rest + (x * y * (1 + rho * rho) - rho * (x * x + y * y)) / (rest * rest));
      }
    }
  }
}

/** Room for the derivatives of one cell. */
export function cellSlopes(): CellSlopes {
  return { count: 0, place: new Int32Array(5), value: new Float64Array(5) };
}
