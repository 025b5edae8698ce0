import { normalCdf, normalDensity } from '../../../../numerics/distributions/normal.js';
import type { MomentLayout } from '../layout.js';
import type { CategoricalGroup } from '../sample/categoricalMoments.js';
import { MomentCurvature } from './momentCurvature.js';
import { MarginTable } from './marginTable.js';
import { cellSlopes, PairTable, type CellSlopes, type ThresholdPoint } from './pairTable.js';

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly table: PairTable;
  /** Where its thresholds lie among the moments. */
  readonly places: Int32Array;
}

/**
 * Pairwise log-likelihood of ordinal variables over their thresholds and
 * correlations,
 *
 *   pl = Σ_{v<w} Σ_{ab} n_ab^{vw} ln π_ab(τ_v, τ_w, ρ_vw),
 *
 * and F = 2 Σ n ln(p/π)/N against the observed two-way tables. A row counts
 * for the pairs that it answers both of; with `available` also, by the margin
 * of its answer, for those that it answers one of.
 *
 * @see Jöreskog & Moustaki (2001), Multivariate Behavioral Research 36(3); Katsikatsou, Moustaki, Yang-Wallentin & Jöreskog (2012), Computational Statistics & Data Analysis 56(12)
 */
export class PairwiseLikelihood {
  /** pl with the observed proportions in place of π. */
  readonly observed: number;
  /** pl at the point moved to. */
  value: number = NaN;
  readonly n: number;
  readonly pairs: readonly Pair[];
  private readonly points: readonly ThresholdPoint[];
  private readonly categories: readonly Int32Array[];
  /** Per variable the answers whose partner is missing; null where they do not count. */
  readonly margins: readonly MarginTable[] | null;
  private readonly slopes: CellSlopes = cellSlopes();
  private readonly gradients: Float64Array;
  private readonly block: Float64Array;

  constructor(source: CategoricalGroup, readonly layout: MomentLayout, available: boolean) {
    const { thresholds } = source;
    this.n = source.n;
    this.categories = source.columns.map((column) => Int32Array.from(column, (value) => (Number.isNaN(value) ? -1 : value)));
    this.points = thresholds.map((k) => ({ thresholds: new Float64Array(k), cdf: new Float64Array(k), density: new Float64Array(k) }));
    const pairs: Pair[] = [];
    for (let first = 0; first < thresholds.length; first++) {
      for (let second = first + 1; second < thresholds.length; second++) {
        const table = new PairTable(thresholds[first] + 1, thresholds[second] + 1, this.counts(first, second, thresholds[first] + 1, thresholds[second] + 1));
        const places = Int32Array.from({ length: table.size - 1 }, (_, i) => (i < thresholds[first] ? layout.location[first] + i : layout.location[second] + i - thresholds[first]));
        pairs.push({ first, second, table, places });
      }
    }
    this.pairs = pairs;
    this.margins = available ? thresholds.map((k, v) => new MarginTable(this.alone(v, k + 1))) : null;
    const inPairs = pairs.reduce((sum, { table: { counts } }) => sum + logarithms(counts, counts), 0);
    this.observed = (this.margins ?? []).reduce((sum, { counts }, v) => sum + logarithms(counts, this.answers(v)), inPairs);
    const most = pairs.reduce((size, { table }) => Math.max(size, table.size), 1);
    this.gradients = new Float64Array(most);
    this.block = new Float64Array(most * most);
  }

  private counts(first: number, second: number, rows: number, columns: number): Float64Array {
    const [a, b] = [this.categories[first], this.categories[second]];
    const out = new Float64Array(rows * columns);
    for (let i = 0; i < this.n; i++) if (a[i] >= 0 && b[i] >= 0) out[a[i] * columns + b[i]]++;
    return out;
  }

  /** How many of its partners a row leaves unanswered. */
  private missing(v: number, i: number): number {
    let count = 0;
    this.categories.forEach((other, w) => (count += w !== v && other[i] < 0 ? 1 : 0));
    return count;
  }

  private answers(v: number): Float64Array {
    const out = new Float64Array(this.points[v].thresholds.length + 1);
    for (const a of this.categories[v]) if (a >= 0) out[a]++;
    return out;
  }

