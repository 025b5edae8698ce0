import type { Constraints } from './constraints.js';
import { contradictoryEqualities } from './contradiction.js';
import { equalityStep, type EqualityStep } from './equalityStep.js';
import type { Minimum, Objective } from './objective.js';

export interface ConstrainedMinimum extends Minimum {
  /** Indices of the constraints that hold with equality. */
  readonly active: readonly number[];
  readonly multipliers: Float64Array;
  /** Largest violation. */
  readonly violation: number;
}

export interface ConstrainedOptions {
  readonly maxIterations?: number;
  readonly tolerance?: number;
  readonly newtonBelow?: number;
}

const FEASIBILITY = 1e-9;
/** Steps without coming closer to broken constraints before they count as impossible. */
const HOPELESS = 200;
const ROUNDING_TOLERANCE = 1e-7;

/**
 * Sequential quadratic programming: each step minimises the quadratic model
 * (Fisher information, near the end the exact Hessian) under the linearised
 * constraints; active inequalities are found by adding the most violated and
 * dropping those with a negative multiplier. Merit function f + μ‖h⁻‖₁.
 *
 * @see Nocedal & Wright (2006), Numerical Optimization, chapter 18
 */
export function minimizeConstrained(objective: Objective, constraints: Constraints, start: Float64Array, options: ConstrainedOptions = {}): ConstrainedMinimum {
  const n = objective.size;
  const maxIterations = options.maxIterations ?? 500;
  const tolerance = options.tolerance ?? 1e-10;
  const newtonBelow = options.newtonBelow ?? 0.03;
  const { count, equalities } = constraints;
  const x = start.slice();
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n * n);
  const diagonal = new Float64Array(n).fill(1);
  const h = new Float64Array(count);
  const jacobian = new Float64Array(count * n);
  const trial = new Float64Array(n);
  const trialH = new Float64Array(count);
  const trialJ = new Float64Array(count * n);
  let value = objective.evaluate(x);
  const finish = (converged: boolean, iterations: number, norm: number, message: string, step: EqualityStep | null): ConstrainedMinimum => ({
    x, value: value ?? 0, converged, iterations, gradient: norm, message, violation: violation(h, equalities),
    active: step ? [...step.rows] : [], multipliers: step ? step.multipliers : new Float64Array(count)
  });
  if (value === null) return finish(false, 0, 0, 'the implied covariance matrix is not positive definite at the starting values', null);
  if (contradictoryEqualities(constraints, x)) return finish(false, 0, 0, 'the equality constraints contradict each other', null);
  objective.gradient(gradient);
  constraints.evaluate(x, h, jacobian);
  let working: number[] = Array.from({ length: equalities }, (_, i) => i);
  let penalty = 1;
  let norm = Infinity;
  let ridge = 0;
  let multipliers = new Float64Array(count);
  let stalled = 0;
  let best = Infinity;
  let closest = Infinity;
  let since = 0;
  for (let iteration = 0; ; iteration++) {
    curvature.fill(0);
    const exact = norm < newtonBelow && objective.hessian !== undefined && ridge === 0;
    if (exact) {
      objective.hessian?.(curvature);
      if (!constraints.linear) addConstraintCurvature(constraints, x, multipliers, curvature, n);
    } else {
      objective.information(curvature);
      for (let k = 0; k < n; k++) diagonal[k] = curvature[k * n + k];
    }
    let step = quadraticStep(curvature, gradient, jacobian, h, working, count, equalities, n, ridge);
    if (!step && exact) {
      curvature.fill(0);
      objective.information(curvature);
      step = quadraticStep(curvature, gradient, jacobian, h, working, count, equalities, n, ridge);
    }
    for (let extra = 1e-8; !step && extra < 1e6; extra *= 10) step = quadraticStep(curvature, gradient, jacobian, h, working, count, equalities, n, extra);
    if (!step) return finish(false, iteration, norm, 'the constrained information matrix is singular', null);
    working = [...step.rows];
    multipliers = Float64Array.from(step.multipliers);
    norm = lagrangianNorm(gradient, jacobian, multipliers, diagonal, count);
    const broken = violation(h, equalities);
    if (norm < tolerance && broken < FEASIBILITY) return finish(true, iteration, norm, 'the scaled gradient of the Lagrangian is below the tolerance', step);
    if (norm < best * 0.5) stalled = 0;
    else if (norm < ROUNDING_TOLERANCE && broken < FEASIBILITY && ++stalled >= 3) return finish(true, iteration, norm, 'the gradient is as small as rounding allows', step);
    best = Math.min(best, norm);
    if (!(broken > FEASIBILITY) || broken < 0.99 * closest) [closest, since] = [broken, iteration];
    if (iteration - since > HOPELESS) return finish(false, iteration, norm, `no step comes closer to the constraints (largest violation ${broken.toPrecision(3)})`, step);
    if (iteration >= maxIterations) return finish(false, iteration, norm, `not converged after ${maxIterations} iterations`, step);

    for (const multiplier of multipliers) penalty = Math.max(penalty, 1.5 * Math.abs(multiplier));
    const merit = value + penalty * totalViolation(h, equalities);
    let slope = -penalty * totalViolation(h, equalities);
    for (let k = 0; k < n; k++) slope += gradient[k] * step.direction[k];
    let length = 1;
    let next: number | null = null;
    const noise = 1e-13 * (1 + Math.abs(merit));
    for (; length > 1e-10; length *= 0.5) {
      for (let k = 0; k < n; k++) trial[k] = x[k] + length * step.direction[k];
      next = objective.evaluate(trial);
      if (next === null) continue;
      constraints.evaluate(trial, trialH, trialJ);
      if (next + penalty * totalViolation(trialH, equalities) <= merit + 1e-4 * length * Math.min(0, slope) + noise) break;
    }
    if (length <= 1e-10 || next === null) {
      if (ridge > 1e4) return finish(norm < ROUNDING_TOLERANCE && broken < FEASIBILITY, iteration, norm, 'no shorter step lowers the discrepancy', step);
      ridge = ridge === 0 ? 1e-3 : ridge * 10;
      objective.evaluate(x);
      continue;
    }
    if (length === 1) ridge = ridge < 1e-5 ? 0 : ridge * 0.1;
    x.set(trial);
    value = next;
    h.set(trialH);
    jacobian.set(trialJ);
    objective.gradient(gradient);
    norm = lagrangianNorm(gradient, jacobian, multipliers, diagonal, count);
  }
}

