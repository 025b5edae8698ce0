import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { fail } from '../../../../shared/diagnostic.js';
import { influenceOf } from './influence.js';
import type { Margin } from './margin.js';

/**
 * Intercept, slopes and residual variance (divisor n) of a continuous variable
 * regressed on the exogenous variables.
 *
 * @param values NaN where missing
 * @param x n × q, row-major
 * @param weights sampling weights, if any
 */
export function continuousMargin(name: string, values: Float64Array, x: Float64Array, q: number, weights: Float64Array | null): Margin {
  const n = values.length;
  const width = q + 1;
  const size = q + 2;
  const cross = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  const weight = (i: number): number => (weights ? weights[i] : 1);
  let used = 0;
  let total = 0;
  const readRow = (i: number): void => {
    row[0] = 1;
    for (let j = 0; j < q; j++) row[j + 1] = x[i * q + j];
  };
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) continue;
    const w = weight(i);
    used++;
    total += w;
    readRow(i);
    for (let r = 0; r < width; r++) {
      right[r] += w * row[r] * values[i];
      for (let c = 0; c < width; c++) cross[r * width + c] += w * row[r] * row[c];
    }
  }
  if (used <= width || cholesky(cross, width) >= 0) fail('margin-not-identified', `\`${name}\` cannot be regressed on the exogenous variables`, { help: 'look for an exogenous variable that is a sum of others' });
  choleskySolve(cross, width, right);
  const residual = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) continue;
    readRow(i);
    let fitted = 0;
    for (let r = 0; r < width; r++) fitted += row[r] * right[r];
    residual[i] = values[i] - fitted;
    squares += weight(i) * residual[i] ** 2;
  }
  const variance = squares / total;
  if (!(variance > 0)) fail('zero-variance', `\`${name}\` has no variance left`);
  const category = new Int32Array(n);
  const upper = new Float64Array(n);
  const scores = new Float64Array(n * size);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) {
      category[i] = -1;
      continue;
    }
    readRow(i);
    upper[i] = residual[i] / Math.sqrt(variance);
    for (let r = 0; r < width; r++) scores[i * size + r] = (row[r] * residual[i]) / variance;
    scores[i * size + width] = (upper[i] ** 2 - 1) / (2 * variance);
  }
  const estimates = Float64Array.of(...right, variance);
  return { ordinal: false, locations: 1, size, estimates, influence: influenceOf(scores, n, size, name, weights, () => exactInfluence(scores, n, size, cross, width, variance, total, weights)), category, upper, lower: upper };
}

/**
 * Influence with the expected information in place of Σ s sᵀ, which is singular
 * for a binary variable (its squares say nothing that it does not).
 * `cross` holds the Cholesky factor of XᵀX.
 */
function exactInfluence(scores: Float64Array, n: number, size: number, cross: Float64Array, width: number, variance: number, total: number, weights: Float64Array | null): Float64Array {
  const out = new Float64Array(n * size);
  const part = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    const w = weights ? weights[i] : 1;
    for (let r = 0; r < width; r++) part[r] = scores[i * size + r] * variance;
    choleskySolve(cross, width, part);
    for (let r = 0; r < width; r++) out[i * size + r] = w * part[r] * n;
    out[i * size + width] = (w * scores[i * size + width] * 2 * variance * variance * n) / total;
  }
  return out;
}
