import { cholesky, logDeterminant } from '../../numerics/dense/cholesky.js';
import { dot } from '../../numerics/dense/dot.js';
import { LOWEST_UNIQUENESS, startingUniquenesses } from './startingUniquenesses.js';
import { searchUniquenesses, type UniquenessState } from './uniquenessSearch.js';

export interface OneFactor {
  readonly converged: boolean;
  readonly iterations: number;
  /** Standardized loadings, sign chosen so that their sum is positive. */
  readonly loadings: Float64Array;
  readonly uniquenesses: Float64Array;
  /** True when a uniqueness stands on its lower bound: a Heywood case. */
  readonly boundary: boolean;
  /** ML discrepancy at the solution. */
  readonly discrepancy: number;
}

const MOST_POWER_STEPS = 2000;

/**
 * Maximum-likelihood one-factor solution of a correlation matrix. With
 * x = ln ψ and S* = Ψ^{-1/2} R Ψ^{-1/2} of largest eigenpair (θ, ω), minimises
 * F = tr S* − θ − (ln|R| − Σx − ln θ) − (k − 1); ∂F/∂xᵢ = (1 − ωᵢ²) − (S*ᵢᵢ − θωᵢ²);
 * the Hessian is approximated by (S* − θωω′) ∘ (I − ωω′), exact at perfect fit.
 * One factor needs one eigenvector only, hence no full decomposition.
 * @returns null when R is not positive definite or k < 3 (not identified)
 * @see Jöreskog (1967), Psychometrika 32, 443-482
 */
export function oneFactor(correlation: Float64Array, k: number): OneFactor | null {
  if (k < 3) return null;
  const factor = correlation.slice();
  if (cholesky(factor, k) >= 0) return null;
  const logDet = logDeterminant(factor, k);
  const omega = new Float64Array(k).fill(1 / Math.sqrt(k));
  const start = startingUniquenesses(factor, k).map(Math.log);
  const { x, state, converged, iterations, held } = searchUniquenesses((at) => evaluate(correlation, k, at, omega, logDet), start, Math.log(LOWEST_UNIQUENESS));
  const scale = Math.sqrt(Math.max(0, state.theta - 1));
  const loadings = x.map((value, i) => Math.exp(value / 2) * state.omega[i] * scale);
  const sign = loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1;
  return { converged, iterations, loadings: loadings.map((loading) => sign * loading), uniquenesses: x.map(Math.exp), boundary: held.length > 0, discrepancy: Math.max(0, state.value) };
}

interface State extends UniquenessState {
  readonly theta: number;
  readonly omega: Float64Array;
}

function evaluate(correlation: Float64Array, k: number, x: Float64Array, start: Float64Array, logDet: number): State {
  const scaled = new Float64Array(k * k);
  const root = x.map((value) => Math.exp(-value / 2));
  let trace = 0;
  let logs = 0;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) scaled[i * k + j] = root[i] * correlation[i * k + j] * root[j];
    trace += scaled[i * k + i];
    logs += x[i];
  }
  const omega = start.slice();
  const theta = largestEigenpair(scaled, k, omega);
  start.set(omega);
  const gradient = new Float64Array(k);
  const hessian = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    gradient[i] = 1 - omega[i] ** 2 - (scaled[i * k + i] - theta * omega[i] ** 2);
    for (let j = 0; j < k; j++) hessian[i * k + j] = (scaled[i * k + j] - theta * omega[i] * omega[j]) * ((i === j ? 1 : 0) - omega[i] * omega[j]);
  }
  return { value: trace - theta - (logDet - logs - Math.log(theta)) - (k - 1), theta, omega, gradient, hessian };
}

/** Power iteration; `vector` holds the start and receives the unit eigenvector. */
function largestEigenpair(matrix: Float64Array, k: number, vector: Float64Array): number {
  const next = new Float64Array(k);
  let theta = 0;
  for (let step = 0; step < MOST_POWER_STEPS; step++) {
    for (let i = 0; i < k; i++) next[i] = dot(matrix, i * k, vector, 0, k);
    theta = dot(next, 0, vector, 0, k);
    let change = 0;
    const length = Math.sqrt(dot(next, 0, next, 0, k));
    for (let i = 0; i < k; i++) {
      const value = next[i] / length;
      change = Math.max(change, Math.abs(value - vector[i]));
      vector[i] = value;
    }
    if (change < 1e-15) break;
  }
  return theta;
}
