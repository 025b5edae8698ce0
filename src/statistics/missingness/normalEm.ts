import { cholesky, choleskySolve } from '../../numerics/dense/cholesky.js';
import type { MissingPattern } from './patterns.js';

export type NormalEm =
  | {
      readonly ok: true;
      /** p. */
      readonly mean: Float64Array;
      /** p × p, row-major; maximum likelihood, divisor n. */
      readonly covariance: Float64Array;
      readonly iterations: number;
      readonly converged: boolean;
    }
  | { readonly ok: false; readonly reason: 'constant' | 'singular'; readonly variable: number };

/** Largest change of a standardized mean or covariance at which the iterations end. */
const TOLERANCE = 1e-11;
const MOST_ITERATIONS = 20_000;

/**
 * Maximum likelihood mean μ and covariance Σ of a multivariate normal law from
 * rows with missing values (missing at random), by expectation-maximization:
 * E: ŷ_M = μ_M + Σ_MO Σ_OO⁻¹ (y_O − μ_O), with residual covariance
 * Σ_MM − Σ_MO Σ_OO⁻¹ Σ_OM; M: moments of the completed rows. The E step
 * works on each pattern's mean and cross-products, so its cost does not grow
 * with the number of rows.
 *
 * @see Little & Rubin (2002), Statistical Analysis with Missing Data, 11.2
 */
export function normalEm(columns: readonly Float64Array[], patterns: readonly MissingPattern[]): NormalEm {
  const p = columns.length;
  const used = patterns.filter(({ answered }) => answered.length > 0);
  const centre = new Float64Array(p);
  const scale = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    let n = 0;
    let sum = 0;
    for (const x of columns[j]) {
      if (Number.isNaN(x)) continue;
      n++;
      sum += x;
    }
    centre[j] = sum / n;
    let squares = 0;
    for (const x of columns[j]) if (!Number.isNaN(x)) squares += (x - centre[j]) ** 2;
    scale[j] = Math.sqrt(squares / n);
    if (!(scale[j] > 0)) return { ok: false, reason: 'constant', variable: j };
  }
  const parts = used.map((pattern) => patternMoments(columns, pattern, centre, scale));
  const total = used.reduce((sum, { rows }) => sum + rows.length, 0);

  let mean = new Float64Array(p);
  let covariance = new Float64Array(p * p);
  for (let j = 0; j < p; j++) covariance[j * p + j] = 1;
  let iterations = 0;
  let converged = false;
  while (iterations < MOST_ITERATIONS && !converged) {
    iterations++;
    const sums = new Float64Array(p);
    const products = new Float64Array(p * p);
    for (const part of parts) {
      const failed = addExpected(part, mean, covariance, p, sums, products);
      if (failed >= 0) return { ok: false, reason: 'singular', variable: failed };
    }
    const nextMean = sums.map((sum) => sum / total);
    const next = new Float64Array(p * p);
    let change = 0;
    for (let j = 0; j < p; j++) {
      change = Math.max(change, Math.abs(nextMean[j] - mean[j]));
      for (let k = 0; k < p; k++) {
        next[j * p + k] = products[j * p + k] / total - nextMean[j] * nextMean[k];
        change = Math.max(change, Math.abs(next[j * p + k] - covariance[j * p + k]));
      }
    }
    mean = nextMean;
    covariance = next;
    converged = change < TOLERANCE;
  }
  for (let j = 0; j < p; j++) {
    mean[j] = centre[j] + scale[j] * mean[j];
    for (let k = 0; k < p; k++) covariance[j * p + k] *= scale[j] * scale[k];
  }
  return { ok: true, mean, covariance, iterations, converged };
}

interface PatternMoments {
  readonly n: number;
  readonly answered: readonly number[];
  readonly missing: readonly number[];
  /** Mean of the answered variables. */
  readonly mean: Float64Array;
  /** Mean products of the answered variables about zero, o × o. */
  readonly products: Float64Array;
}

function patternMoments(columns: readonly Float64Array[], { answered, rows }: MissingPattern, centre: Float64Array, scale: Float64Array): PatternMoments {
  const o = answered.length;
  const n = rows.length;
  const standardized = answered.map((j) => Float64Array.from(rows, (row) => (columns[j][row] - centre[j]) / scale[j]));
  const mean = Float64Array.from(standardized, (values) => values.reduce((sum, x) => sum + x, 0) / n);
  const products = new Float64Array(o * o);
  for (let a = 0; a < o; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += standardized[a][i] * standardized[b][i];
      products[a * o + b] = products[b * o + a] = sum / n;
    }
  }
  return { n, answered, missing: columns.map((_, j) => j).filter((j) => !answered.includes(j)), mean, products };
}

/** Adds a pattern's expected sums and products; the place of a failed pivot, or -1. */
function addExpected(part: PatternMoments, mean: Float64Array, covariance: Float64Array, p: number, sums: Float64Array, products: Float64Array): number {
  const { n, answered, missing } = part;
  const o = answered.length;
  const m = missing.length;
  const factor = new Float64Array(o * o);
  for (let a = 0; a < o; a++) for (let b = 0; b < o; b++) factor[a * o + b] = covariance[answered[a] * p + answered[b]];
  const failed = cholesky(factor, o);
  if (failed >= 0) return answered[failed];
  // Row k: regression weights of missing variable k on the answered ones.
  const weights = new Float64Array(m * o);
  for (let k = 0; k < m; k++) {
    for (let a = 0; a < o; a++) weights[k * o + a] = covariance[missing[k] * p + answered[a]];
    choleskySolve(factor, o, weights, k * o);
  }
  const expected = new Float64Array(p);
  for (let a = 0; a < o; a++) expected[answered[a]] = part.mean[a];
  const intercept = new Float64Array(m);
  for (let k = 0; k < m; k++) {
    let atMean = mean[missing[k]];
    for (let a = 0; a < o; a++) atMean -= weights[k * o + a] * mean[answered[a]];
    intercept[k] = atMean;
    for (let a = 0; a < o; a++) atMean += weights[k * o + a] * part.mean[a];
    expected[missing[k]] = atMean;
  }
  for (let j = 0; j < p; j++) sums[j] += n * expected[j];
  const cross = new Float64Array(m * o);
  for (let a = 0; a < o; a++) for (let b = 0; b < o; b++) products[answered[a] * p + answered[b]] += n * part.products[a * o + b];
  for (let k = 0; k < m; k++) {
    for (let b = 0; b < o; b++) {
      let value = intercept[k] * part.mean[b];
      for (let a = 0; a < o; a++) value += weights[k * o + a] * part.products[a * o + b];
      cross[k * o + b] = value;
      products[missing[k] * p + answered[b]] += n * value;
      products[answered[b] * p + missing[k]] += n * value;
    }
  }
  for (let k = 0; k < m; k++) {
    for (let l = 0; l < m; l++) {
      let value = intercept[l] * expected[missing[k]] + covariance[missing[k] * p + missing[l]];
      for (let a = 0; a < o; a++) value += weights[l * o + a] * (cross[k * o + a] - covariance[missing[k] * p + answered[a]]);
      products[missing[k] * p + missing[l]] += n * value;
    }
  }
  return -1;
}
