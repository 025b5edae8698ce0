import type { Measures } from '../measures/fitIndices.js';
import type { CategoricalPart } from './categoricalPart.js';
import { pairPlace } from './layout.js';

/**
 * Root mean square residuals over correlations (covariances of continuous
 * variables) and, in the variants with means, over thresholds and intercepts
 * too; and the weighted root mean square residual √(χ²/moments).
 *
 * `srmr` leaves the thresholds out. Variances of continuous variables count
 * among the moments, and their residuals (0 but under WLS) do not, as in lavaan.
 */
export function categoricalMeasures(parts: readonly CategoricalPart[], statistic: number | null, out: Measures): void {
  const total = parts.reduce((sum, part) => sum + part.moments.total, 0);
  const sums = new Map<string, number>();
  let moments = 0;
  for (const part of parts) {
    const { layout, values, total: n } = part.moments;
    const { residual } = part;
    const p = layout.variables;
    const sd = Float64Array.from({ length: p }, (_, v) => (layout.variance[v] >= 0 ? Math.sqrt(values[layout.variance[v]]) : 1));
    const fitted = Float64Array.from({ length: p }, (_, v) => (layout.variance[v] >= 0 ? Math.sqrt(values[layout.variance[v]] - residual[layout.variance[v]]) : 1));
    let [raw, standard, correlation, location] = [0, 0, 0, 0];
    for (let v = 0; v < p; v++) {
      // thresholds count as means; intercepts of continuous variables do not
      if (layout.ordinal[v] === 1) for (let at = layout.location[v]; at < layout.location[v + 1]; at++) location += residual[at] ** 2;
      for (let w = v + 1; w < p; w++) {
        const at = pairPlace(layout, v, w);
        raw += residual[at] ** 2;
        standard += (residual[at] / (sd[v] * sd[w])) ** 2;
        correlation += (values[at] / (sd[v] * sd[w]) - (values[at] - residual[at]) / (fitted[v] * fitted[w])) ** 2;
      }
    }
    const all = (p * (p + 1)) / 2;
    const off = all - p;
    const locations = Array.from(layout.ordinal).reduce((sum, flag, v) => sum + (flag ? layout.location[v + 1] - layout.location[v] : 0), 0);
    // lavaan counts the exogenous variables among the moments here
    const s = layout.exogenous;
    moments += layout.count / parts.length;
    const add = (name: string, square: number, count: number): void => void sums.set(name, (sums.get(name) ?? 0) + (n / total) * (count > 0 ? Math.sqrt(square / count) : 0));
    add('rmr', raw + location, all + s + locations);
    add('rmr_nomean', raw, all + s);
    add('srmr', standard, all + s);
    add('srmr_bentler', standard + location, all + s + locations);
    add('srmr_bentler_nomean', standard, all + s);
    add('crmr', correlation + location, off + locations);
    add('crmr_nomean', correlation, off);
  }
  for (const [name, value] of sums) out.set(name, Number.isFinite(value) ? value : null);
  for (const name of ['srmr_mplus', 'srmr_mplus_nomean']) out.set(name, null);
  if (statistic !== null) out.set('wrmr', Math.sqrt(statistic / moments));
}
