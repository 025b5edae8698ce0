import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import type { GroupSample } from '../../discrepancy/normalTheory.js';
import { ALPHA, NU, type GroupStructure } from '../../structure/modelStructure.js';
import { filterPacked } from '../../../../shared/packedArray.js';

/**
 * Latent means start at their generalized-least-squares value in the indicators
 * whose intercepts are fixed, at 0 where there are none; free intercepts start
 * at what that leaves of the means.
 */
export function latentMeanStart(group: GroupStructure, sample: GroupSample, lambda: Float64Array, theta: Float64Array, beta: Float64Array, values: Float64Array): void {
  const { p, m, cells, twin } = group;
  const means = filterPacked(cells, (c) => c.matrix === ALPHA && Number.isNaN(values[c.parameter]));
  if (means.length === 0) return;
  const nu = Float64Array.from(sample.mean);
  for (const c of cells) if (c.matrix === NU && !Number.isNaN(values[c.parameter])) nu[c.row] = values[c.parameter];
  for (let i = 0; i < p; i++) if (twin[i] >= 0) nu[i] = 0;
  // a free intercept takes up any latent mean, so that it says nothing of it
  const open = filterPacked(cells, (c) => c.matrix === NU && Number.isNaN(values[c.parameter]));
  const weight = Float64Array.from(theta.subarray(0, p), (residual) => 1 / residual);
  for (const c of open) weight[c.row] = 0;
  const columns = [...new Set(means.map((c) => c.row))];
  const k = columns.length;
  const cross = new Float64Array(k * k);
  const right = new Float64Array(k);
  for (let i = 0; i < p; i++) {
    columns.forEach((f, a) => {
      right[a] += lambda[i * m + f] * weight[i] * (sample.mean[i] - nu[i]);
      columns.forEach((h, b) => (cross[a * k + b] += lambda[i * m + f] * lambda[i * m + h] * weight[i]));
    });
  }
  if (cholesky(cross, k, 1e-9) >= 0) return;
  choleskySolve(cross, k, right);
  const kappa = new Float64Array(m);
  columns.forEach((f, a) => (kappa[f] = right[a]));
  for (const c of means) {
    let value = kappa[c.row];
    for (let j = 0; j < m; j++) value -= beta[c.row * m + j] * kappa[j];
    values[c.parameter] = value;
  }
  for (const c of open) {
    let mean = sample.mean[c.row];
    for (let f = 0; f < m; f++) mean -= lambda[c.row * m + f] * kappa[f];
    values[c.parameter] = mean;
  }
}
