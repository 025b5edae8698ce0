import type { GroupSample } from '../../discrepancy/normalTheory.js';
import { BETA, LAMBDA, type Cell, type GroupStructure } from '../../structure/modelStructure.js';

/** Ratio of variances above which starting values are taken in the units of the variables. */
const WILD_UNITS = 1e6;

/** Units of observed and latent variables: 1, or where variances are wildly different, standard deviations and those of the markers. */
export function unitsOf({ p, m, cells, twin }: GroupStructure, { covariance }: GroupSample, values: Float64Array): { readonly observed: Float64Array; readonly latent: Float64Array } {
  const observed = new Float64Array(p).fill(1);
  const latent = new Float64Array(m).fill(1);
  const variances = Float64Array.from({ length: p }, (_, i) => covariance[i * (p + 1)]);
  if (!(Math.min(...variances) > 0) || Math.max(...variances) <= WILD_UNITS * Math.min(...variances)) return { observed, latent };
  for (let i = 0; i < p; i++) observed[i] = Math.sqrt(variances[i]);
  const known = new Uint8Array(m);
  for (let i = 0; i < p; i++) if (twin[i] >= 0) [latent[twin[i]], known[twin[i]]] = [observed[i], 1];
  const measure = (f: number, indicators: readonly Cell[], units: Float64Array): void => {
    const marker = indicators.find((c) => values[c.parameter] !== 0 && !Number.isNaN(values[c.parameter])) ?? indicators[0];
    if (marker) [latent[f], known[f]] = [units[marker.row] / Math.abs(values[marker.parameter] || 1), 1];
  };
  for (let f = 0; f < m; f++) if (!known[f]) measure(f, cells.filter((c) => c.matrix === LAMBDA && c.column === f), observed);
  // latent variables measured by latent variables
  for (let f = 0; f < m; f++) if (!known[f]) measure(f, cells.filter((c) => c.matrix === BETA && c.column === f && known[c.row]), latent);
  return { observed, latent };
}
