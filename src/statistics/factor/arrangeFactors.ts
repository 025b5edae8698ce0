import { product, type Rotation } from './rotation/rotation.js';

export interface ArrangedFactors {
  readonly unrotated: Float64Array;
  readonly loadings: Float64Array;
  readonly structure: Float64Array | null;
  readonly factorCorrelations: Float64Array | null;
  readonly extractionSums: readonly number[];
  readonly rotationSums: readonly number[];
}

/**
 * Factors in the order of their rotated sums of squares, each with the sign
 * that makes its column sum positive: rotation leaves both arbitrary.
 */
export function arrangeFactors(unrotated: Float64Array, rotation: Rotation, p: number, m: number): ArrangedFactors {
  const phi = rotation.factorCorrelations;
  const sums = columnSquares(phi ? product(rotation.pattern, phi, p, m, m) : rotation.pattern, m);
  const order = sums.map((_, k) => k).sort((a, b) => sums[b] - sums[a]);
  const signs = columnSigns(rotation.pattern, m);
  const pick = (matrix: Float64Array): Float64Array => matrix.map((_, at) => matrix[Math.floor(at / m) * m + order[at % m]] * signs[order[at % m]]);
  const loadings = pick(rotation.pattern);
  const factorCorrelations = phi ? phi.map((_, at) => phi[order[Math.floor(at / m)] * m + order[at % m]] * signs[order[Math.floor(at / m)]] * signs[order[at % m]]) : null;
  const own = columnSigns(unrotated, m);
  return {
    unrotated: unrotated.map((value, at) => value * own[at % m]),
    loadings,
    structure: factorCorrelations ? product(loadings, factorCorrelations, p, m, m) : null,
    factorCorrelations,
    extractionSums: columnSquares(unrotated, m),
    rotationSums: order.map((k) => sums[k])
  };
}

function columnSquares(matrix: Float64Array, m: number): readonly number[] {
  const sums = Array.from({ length: m }, () => 0);
  for (let at = 0; at < matrix.length; at++) sums[at % m] += matrix[at] ** 2;
  return sums;
}

function columnSigns(matrix: Float64Array, m: number): readonly number[] {
  const sums = Array.from({ length: m }, () => 0);
  for (let at = 0; at < matrix.length; at++) sums[at % m] += matrix[at];
  return sums.map((sum) => (sum < 0 ? -1 : 1));
}
