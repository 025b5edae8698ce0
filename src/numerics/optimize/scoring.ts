import { cholesky, choleskySolve } from '../dense/cholesky.js';
import { Slab } from '../dense/slab.js';
import type { Minimum, Objective } from './objective.js';
import { SecantUpdates } from './secantUpdates.js';

export interface ScoringOptions {
  readonly maxIterations?: number;
  /** Stop when the scaled gradient falls below this. */
  readonly tolerance?: number;
  /** Switch from Fisher scoring to Newton's method below this scaled gradient. */
  readonly newtonBelow?: number;
  /** A gradient costs much less than a factorization: a factor is kept as long as it gets on, improved by BFGS updates. */
  readonly cheapGradient?: boolean;
  readonly onIteration?: (iteration: number, value: number, gradient: number) => void;
}

const DEFAULT_MAX_ITERATIONS = 500;
const DEFAULT_TOLERANCE = 1e-10;
/** A gradient that stalls here is as small as rounding lets it be. */
const ROUNDING_TOLERANCE = 1e-7;
/** Gradient ratio of two steps below which the same factor is used again: a factorization costs n³, a gradient does not. */
const CHORD_CONTRACTION_CHEAP = 0.9;
/** Closer than this a gradient need not shrink with every secant step, and no new matrix is worth its cost. */
const CLOSE = 1e-8;
const CHORD_CONTRACTION = 0.1;
const CHORD_CONTRACTION_SMALL = 0.01;
const SMALL_PROBLEM = 60;
const ARMIJO = 1e-4;
const SHORTEST_STEP = 1e-10;

/** Reusable memory of `minimizeByScoring` for problems of one size. */
export class ScoringWorkspace {
  readonly gradient: Float64Array;
  readonly trial: Float64Array;
  readonly direction: Float64Array;
  readonly factor: Float64Array;
  readonly curvature: Float64Array;
  readonly diagonal: Float64Array;
  constructor(readonly size: number) {
    const slab = new Slab(4 * size + 2 * size * size);
    this.gradient = slab.take(size);
    this.trial = slab.take(size);
    this.direction = slab.take(size);
    this.diagonal = slab.take(size).fill(1);
    this.factor = slab.take(size * size);
    this.curvature = slab.take(size * size);
  }
}

/**
 * Fisher scoring with step halving, finished by Newton steps on the exact
 * Hessian: x ← x − s H⁻¹∇f. Where a gradient is cheap, secant updates take the
 * place of new matrices as long as they get on. A matrix that is not positive definite gets a
 * growing multiple of its diagonal added (Levenberg-Marquardt).
 *
 * @see Longford (1987), Biometrika 74(4); Nocedal & Wright (2006), Numerical Optimization, 3.4
 */
