import { cholesky, choleskySolve } from '../../../numerics/dense/cholesky.js';
import type { GroupRows } from '../../../statistics/rows.js';

/** Deviations of one group's rows from their means, and what exogenous variables explain of them. */
export interface Deviations {
  readonly n: number;
  readonly p: number;
  /** n × p: y_i − ȳ. */
  readonly d: Float64Array;
  /** n × p: the same for the values fitted by the regression on fixed exogenous variables (which fit themselves); null without any. */
  readonly fitted: Float64Array | null;
}

/** With fixed exogenous variables x, the moments vary only by what x does not explain: dᵢdᵢᵀ − d̂ᵢd̂ᵢᵀ takes the place of dᵢdᵢᵀ − S. */
export function deviations(rows: GroupRows, mean: Float64Array, exogenous: readonly number[]): Deviations {
  const p = mean.length;
  const { n, values } = rows;
  const d = new Float64Array(n * p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) d[i * p + j] = values[i * p + j] - mean[j];
  const k = exogenous.length;
  if (k === 0) return { n, p, d, fitted: null };
  const cross = new Float64Array(k * k);
  const right = new Float64Array(p * k);
  for (let i = 0; i < n; i++) {
    exogenous.forEach((a, r) => {
      const x = d[i * p + a];
      exogenous.forEach((b, c) => (cross[r * k + c] += x * d[i * p + b]));
      for (let j = 0; j < p; j++) right[j * k + r] += x * d[i * p + j];
    });
  }
  const fitted = new Float64Array(n * p);
  if (cholesky(cross, k) >= 0) return { n, p, d, fitted: null };
  for (let j = 0; j < p; j++) {
    choleskySolve(cross, k, right, j * k);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      exogenous.forEach((a, r) => (sum += right[j * k + r] * d[i * p + a]));
      fitted[i * p + j] = sum;
    }
  }
  return { n, p, d, fitted };
}

/** M = mean of dᵢdᵢᵀ − d̂ᵢd̂ᵢᵀ, p × p. */
export function meanDeviation({ n, p, d, fitted }: Deviations): Float64Array {
  const out = new Float64Array(p * p);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < p; j++) {
      for (let k = 0; k <= j; k++) {
        let value = d[i * p + j] * d[i * p + k];
        if (fitted) value -= fitted[i * p + j] * fitted[i * p + k];
        out[j * p + k] += value / n;
      }
    }
  }
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) out[k * p + j] = out[j * p + k];
  return out;
}
