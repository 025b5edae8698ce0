import type { MomentLayout } from '../layout.js';
import { momentLayout, pairPlace } from '../layout.js';
import { casePair } from './casePair.js';
import { continuousMargin } from './continuousMargin.js';
import type { Margin } from './margin.js';
import { ordinalMargin } from './ordinalMargin.js';
import { polychoricTable } from './polychoricTable.js';

/** The moments of one group with what their sampling errors are made of. */
export interface CategoricalMoments {
  readonly layout: MomentLayout;
  readonly n: number;
  readonly values: Float64Array;
  /** Casewise influence, n × moments, row-major: Γ = Σ c_i c_iᵀ / n is the asymptotic covariance matrix of √n times the moments. */
  readonly influence: Float64Array;
}

export interface CategoricalGroup {
  readonly n: number;
  readonly names: readonly string[];
  /** Per variable n values, NaN where missing; ordinal ones as 0-based categories. */
  readonly columns: readonly Float64Array[];
  /** Per variable the number of thresholds, 0 for a continuous one. */
  readonly thresholds: readonly number[];
  /** Exogenous variables, n × q row-major, without missing values. */
  readonly x: Float64Array;
  readonly q: number;
}

/**
 * Thresholds, slopes, variances and correlations of a group's variables by
 * limited information: each margin by itself, then each pair given its margins.
 *
 * @see Muthén (1984), Psychometrika 49(1), 115-132
 */
export function categoricalMoments(group: CategoricalGroup, zeroAdd: readonly [number, number]): CategoricalMoments {
  const { n, names, columns, thresholds, x, q } = group;
  const p = names.length;
  const layout = momentLayout(thresholds, q);
  const margins: Margin[] = columns.map((column, v) =>
    thresholds[v] > 0 ? ordinalMargin(names[v], Int32Array.from(column, (value) => (Number.isNaN(value) ? -1 : value)), thresholds[v] + 1, x, q) : continuousMargin(names[v], column, x, q)
  );
  const values = new Float64Array(layout.count);
  const influence = new Float64Array(n * layout.count);
  margins.forEach((margin, v) => {
    for (let r = 0; r < margin.size; r++) {
      const slope = r - margin.locations;
      const place = slope < 0 ? layout.location[v] + r : slope < q ? layout.slopes + v * q + slope : layout.variance[v];
      copyColumn(margin.influence, margin.size, r, influence, layout.count, place, n);
      values[place] = margin.estimates[r];
    }
  });
  for (let a = 0; a < p; a++) {
    for (let b = a + 1; b < p; b++) {
      const [first, second] = [margins[a], margins[b]];
      const pair = first.ordinal && second.ordinal && q === 0 ? polychoricTable(first, second, zeroAdd) : casePair(first, second, x, q);
      place(pairPlace(layout, a, b), pair.rho, pair.influence, first, second);
    }
  }
  return { layout, n, values, influence };

  /** Writes ρ, or the covariance ρσ₁σ₂ when a variable is continuous, with its influence by the chain rule. */
  function place(at: number, rho: number, own: Float64Array, first: Margin, second: Margin): void {
    let scale = 1;
    for (const margin of [first, second]) if (!margin.ordinal) scale *= Math.sqrt(margin.estimates[margin.size - 1]);
    values[at] = rho * scale;
    for (let i = 0; i < n; i++) influence[i * layout.count + at] = scale * own[i];
    for (const margin of [first, second]) {
      if (margin.ordinal) continue;
      const factor = (rho * scale) / (2 * margin.estimates[margin.size - 1]);
      for (let i = 0; i < n; i++) influence[i * layout.count + at] += factor * margin.influence[i * margin.size + margin.size - 1];
    }
  }
}

function copyColumn(from: Float64Array, fromWidth: number, column: number, to: Float64Array, toWidth: number, place: number, n: number): void {
  for (let i = 0; i < n; i++) to[i * toWidth + place] = from[i * fromWidth + column];
}
