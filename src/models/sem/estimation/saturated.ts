import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import type { GroupRows } from '../../../statistics/rows.js';
import { PatternInverse } from '../discrepancy/patternInverse.js';
import type { MissingPattern } from './missingPatterns.js';

/** Maximum-likelihood moments of incomplete rows. */
export interface SaturatedMoments {
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  /** Σ f_p [ln|Σ_p| + tr(T_pΣ_p⁻¹)] at these moments. */
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MAX_ITERATIONS = 5000;
/** Largest move of a standardized moment in one accelerated step. */
const TOLERANCE = 1e-11;

/**
 * EM for the saturated normal model with missing values, accelerated by
 * squared extrapolation (each third step jumps along the last two moves).
 * @see Dempster, Laird & Rubin (1977); Little & Rubin (2002), 11.2; Varadhan & Roland (2008), Scandinavian Journal of Statistics 35(2)
 */
export function saturatedMoments(rows: GroupRows, patterns: readonly MissingPattern[], p: number): SaturatedMoments | null {
  const size = p + p * p;
  let state = startMoments(rows, p);
  if (!state) return null;
  const one = new Float64Array(size);
  const two = new Float64Array(size);
  const jump = new Float64Array(size);
  const em = emStep(rows, patterns, p);
  let value = em(state, one);
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    if (value === null) return null;
    const move = distance(state, one, p);
    if (move < TOLERANCE) return finishing(one, value, iteration, true, p);
    const valueOne = em(one, two);
    if (valueOne === null) return null;
    let r2 = 0;
    let v2 = 0;
    for (let k = 0; k < size; k++) {
      const r = one[k] - state[k];
      const v = two[k] - one[k] - r;
      r2 += r * r;
      v2 += v * v;
    }
    const alpha = v2 > 0 ? -Math.sqrt(r2 / v2) : -1;
    let accepted = false;
    if (alpha < -1.01) {
      for (let k = 0; k < size; k++) {
        const r = one[k] - state[k];
        const v = two[k] - one[k] - r;
        jump[k] = state[k] - 2 * alpha * r + alpha * alpha * v;
      }
      const next = em(jump, one);
      if (next !== null && next <= valueOne) {
        state = jump.slice();
        value = next;
        accepted = true;
      }
    }
    if (!accepted) {
      state = two.slice();
      value = em(state, one);
    }
  }
  return value === null ? null : finishing(state, value, MAX_ITERATIONS, false, p);
}

/** Σ f_p [ln|Σ_p| + tr(T_pΣ_p⁻¹)] of incomplete rows at given moments. */
export function incompleteValue(rows: GroupRows, patterns: readonly MissingPattern[], mean: Float64Array, covariance: Float64Array): number | null {
  const p = mean.length;
  const at = new Float64Array(p + p * p);
  at.set(mean);
  at.set(covariance, p);
  return emStep(rows, patterns, p)(at, new Float64Array(at.length));
}

function finishing(state: Float64Array, value: number, iterations: number, converged: boolean, p: number): SaturatedMoments {
  return { mean: state.slice(0, p), covariance: state.slice(p), value, iterations, converged };
}

function distance(a: Float64Array, b: Float64Array, p: number): number {
  let worst = 0;
  for (let i = 0; i < p; i++) {
    const sd = Math.sqrt(a[p + i * p + i]);
    worst = Math.max(worst, Math.abs(a[i] - b[i]) / sd);
    for (let j = 0; j <= i; j++) worst = Math.max(worst, Math.abs(a[p + i * p + j] - b[p + i * p + j]) / (sd * Math.sqrt(a[p + j * p + j])));
  }
  return worst;
}

/** Means and variances of the answered cells, covariances 0. */
function startMoments(rows: GroupRows, p: number): Float64Array | null {
  const out = new Float64Array(p + p * p);
  for (let j = 0; j < p; j++) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < rows.n; i++) {
      const x = rows.values[i * p + j];
      if (Number.isNaN(x)) continue;
      count++;
      sum += x;
    }
    const mean = sum / count;
    for (let i = 0; i < rows.n; i++) {
      const x = rows.values[i * p + j];
      if (!Number.isNaN(x)) squares += (x - mean) ** 2;
    }
    if (!(squares > 0)) return null;
    out[j] = mean;
    out[p + j * p + j] = squares / count;
  }
  return out;
}

/** One EM step `from` → `to`; answers the value at `from`. */
function emStep(rows: GroupRows, patterns: readonly MissingPattern[], p: number): (from: Float64Array, to: Float64Array) => number | null {
  const factor = new Float64Array(p * p);
  const v = new Float64Array(p * p);
  const scratch = new Float64Array(p * p);
  const inverse = new PatternInverse(p);
  const weighted = new Float64Array(p);
  const filled = new Float64Array(p);
  const block = new Float64Array(p * p);
  const gap = new Float64Array(p);
  const whole = rows.weights ? rows.weights.reduce((sum, w) => sum + w, 0) : rows.n;
  return (from, to) => {
    factor.set(from.subarray(p));
    if (cholesky(factor, p) >= 0) return null;
    const logDet = logDeterminant(factor, p);
    choleskyInverse(factor, p, v, scratch);
    to.fill(0);
    let total = 0;
    for (const { missing, observed, rows: index, share } of patterns) {
      const k = missing.length;
      if (!inverse.set(v, missing)) return null;
      total += share * (logDet + inverse.logDetBlock);
      // V_mm factor: E[y_m | y_o] = μ_m − V_mm⁻¹ V_mo d_o, Var = V_mm⁻¹
      for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) block[a * k + b] = v[missing[a] * p + missing[b]];
      if (k > 0) cholesky(block, k);
      for (const i of index) {
        const w = (rows.weights ? rows.weights[i] : 1) / whole;
        filled.fill(0);
        for (const j of observed) filled[j] = rows.values[i * p + j] - from[j];
        for (let a = 0; a < k; a++) gap[a] = -dot(v, missing[a] * p, filled, 0, p);
        if (k > 0) choleskySolve(block, k, gap);
        let form = 0;
        for (const j of observed) weighted[j] = dot(v, j * p, filled, 0, p);
        for (const j of observed) form += filled[j] * weighted[j];
        // dᵀV_od = dᵀVd − ‖Uᵀd‖²
        for (let a = 0; a < k; a++) form -= dot(inverse.u, a * p, filled, 0, p) ** 2;
        total += w * form;
        for (let a = 0; a < k; a++) filled[missing[a]] = gap[a];
        for (let j = 0; j < p; j++) {
          to[j] += w * filled[j];
          const left = w * filled[j];
          for (let l = 0; l <= j; l++) to[p + j * p + l] += left * filled[l];
        }
      }
      for (let a = 0; a < k; a++) {
        gap.fill(0, 0, k);
        gap[a] = 1;
        choleskySolve(block, k, gap);
        for (let b = 0; b < k; b++) if (missing[b] <= missing[a]) to[p + missing[a] * p + missing[b]] += share * gap[b];
      }
    }
    for (let j = 0; j < p; j++) for (let l = 0; l <= j; l++) {
      const value = to[p + j * p + l] - to[j] * to[l];
      to[p + j * p + l] = value;
      to[p + l * p + j] = value;
    }
    for (let j = 0; j < p; j++) to[j] += from[j];
    return total;
  };
}