  private alone(v: number, categories: number): Float64Array {
    const own = this.categories[v];
    const out = new Float64Array(categories);
    for (let i = 0; i < this.n; i++) if (own[i] >= 0) out[own[i]] += this.missing(v, i);
    return out;
  }

  /** Moves to moments in the order of the layout and answers F; null where thresholds are out of order or a correlation is not inside ±1. */
  move(moments: Float64Array): number | null {
    const { layout, points } = this;
    for (let v = 0; v < points.length; v++) {
      const { thresholds, cdf, density } = points[v];
      for (let t = 0, at = layout.location[v]; t < thresholds.length; t++, at++) {
        if (!Number.isFinite(moments[at]) || (t > 0 && !(moments[at] > moments[at - 1]))) return null;
        thresholds[t] = moments[at];
        cdf[t] = normalCdf(moments[at]);
        density[t] = normalDensity(moments[at]);
      }
    }
    let value = 0;
    for (let k = 0; k < this.pairs.length; k++) {
      const rho = moments[layout.correlations + k];
      if (!(Math.abs(rho) < 1)) return null;
      const { first, second, table } = this.pairs[k];
      value += table.move(points[first], points[second], rho);
    }
    this.margins?.forEach((margin, v) => (value += margin.move(points[v])));
    this.value = value;
    return (2 * (this.observed - value)) / this.n;
  }

  /** ∂pl over the moments. */
  gradient(out: Float64Array): void {
    const { layout, gradients } = this;
    out.fill(0);
    this.pairs.forEach(({ table, places }, k) => {
      table.gradient(gradients);
      for (let i = 0; i < places.length; i++) out[places[i]] += gradients[i];
      out[layout.correlations + k] += gradients[places.length];
    });
    this.margins?.forEach((margin, v) => margin.addGradient(out, layout.location[v]));
  }

  /** −∂²pl over the moments, or its expectation. */
  curvature(observed: boolean): MomentCurvature {
    const out = new MomentCurvature(this.layout.correlations, this.pairs.length);
    this.pairs.forEach(({ table, places }, k) => {
      table.information(observed, this.slopes, this.block);
      out.addPair(k, places, table.size, this.block);
    });
    this.margins?.forEach((margin, v) => out.addLocations(this.layout.location[v], margin.counts.length - 1, margin.information(observed)));
    return out;
  }

  /** Each row's ∂pl over the moments, moments × n. */
  scores(): Float64Array {
    const { layout, n, slopes, categories } = this;
    const out = new Float64Array(layout.count * n);
    this.pairs.forEach(({ first, second, table, places }, k) => {
      const { rows, columns, size } = table;
      const cells = new Float64Array(rows * columns * size);
      for (let a = 0; a < rows; a++) {
        for (let b = 0; b < columns; b++) {
          const cell = a * columns + b;
          table.cellSlopes(a, b, slopes);
          for (let e = 0; e < slopes.count; e++) cells[cell * size + slopes.place[e]] = slopes.value[e] / table.probability[cell];
        }
      }
      for (let e = 0; e < size; e++) {
        const at = (e < places.length ? places[e] : layout.correlations + k) * n;
        const [one, other] = [categories[first], categories[second]];
        for (let i = 0; i < n; i++) if (one[i] >= 0 && other[i] >= 0) out[at + i] += cells[(one[i] * columns + other[i]) * size + e];
      }
    });
    this.margins?.forEach((margin, v) => {
      const own = categories[v];
      for (let i = 0; i < n; i++) {
        const times = own[i] < 0 ? 0 : this.missing(v, i);
        if (times > 0) for (let t = Math.max(0, own[i] - 1); t <= Math.min(own[i], margin.counts.length - 2); t++) out[(layout.location[v] + t) * n + i] += times * margin.slope(own[i], t);
      }
    });
    return out;
  }
}

/** Σ n ln p of counts n, p the shares of others. */
function logarithms(counts: Float64Array, shares: Float64Array): number {
  const total = shares.reduce((sum, value) => sum + value, 0);
  return counts.reduce((sum, count, k) => sum + (count > 0 ? count * Math.log(shares[k] / total) : 0), 0);
}
