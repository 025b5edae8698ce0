import { invertGeneral } from '../../../numerics/dense/lu.js';
import { crossProduct, kaiserWeights, product, scaleRows, type Rotation } from './rotation.js';

/**
 * Promax: the oblique transformation U = (Λ′Λ)⁻¹ Λ′P of a varimax solution Λ
 * towards the target P = Λ|Λ|^{κ−1}, scaled so that the factors have unit
 * variance: Φ = (U′U)⁻¹ with unit diagonal.
 * @param kaiser true as SPSS: target and fit on rows of unit length; false as R's stats::promax
 * @see Hendrickson & White (1964), Br. J. Stat. Psychol. 17, 65-70
 * @returns null when the target is degenerate (fewer independent columns than factors)
 */
export function promax(varimaxed: Rotation, p: number, m: number, kaiser: boolean, power = 4): Rotation | null {
  if (m < 2) return varimaxed;
  const rotated = varimaxed.pattern;
  const weights = kaiser ? kaiserWeights(rotated, p, m) : new Float64Array(p).fill(1);
  const rows = scaleRows(rotated, m, (i) => 1 / weights[i]);
  const target = rows.map((value) => value * Math.abs(value) ** (power - 1));
  const gram = new Float64Array(m * m);
  if (!invertGeneral(crossProduct(rows, rows, p, m, m), m, gram)) return null;
  const turn = product(gram, crossProduct(rows, target, p, m, m), m, m, m);
  const inverse = new Float64Array(m * m);
  if (!invertGeneral(crossProduct(turn, turn, m, m, m), m, inverse)) return null;
  const lengths = new Float64Array(m);
  for (let k = 0; k < m; k++) lengths[k] = Math.sqrt(inverse[k * m + k]);
  for (let at = 0; at < m * m; at++) turn[at] *= lengths[at % m];
  const factorCorrelations = inverse.map((value, at) => value / (lengths[Math.floor(at / m)] * lengths[at % m]));
  return { pattern: product(rotated, turn, p, m, m), factorCorrelations, converged: varimaxed.converged, iterations: varimaxed.iterations };
}
