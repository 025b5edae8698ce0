import { choleskySolve } from '../dense/cholesky.js';
import type { Objective } from './objective.js';

/** Updates of the curvature that are kept. */
const MEMORY = 12;
const ARMIJO = 1e-4;
const SHORTEST_STEP = 1e-6;

/** Memory of `minimizeNear`, reused over many problems of one size. */
export class QuasiNewtonWorkspace {
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly trial: Float64Array;
  readonly before: Float64Array;
  readonly moves: Float64Array;
  readonly changes: Float64Array;
  readonly products: Float64Array = new Float64Array(MEMORY);
  readonly coefficients: Float64Array = new Float64Array(MEMORY);
  constructor(readonly size: number) {
    this.gradient = new Float64Array(size);
    this.direction = new Float64Array(size);
    this.trial = new Float64Array(size);
    this.before = new Float64Array(size);
    this.moves = new Float64Array(size * MEMORY);
    this.changes = new Float64Array(size * MEMORY);
  }
}

/**
 * Minimizes an objective whose curvature is known nearby: BFGS updates (limited
 * memory, two-loop recursion) upon the inverse of a given Hessian H₀ = LLᵀ, so
 * that no matrix is built or factorized on the way. `x` starts at the nearby
 * solution and holds the minimum when the answer is true.
 *
 * @param factor L, lower triangle, size × size
 * @param scale √H₀_kk; the stop rule is max |∂f/∂x_k| / scale_k < tolerance
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 7.4
 */
export function minimizeNear(objective: Objective, x: Float64Array, factor: Float64Array, scale: Float64Array, tolerance: number, maxIterations: number, work: QuasiNewtonWorkspace): boolean {
  const n = objective.size;
  const { gradient, direction, trial, before, moves, changes, products, coefficients } = work;
  const first = objective.evaluate(x);
  if (first === null) return false;
  let value = first;
  objective.gradient(gradient);
  let kept = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    let norm = 0;
    for (let k = 0; k < n; k++) norm = Math.max(norm, Math.abs(gradient[k]) / scale[k]);
    if (norm < tolerance) return true;
    for (let k = 0; k < n; k++) direction[k] = -gradient[k];
    const oldest = Math.max(0, kept - MEMORY);
    for (let u = kept - 1; u >= oldest; u--) {
      const at = (u % MEMORY) * n;
      let sum = 0;
      for (let k = 0; k < n; k++) sum += moves[at + k] * direction[k];
      const a = sum * products[u % MEMORY];
      coefficients[u % MEMORY] = a;
      for (let k = 0; k < n; k++) direction[k] -= a * changes[at + k];
    }
    choleskySolve(factor, n, direction);
    for (let u = oldest; u < kept; u++) {
      const at = (u % MEMORY) * n;
      let sum = 0;
      for (let k = 0; k < n; k++) sum += changes[at + k] * direction[k];
      const b = coefficients[u % MEMORY] - sum * products[u % MEMORY];
      for (let k = 0; k < n; k++) direction[k] += b * moves[at + k];
    }
    let descent = 0;
    for (let k = 0; k < n; k++) descent += gradient[k] * direction[k];
    if (!(descent < 0)) return norm < 1e-6;
    let step = 1;
    let next: number | null;
    for (;;) {
      for (let k = 0; k < n; k++) trial[k] = x[k] + step * direction[k];
      next = objective.evaluate(trial);
      if (next !== null && next <= value + ARMIJO * step * descent + 1e-14 * (1 + Math.abs(value))) break;
      step *= 0.4;
      if (step < SHORTEST_STEP) return false;
    }
    before.set(gradient);
    objective.gradient(gradient);
    const at = (kept % MEMORY) * n;
    let product = 0;
    for (let k = 0; k < n; k++) {
      moves[at + k] = trial[k] - x[k];
      changes[at + k] = gradient[k] - before[k];
      product += moves[at + k] * changes[at + k];
    }
    if (product > 0) {
      products[kept % MEMORY] = 1 / product;
      kept++;
    }
    x.set(trial);
    value = next;
  }
  return false;
}