export function minimizeByScoring(objective: Objective, start: Float64Array, options: ScoringOptions = {}, work: ScoringWorkspace = new ScoringWorkspace(objective.size)): Minimum {
  const n = objective.size;
  const maxIterations = options.maxIterations ?? DEFAULT_MAX_ITERATIONS;
  const tolerance = options.tolerance ?? DEFAULT_TOLERANCE;
  const newtonBelow = options.newtonBelow ?? 0.03;
  const { gradient, trial, direction, factor, curvature, diagonal } = work;
  const x = start.slice();
  let value = objective.evaluate(x);
  if (value === null) return { x, value: 0, converged: false, iterations: 0, gradient: 0, message: 'the implied covariance matrix is not positive definite at the starting values' };
  if (n === 0) return { x, value, converged: true, iterations: 0, gradient: 0, message: 'no free parameters' };
  objective.gradient(gradient);
  diagonal.fill(1);
  let ridge = 0;
  let scaled = Infinity;
  let best = Infinity;
  let stalled = 0;
  let fresh = false;
  let contraction = 1;
  const longest = options.cheapGradient ? CHORD_CONTRACTION_CHEAP : n < SMALL_PROBLEM ? CHORD_CONTRACTION_SMALL : CHORD_CONTRACTION;
  const secant = options.cheapGradient ? new SecantUpdates(n) : null;
  const before = secant ? new Float64Array(n) : gradient;
  for (let iteration = 0; ; iteration++) {
    options.onIteration?.(iteration, value, scaled);
    if (scaled < tolerance) return { x, value, converged: true, iterations: iteration, gradient: scaled, message: 'the scaled gradient is below the tolerance' };
    if (scaled < best * 0.5) stalled = 0;
    else if (scaled < ROUNDING_TOLERANCE && ++stalled >= 2) return { x, value, converged: true, iterations: iteration, gradient: scaled, message: 'the gradient is as small as rounding allows' };
    best = Math.min(best, scaled);
    if (iteration >= maxIterations) return { x, value, converged: false, iterations: iteration, gradient: scaled, message: `not converged after ${maxIterations} iterations` };

    // a factor that just shortened the gradient by so much is good for one more step
    if (!(fresh && (contraction < longest || (secant && scaled < CLOSE)))) {
      const exact = iteration > 0 && objective.hessian !== undefined && scaled < newtonBelow;
      secant?.clear();
      curvature.fill(0);
      if (exact) objective.hessian?.(curvature);
      else {
        objective.information(curvature);
        for (let k = 0; k < n; k++) diagonal[k] = curvature[k * n + k];
        if (iteration === 0) {
          scaled = scaledNorm(gradient, diagonal);
          if (scaled < tolerance) return { x, value, converged: true, iterations: 0, gradient: scaled, message: 'the scaled gradient is below the tolerance' };
        }
      }
      fresh = true;
      if (!factorize(curvature, factor, n, ridge)) {
        fresh = false;
        if (exact) {
          curvature.fill(0);
          objective.information(curvature);
        }
        let extra = Math.max(ridge, 1e-8);
        while (!factorize(curvature, factor, n, extra) && extra < 1e8) extra *= 10;
      }
    }
    for (let k = 0; k < n; k++) direction[k] = -gradient[k];
    if (secant) secant.apply(direction, (v) => choleskySolve(factor, n, v));
    else choleskySolve(factor, n, direction);
    let descent = 0;
    for (let k = 0; k < n; k++) descent += gradient[k] * direction[k];
    if (!(descent < 0)) return { x, value, converged: scaled < ROUNDING_TOLERANCE, iterations: iteration, gradient: scaled, message: 'no descent direction was found' };

    let step = 1;
    let next: number | null = null;
    const noise = 1e-13 * (1 + Math.abs(value));
    for (;;) {
      for (let k = 0; k < n; k++) trial[k] = x[k] + step * direction[k];
      next = objective.evaluate(trial);
      if (next !== null && next <= value + ARMIJO * step * descent + noise) break;
      step *= next === null ? 0.25 : interpolatedStep(value, descent * step, next);
      if (step < SHORTEST_STEP) break;
    }
    if (step < SHORTEST_STEP || next === null) {
      fresh = false;
      if (ridge < 1e4) {
        ridge = ridge === 0 ? 1e-3 : ridge * 10;
        const back = objective.evaluate(x);
        if (back === null) return { x, value, converged: false, iterations: iteration, gradient: scaled, message: 'the objective cannot be evaluated' };
        continue;
      }
      return { x, value, converged: false, iterations: iteration, gradient: scaled, message: 'no shorter step lowers the discrepancy' };
    }
    ridge = step === 1 ? ridge * 0.1 : ridge;
    if (ridge < 1e-6) ridge = 0;
    if (secant) before.set(gradient);
    objective.gradient(gradient);
    secant?.add(x, trial, before, gradient);
    x.set(trial);
    value = next;
    const last = scaled;
    scaled = scaledNorm(gradient, diagonal);
    contraction = step === 1 && ridge === 0 ? scaled / last : 1;
  }
}

/** Share of the step where a parabola through f(0), f'(0) and f(step) is least, kept within [0.1, 0.5]. */
function interpolatedStep(value: number, slope: number, next: number): number {
  const curvature = 2 * (next - value - slope);
  const share = curvature > 0 ? -slope / curvature : 0.5;
  return Math.min(0.5, Math.max(0.1, share));
}

function scaledNorm(gradient: Float64Array, diagonal: Float64Array): number {
  let norm = 0;
  for (let k = 0; k < gradient.length; k++) {
    const value = Math.abs(gradient[k]) / Math.sqrt(diagonal[k] > 0 ? diagonal[k] : 1);
    if (!(value <= norm)) norm = value;
  }
  return norm;
}

function factorize(matrix: Float64Array, factor: Float64Array, n: number, ridge: number): boolean {
  factor.set(matrix);
  if (ridge > 0) for (let k = 0; k < n; k++) factor[k * n + k] += ridge * (Math.abs(factor[k * n + k]) + 1e-12);
  return cholesky(factor, n, 1e-13) < 0;
}
