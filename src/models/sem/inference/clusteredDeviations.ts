import type { WeightedDeviations } from './momentDeviations.js';

/**
 * Sums of the rows' deviations within clusters, so that clusters take the
 * place of rows in the sandwich and in the scaled tests: Γ is the sum of
 * z_c z_cᵀ over clusters divided by the number of rows, times C/(C − 1).
 *
 * @param piece with z.
 */
export function clusteredDeviations(piece: WeightedDeviations, cluster: Int32Array): WeightedDeviations {
  const numbers = new Map<number, number>();
  for (const each of cluster) if (!numbers.has(each)) numbers.set(each, numbers.size);
  const count = numbers.size;
  const small = count / (count - 1);
  const size = piece.t.length / piece.n;
  const { width, n } = piece;
  const from = piece.z ?? new Float64Array(0);
  const t = new Float64Array(count * size);
  const z = new Float64Array(count * width);
  // z enters divided by the number of its rows, t does not
  const [scaleT, scaleZ] = [Math.sqrt(small), Math.sqrt((small * count) / n)];
  for (let i = 0; i < n; i++) {
    const to = numbers.get(cluster[i]) as number;
    for (let k = 0; k < size; k++) t[to * size + k] += scaleT * piece.t[i * size + k];
    for (let r = 0; r < width; r++) z[to * width + r] += scaleZ * from[i * width + r];
  }
  let squares = 0;
  for (const value of z) squares += value * value;
  return { n: count, t, squares, z, width };
}
