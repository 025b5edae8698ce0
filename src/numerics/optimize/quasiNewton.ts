import type { NearbySteps } from './nearby/nearbySteps.js';
import type { Objective } from './objective.js';

const ARMIJO = 1e-4;
const SHORTEST_STEP = 1e-6;
/** Steps after which the scale of the curvature is taken anew; later ones move too little to matter. */
const RESCALINGS = 2;
/** Least and largest shortening of the steps that is expected of the next one, whatever the last two were. */
const FASTEST = 0.2;
const SLOWEST = 0.5;

/** An objective near one whose curvature is known. */
export interface NearObjective extends Pick<Objective, 'size' | 'evaluate' | 'gradient'> {
  /** Diagonal of the information at the point whose gradient was asked for last. */
  informationDiagonal?(out: Float64Array): void;
}

/**
 * Minimizes an objective whose curvature is known nearby: BFGS updates (limited
 * memory) upon the inverse of a given Hessian H₀, so that no matrix is built or
 * factorized on the way. Where the diagonal of the information can be had, H₀ is
 * carried over as s H₀ s with s² its ratio to the nearby one. `x` starts at the
 * nearby solution and holds the minimum when the answer is true.
 *
 * The step d = −H⁻¹∇f that is still to go has the length √(−∇fᵀd) in the metric
 * of H, which bounds every coordinate's step in units of √(H⁻¹)_kk. What is left
 * after it is about as much shorter again as it is than the step before. Once
 * that is below the tolerance the step is taken, and x is final: nothing is
 * evaluated there again.
 *
 * @param tolerance distance from the minimum, in the metric of H
 * @param diagonal of the information at the nearby solution, as `informationDiagonal` answers it
 */
export function minimizeNear(objective: NearObjective, x: Float64Array, steps: NearbySteps, tolerance: number, maxIterations: number, diagonal?: Float64Array): boolean {
  const n = objective.size;
  const { memory } = steps;
  const { scale } = memory;
  const [gradient, trial] = [memory.gradient.subarray(0, n), memory.trial.subarray(0, n)];
  memory.x.set(x);
  const first = objective.evaluate(x);
  if (first === null) return false;
  let value = first;
  objective.gradient(gradient);
  scale.fill(1);
  let kept = 0;
  let before = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const descent = steps.direct(kept);
    const length = Math.sqrt(-descent);
    const shortening = before > 0 ? Math.min(SLOWEST, Math.max(FASTEST, length / before)) : SLOWEST;
    if (length * shortening <= tolerance) {
      steps.advance(1);
      x.set(trial);
      return true;
    }
    if (!(descent < 0)) return false;
    before = length;
    let step = 1;
    let next: number | null;
    for (;;) {
      steps.advance(step);
      next = objective.evaluate(trial);
      if (next !== null && next <= value + ARMIJO * step * descent + 1e-14 * (1 + Math.abs(value))) break;
      step *= 0.4;
      if (step < SHORTEST_STEP) return false;
    }
    memory.before.set(memory.gradient);
    objective.gradient(gradient);
    if (diagonal && objective.informationDiagonal && iteration < RESCALINGS) {
      objective.informationDiagonal(scale);
      for (let k = 0; k < n; k++) scale[k] = scale[k] > 0 ? Math.sqrt(diagonal[k] / scale[k]) : 1;
    }
    if (steps.keep(kept)) kept++;
    value = next;
  }
  return false;
}