function quadraticStep(curvature: Float64Array, gradient: Float64Array, jacobian: Float64Array, h: Float64Array, working: readonly number[], count: number, equalities: number, n: number, ridge: number): EqualityStep | null {
  let rows = [...working];
  for (let round = 0; round < 10 * (count + 1); round++) {
    const step = equalityStep(curvature, gradient, jacobian, h, rows, n, ridge);
    if (!step) return null;
    let worst = -1;
    let worstValue = 0;
    for (let i = equalities; i < count; i++) {
      if (step.rows.includes(i)) {
        // ∇f = −λ∇h at the minimum over h ≥ 0 needs λ ≤ 0 in the sign used here
        if (step.multipliers[i] > worstValue) {
          worst = i;
          worstValue = step.multipliers[i];
        }
      }
    }
    if (worst >= 0) {
      rows = rows.filter((r) => r !== worst);
      continue;
    }
    let violated = -1;
    let depth = -1e-12;
    for (let i = equalities; i < count; i++) {
      if (step.rows.includes(i)) continue;
      let after = h[i];
      for (let k = 0; k < n; k++) after += jacobian[i * n + k] * step.direction[k];
      if (after < depth) {
        depth = after;
        violated = i;
      }
    }
    if (violated < 0) return step;
    rows = [...step.rows, violated];
  }
  return equalityStep(curvature, gradient, jacobian, h, rows, n, ridge);
}

/** Adds Σ λ_i ∇²h_i by central differences of the exact Jacobian. */
function addConstraintCurvature(constraints: Constraints, x: Float64Array, multipliers: Float64Array, curvature: Float64Array, n: number): void {
  const { count } = constraints;
  const values = new Float64Array(count);
  const up = new Float64Array(count * n);
  const down = new Float64Array(count * n);
  const point = x.slice();
  for (let k = 0; k < n; k++) {
    const size = 1e-5 * Math.max(1, Math.abs(x[k]));
    point[k] = x[k] + size;
    constraints.evaluate(point, values, up);
    point[k] = x[k] - size;
    constraints.evaluate(point, values, down);
    point[k] = x[k];
    for (let i = 0; i < count; i++) {
      if (multipliers[i] === 0) continue;
      for (let l = 0; l <= k; l++) curvature[k * n + l] += (multipliers[i] * (up[i * n + l] - down[i * n + l])) / (2 * size);
    }
  }
}

function lagrangianNorm(gradient: Float64Array, jacobian: Float64Array, multipliers: Float64Array, diagonal: Float64Array, count: number): number {
  const n = gradient.length;
  let norm = 0;
  for (let k = 0; k < n; k++) {
    let value = gradient[k];
    for (let i = 0; i < count; i++) if (multipliers[i] !== 0) value += multipliers[i] * jacobian[i * n + k];
    const scaled = Math.abs(value) / Math.sqrt(diagonal[k] > 0 ? diagonal[k] : 1);
    if (!(scaled <= norm)) norm = scaled;
  }
  return norm;
}

function violation(h: Float64Array, equalities: number): number {
  let worst = 0;
  for (let i = 0; i < h.length; i++) worst = Math.max(worst, i < equalities ? Math.abs(h[i]) : -h[i]);
  return worst;
}

function totalViolation(h: Float64Array, equalities: number): number {
  let sum = 0;
  for (let i = 0; i < h.length; i++) sum += i < equalities ? Math.abs(h[i]) : Math.max(0, -h[i]);
  return sum;
}
