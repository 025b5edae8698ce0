import { fail } from '../../../../shared/diagnostic.js';
import type { MomentLayout } from '../layout.js';
import { momentLayout, pairPlace } from '../layout.js';
import { casePair } from './casePair.js';
import { continuousMargin } from './continuousMargin.js';
import type { Margin } from './margin.js';
import type { PairFit } from './pair.js';
import { ordinalMargin } from './ordinalMargin.js';
import { PolychoricTables, tableMargin } from './polychoricTable.js';

/** The moments of one group with what their sampling errors are made of. */
export interface CategoricalMoments {
  readonly layout: MomentLayout;
  readonly n: number;
  /** Sum of the sampling weights; n without them. */
  readonly total: number;
  readonly values: Float64Array;
  /** Casewise influence, moments × n, row-major: Γ = Σ c_i c_iᵀ / n is the asymptotic covariance matrix of √n times the moments. */
  readonly influence: Float64Array;
  /** What they were estimated from. */
  readonly source: CategoricalGroup;
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
  /** Sampling weights of the rows. */
  readonly weights: Float64Array | null;
}

/**
 * Thresholds, slopes, variances and correlations of a group's variables by
 * limited information: each margin by itself, then each pair given its margins.
 *
 * @see Muthén (1984), Psychometrika 49(1), 115-132
 */
export function categoricalMoments(group: CategoricalGroup, zeroAdd: readonly [number, number]): CategoricalMoments {
  const { n, names, columns, thresholds, x, q, weights } = group;
  const p = names.length;
  const layout = momentLayout(thresholds, q);
  const margins: Margin[] = columns.map((column, v) =>
    thresholds[v] > 0 ? ordinalMargin(names[v], Int32Array.from(column, (value) => (Number.isNaN(value) ? -1 : value)), thresholds[v] + 1, x, q, weights) : continuousMargin(names[v], column, x, q, weights)
  );
  const values = new Float64Array(layout.count);
  const influence = new Float64Array(n * layout.count);
  margins.forEach((margin, v) => {
    for (let r = 0; r < margin.size; r++) {
      const slope = r - margin.locations;
      const place = slope < 0 ? layout.location[v] + r : slope < q ? layout.slopes + v * q + slope : layout.variance[v];
      for (let i = 0; i < n; i++) influence[place * n + i] = margin.influence[i * margin.size + r];
      values[place] = margin.estimates[r];
    }
  });
  const tables = new PolychoricTables(Math.max(2, ...thresholds) + 1, zeroAdd, weights);
  const tableMargins = margins.map(tableMargin);
  for (let a = 0; a < p; a++) {
    for (let b = a + 1; b < p; b++) {
      const at = pairPlace(layout, a, b);
      const own = influence.subarray(at * n, (at + 1) * n);
      if (!answeredTogether(margins[a], margins[b])) fail('pair-not-observed', `no row answers both \`${names[a]}\` and \`${names[b]}\``, { help: 'their correlation cannot be estimated: leave one of them out' });
      const [one, other] = [tableMargins[a], tableMargins[b]];
      if (one && other) values[at] = tables.estimate(one, other, own);
      else values[at] = covariance(casePair(margins[a], margins[b], x, q, weights), margins[a], margins[b], own);
    }
  }
  return { layout, n, total: weights ? weights.reduce((sum, w) => sum + w, 0) : n, values, influence, source: group };
}

function answeredTogether(first: Margin, second: Margin): boolean {
  for (let i = 0; i < first.category.length; i++) if (first.category[i] >= 0 && second.category[i] >= 0) return true;
  return false;
}

/** ρ, or the covariance ρσ₁σ₂ when a variable is continuous, with its influence by the chain rule. */
function covariance({ rho, influence }: PairFit, first: Margin, second: Margin, out: Float64Array): number {
  let scale = 1;
  for (const margin of [first, second]) if (!margin.ordinal) scale *= Math.sqrt(margin.estimates[margin.size - 1]);
  for (let i = 0; i < out.length; i++) out[i] = scale * influence[i];
  for (const margin of [first, second]) {
    if (margin.ordinal) continue;
    const factor = (rho * scale) / (2 * margin.estimates[margin.size - 1]);
    for (let i = 0; i < out.length; i++) out[i] += factor * margin.influence[i * margin.size + margin.size - 1];
  }
  return rho * scale;
}
