import { cholesky, choleskySolve, logDeterminant } from '../../numerics/dense/cholesky.js';
import { dot } from '../../numerics/dense/dot.js';

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

/** Smallest uniqueness allowed, as in R's factanal. */
const LOWEST_UNIQUENESS = 0.005;
const MOST_ITERATIONS = 200;
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
  const x = startingLogUniquenesses(factor, k);
  const lowest = Math.log(LOWEST_UNIQUENESS);
  const omega = new Float64Array(k).fill(1 / Math.sqrt(k));
  let state = evaluate(correlation, k, x, omega, logDet);
  let converged = false;
  let iterations = 0;
  const step = new Float64Array(k);
  const trial = new Float64Array(k);
  while (iterations < MOST_ITERATIONS) {
    const held = x.map((value, i) => (value <= lowest && state.gradient[i] > 0 ? 1 : 0));
    const steepest = state.gradient.reduce((most, g, i) => (held[i] ? most : Math.max(most, Math.abs(g))), 0);
    if (steepest < 1e-11) {
      converged = true;
      break;
    }
    iterations++;
    if (!newtonStep(state, k, held, step)) break;
    let length = 1;
    let next = state;
    for (let halving = 0; halving < 30; halving++, length /= 2) {
      for (let i = 0; i < k; i++) trial[i] = Math.max(lowest, x[i] - length * step[i]);
      next = evaluate(correlation, k, trial, omega, logDet);
      if (next.value <= state.value + 1e-14 * Math.abs(state.value) + 1e-15) break;
    }
    const moved = trial.reduce((most, value, i) => Math.max(most, Math.abs(value - x[i])), 0);
    x.set(trial);
    state = next;
    if (moved < 1e-14) {
      converged = steepest < 1e-7;
      break;
    }
  }
  const scale = Math.sqrt(Math.max(0, state.theta - 1));
  const loadings = x.map((value, i) => Math.exp(value / 2) * state.omega[i] * scale);
  const sign = loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1;
  return { converged, iterations, loadings: loadings.map((loading) => sign * loading), uniquenesses: x.map(Math.exp), boundary: x.some((value) => value <= lowest), discrepancy: Math.max(0, state.value) };
}

interface State {
  readonly value: number;
  readonly theta: number;
  readonly omega: Float64Array;
  readonly gradient: Float64Array;
  readonly scaled: Float64Array;
}

/** ln ψ from half the inverse diagonal, Jöreskog's start: ψᵢ = (1 − 1/(2k)) / R⁻¹ᵢᵢ. */
function startingLogUniquenesses(factor: Float64Array, k: number): Float64Array {
  const x = new Float64Array(k);
  const unit = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    unit.fill(0);
    unit[i] = 1;
    choleskySolve(factor, k, unit);
    x[i] = Math.log(Math.max(LOWEST_UNIQUENESS * 2, (1 - 0.5 / k) / unit[i]));
  }
  return x;
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
  for (let i = 0; i < k; i++) gradient[i] = 1 - omega[i] ** 2 - (scaled[i * k + i] - theta * omega[i] ** 2);
  return { value: trace - theta - (logDet - logs - Math.log(theta)) - (k - 1), theta, omega, gradient, scaled };
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

/** Solves the approximate Hessian for the free coordinates; held ones get 0. */
function newtonStep(state: State, k: number, held: Float64Array, step: Float64Array): boolean {
  const hessian = new Float64Array(k * k);
  const { omega, scaled, theta, gradient } = state;
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const both = omega[i] * omega[j];
      hessian[i * k + j] = held[i] || held[j] ? (i === j ? 1 : 0) : (scaled[i * k + j] - theta * both) * ((i === j ? 1 : 0) - both);
    }
    step[i] = held[i] ? 0 : gradient[i];
  }
  for (let ridge = 0, tries = 0; tries < 12; tries++, ridge = ridge === 0 ? 1e-8 : ridge * 10) {
    const factor = hessian.slice();
    for (let i = 0; i < k; i++) factor[i * k + i] *= 1 + ridge;
    if (cholesky(factor, k) < 0) {
      choleskySolve(factor, k, step);
      return true;
    }
  }
  return false;
}
