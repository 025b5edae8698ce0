import { cholesky, choleskySolve } from '../dense/cholesky.js';
import { independentRows } from './constraints.js';

/** Share of a variance that is left of rounding when two equal terms are subtracted. */
const CANCELLED = 1e-13;

export interface EqualityStep {
  readonly direction: Float64Array;
  /** Lagrange multipliers per row of the Jacobian (0 for rows left out). */
  readonly multipliers: Float64Array;
  /** Rows kept after redundant ones were left out. */
  readonly rows: readonly number[];
}

/**
 * Solves min gᵀd + ½ dᵀHd subject to A_r d = −c_r for the rows r given, through
 * H + ρAᵀA, which is positive definite where only the constraints identify.
 *
 * @returns null when the constrained problem is singular.
 * @see Nocedal & Wright (2006), Numerical Optimization, 16.1 and 17.3
 */
export function equalityStep(hessian: Float64Array, gradient: Float64Array, jacobian: Float64Array, values: Float64Array, active: readonly number[], n: number, ridge = 0): EqualityStep | null {
  const rows = independentRows(jacobian, active, n);
  const factor = augmentedFactor(hessian, jacobian, rows, n, ridge);
  if (!factor) return null;
  const { lower, rho } = factor;
  const k = rows.length;
  const direction = new Float64Array(n);
  for (let i = 0; i < n; i++) direction[i] = -gradient[i];
  for (const r of rows) for (let i = 0; i < n; i++) direction[i] -= rho * values[r] * jacobian[r * n + i];
  choleskySolve(lower, n, direction);
  const multipliers = new Float64Array(values.length);
  if (k === 0) return { direction, multipliers, rows };
  const spread = rows.map((r) => {
    const column = jacobian.slice(r * n, (r + 1) * n);
    choleskySolve(lower, n, column);
    return column;
  });
  const schur = new Float64Array(k * k);
  const right = new Float64Array(k);
  rows.forEach((r, a) => {
    for (let b = 0; b < k; b++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += jacobian[r * n + i] * spread[b][i];
      schur[a * k + b] = sum;
    }
    let sum = values[r];
    for (let i = 0; i < n; i++) sum += jacobian[r * n + i] * direction[i];
    right[a] = sum;
  });
  if (cholesky(schur, k) >= 0) return null;
  choleskySolve(schur, k, right);
  rows.forEach((r, a) => {
    for (let i = 0; i < n; i++) direction[i] -= right[a] * spread[a][i];
    multipliers[r] = right[a];
  });
  return { direction, multipliers, rows };
}

/** Cholesky factor of H + ρAᵀA (+ a ridge on the diagonal), ρ balancing the two traces. */
function augmentedFactor(hessian: Float64Array, jacobian: Float64Array, rows: readonly number[], n: number, ridge: number): { lower: Float64Array; rho: number } | null {
  let traceH = 0;
  let traceA = 0;
  for (let i = 0; i < n; i++) traceH += Math.abs(hessian[i * n + i]);
  for (const r of rows) for (let i = 0; i < n; i++) traceA += jacobian[r * n + i] ** 2;
  const rho = traceA > 0 ? traceH / traceA : 0;
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) lower[i * n + j] = hessian[i * n + j];
    lower[i * n + i] += ridge * (Math.abs(hessian[i * n + i]) + 1e-12);
  }
  for (const r of rows) {
    for (let i = 0; i < n; i++) {
      const left = rho * jacobian[r * n + i];
      if (left !== 0) for (let j = 0; j <= i; j++) lower[i * n + j] += left * jacobian[r * n + j];
    }
  }
  return cholesky(lower, n, 1e-12) < 0 ? { lower, rho } : null;
}

/**
 * The inverse of H on the null space of the rows' constraints,
 * K(KᵀHK)⁻¹Kᵀ, without forming K. Null when H is singular there.
 */
export function constrainedInverse(hessian: Float64Array, jacobian: Float64Array, active: readonly number[], n: number): Float64Array | null {
  const rows = independentRows(jacobian, active, n);
  const factor = augmentedFactor(hessian, jacobian, rows, n, 0);
  if (!factor) return null;
  const { lower } = factor;
  const out = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(lower, n, column);
    for (let i = 0; i < n; i++) out[i * n + j] = column[i];
  }
  const k = rows.length;
  if (k === 0) return out;
  const spread = rows.map((r) => {
    const solved = jacobian.slice(r * n, (r + 1) * n);
    choleskySolve(lower, n, solved);
    return solved;
  });
  const schur = new Float64Array(k * k);
  rows.forEach((r, a) => {
    for (let b = 0; b < k; b++) for (let i = 0; i < n; i++) schur[a * k + b] += jacobian[r * n + i] * spread[b][i];
  });
  if (cholesky(schur, k) >= 0) return null;
  const right = new Float64Array(k);
  const before = Float64Array.from({ length: n }, (_, i) => out[i * n + i]);
  for (let j = 0; j < n; j++) {
    for (let a = 0; a < k; a++) right[a] = spread[a][j];
    choleskySolve(schur, k, right);
    for (let a = 0; a < k; a++) for (let i = 0; i < n; i++) out[i * n + j] -= spread[a][i] * right[a];
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (out[i * n + j] + out[j * n + i]) / 2;
      out[i * n + j] = mean;
      out[j * n + i] = mean;
    }
  }
  // what the constraints determine alone has variance 0; all its digits cancelled
  for (let i = 0; i < n; i++) {
    if (out[i * n + i] > CANCELLED * before[i]) continue;
    for (let j = 0; j < n; j++) {
      out[i * n + j] = 0;
      out[j * n + i] = 0;
    }
  }
  return out;
}
