import { cholesky, choleskySolve } from '../../numerics/dense/cholesky.js';

/** A discrepancy as a function of the (transformed) uniquenesses x. */
export interface UniquenessState {
  readonly value: number;
  readonly gradient: Float64Array;
  /** k × k, symmetric; need not be positive definite. */
  readonly hessian: Float64Array;
}

export interface UniquenessSearch<State extends UniquenessState> {
  readonly x: Float64Array;
  readonly state: State;
  readonly converged: boolean;
  readonly iterations: number;
  /** Indices that stand on the lower bound. */
  readonly held: readonly number[];
}

const MOST_ITERATIONS = 200;
/** Largest free gradient element at which the optimum counts as reached. */
const GRADIENT_TOLERANCE = 1e-11;
/** Where rounding stops the descent earlier, this gradient still counts. */
const LOOSE_GRADIENT = 1e-7;

/**
 * Minimises over x ≥ lowest by Newton steps with a ridge where the Hessian is
 * not positive definite, step halving, and bounds held while the gradient
 * points outwards.
 */
export function searchUniquenesses<State extends UniquenessState>(evaluate: (x: Float64Array) => State, start: Float64Array, lowest: number): UniquenessSearch<State> {
  const k = start.length;
  const x = start.map((value) => Math.max(lowest, value));
  let state = evaluate(x);
  let iterations = 0;
  let converged = false;
  const trial = new Float64Array(k);
  for (;;) {
    const held = x.map((value, i) => (value <= lowest && state.gradient[i] > 0 ? 1 : 0));
    const steepest = state.gradient.reduce((most, g, i) => (held[i] ? most : Math.max(most, Math.abs(g))), 0);
    if (steepest < GRADIENT_TOLERANCE) {
      converged = true;
      break;
    }
    if (iterations >= MOST_ITERATIONS) break;
    iterations++;
    const step = newtonStep(state, k, held);
    let moved = 0;
    let next = state;
    for (let length = 1, halving = 0; halving < 40; halving++, length /= 2) {
      moved = 0;
      for (let i = 0; i < k; i++) {
        trial[i] = Math.max(lowest, x[i] - length * step[i]);
        moved = Math.max(moved, Math.abs(trial[i] - x[i]));
      }
      next = evaluate(trial);
      if (next.value <= state.value + 1e-14 * Math.abs(state.value) + 1e-15) break;
    }
    if (!(next.value <= state.value + 1e-12)) {
      converged = steepest < LOOSE_GRADIENT;
      break;
    }
    x.set(trial);
    state = next;
    if (moved < 1e-15) {
      converged = steepest < LOOSE_GRADIENT;
      break;
    }
  }
  const held: number[] = [];
  x.forEach((value, i) => {
    if (value <= lowest) held.push(i);
  });
  return { x, state, converged, iterations, held };
}

/** H⁻¹ g over the free coordinates; held ones get 0. */
function newtonStep(state: UniquenessState, k: number, held: Float64Array): Float64Array {
  let largest = 0;
  for (let i = 0; i < k; i++) largest = Math.max(largest, Math.abs(state.hessian[i * k + i]));
  for (let ridge = 0, tries = 0; tries < 30; tries++, ridge = ridge === 0 ? 1e-6 * largest : ridge * 4) {
    const factor = state.hessian.slice();
    for (let i = 0; i < k; i++) {
      factor[i * k + i] += ridge;
      if (!held[i]) continue;
      for (let j = 0; j < k; j++) {
        factor[i * k + j] = 0;
        factor[j * k + i] = 0;
      }
      factor[i * k + i] = 1;
    }
    if (cholesky(factor, k) >= 0) continue;
    const step = state.gradient.map((g, i) => (held[i] ? 0 : g));
    choleskySolve(factor, k, step);
    return step;
  }
  return state.gradient.map((g, i) => (held[i] ? 0 : g));
}
