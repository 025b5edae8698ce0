import { axpy, dot } from '../dense/dot.js';
import type { Objective } from './objective.js';
import type { SingleMatrix } from './singleMatrix/singleMatrix.js';

/** Updates of the curvature that are kept. */
const MEMORY = 12;
const ARMIJO = 1e-4;
const SHORTEST_STEP = 1e-6;
/** Steps after which the scale of the curvature is taken anew; later ones move too little to matter. */
const RESCALINGS = 2;

/** An objective near one whose curvature is known. */
export interface NearObjective extends Pick<Objective, 'size' | 'evaluate' | 'gradient'> {
  /** Diagonal of the information at the point whose gradient was asked for last. */
  informationDiagonal?(out: Float64Array): void;
}

/** Curvature at the nearby solution. */
export interface NearbyCurvature {
  /** H₀⁻¹. */
  readonly inverse: SingleMatrix;
  /** Diagonal of the information there, as `informationDiagonal` answers it. */
  readonly diagonal?: Float64Array;
}

/** Memory of `minimizeNear`, reused over many problems of one size. */
export class QuasiNewtonWorkspace {
  readonly gradient: Float64Array;
  readonly direction: Float64Array;
  readonly trial: Float64Array;
  readonly before: Float64Array;
  readonly moves: Float64Array;
  readonly changes: Float64Array;
  readonly scaled: Float64Array;
  readonly scale: Float64Array;
  readonly products: Float64Array = new Float64Array(MEMORY);
  readonly coefficients: Float64Array = new Float64Array(MEMORY);
  constructor(readonly size: number) {
    this.gradient = new Float64Array(size);
    this.direction = new Float64Array(size);
    this.trial = new Float64Array(size);
    this.before = new Float64Array(size);
    this.scaled = new Float64Array(size);
    this.scale = new Float64Array(size);
    this.moves = new Float64Array(size * MEMORY);
    this.changes = new Float64Array(size * MEMORY);
  }
}

/**
 * Minimizes an objective whose curvature is known nearby: BFGS updates (limited
 * memory, two-loop recursion) upon the inverse of a given Hessian H₀, so that no
 * matrix is built or factorized on the way. Where the diagonal of the information
 * can be had, H₀ is carried over as s H₀ s with s² its ratio to the nearby one.
 * `x` starts at the nearby solution and holds the minimum when the answer is true.
 *
 * The step d = −H⁻¹∇f that is still to go has the length √(−∇fᵀd) in the metric
 * of H, which bounds every coordinate's step in units of √(H⁻¹)_kk. Below the
 * tolerance it is taken, and x is final: nothing is evaluated there again.
 *
 * @param tolerance longest last step
 * @see Nocedal & Wright (2006), Numerical Optimization, algorithm 7.4
 */
export function minimizeNear(objective: NearObjective, x: Float64Array, near: NearbyCurvature, tolerance: number, maxIterations: number, work: QuasiNewtonWorkspace): boolean {
  const n = objective.size;
  const { gradient, direction, trial, before, moves, changes, products, coefficients, scaled, scale } = work;
  const { inverse, diagonal } = near;
  const first = objective.evaluate(x);
  if (first === null) return false;
  let value = first;
  objective.gradient(gradient);
  scale.fill(1);
  let kept = 0;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    for (let k = 0; k < n; k++) direction[k] = -gradient[k];
    const oldest = Math.max(0, kept - MEMORY);
    for (let u = kept - 1; u >= oldest; u--) {
      const at = (u % MEMORY) * n;
      const a = dot(moves, at, direction, 0, n) * products[u % MEMORY];
      coefficients[u % MEMORY] = a;
      axpy(direction, 0, -a, changes, at, n);
    }
    inverse.multiplyScaled(scale, direction, scaled);
    direction.set(scaled);
    for (let u = oldest; u < kept; u++) {
      const at = (u % MEMORY) * n;
      const b = coefficients[u % MEMORY] - dot(changes, at, direction, 0, n) * products[u % MEMORY];
      axpy(direction, 0, b, moves, at, n);
    }
    const descent = dot(gradient, 0, direction, 0, n);
    if (-descent <= tolerance * tolerance && descent <= 0) {
      for (let k = 0; k < n; k++) x[k] += direction[k];
      return true;
    }
    if (!(descent < 0)) return false;
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
    if (diagonal && objective.informationDiagonal && iteration < RESCALINGS) {
      objective.informationDiagonal(scale);
      for (let k = 0; k < n; k++) scale[k] = scale[k] > 0 ? Math.sqrt(diagonal[k] / scale[k]) : 1;
    }
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
