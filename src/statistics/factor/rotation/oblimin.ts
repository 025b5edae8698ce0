import { invertGeneral } from '../../../numerics/dense/lu.js';
import { crossProduct, identity, kaiserWeights, product, scaleRows, type Rotation } from './rotation.js';

const MOST_ITERATIONS = 20000;
/** Length of the projected gradient at which the rotation counts as found. */
const TOLERANCE = 1e-11;
/** Where rounding stops the descent earlier, this length still counts. */
const LOOSE_TOLERANCE = 1e-6;
/** Below this length a decrease of the criterion is lost in rounding. */
const FLAT = 1e-5;

/**
 * Direct oblimin by gradient projection on the manifold of unit-length
 * oblique factors: minimises ¼ Σ_{k≠l} [Σᵢ λ²ᵢₖλ²ᵢₗ − (γ/p) Σᵢλ²ᵢₖ Σᵢλ²ᵢₗ], Λ = A T⁻ᵀ,
 * Φ = T′T. γ = 0 is direct quartimin, the default of SPSS (delta = 0) and R.
 * @see Jennrich (2002), Psychometrika 67, 7-19; Jennrich & Sampson (1966), Psychometrika 31, 313-323
 * @returns null when the factors collapse (T becomes singular)
 */
export function oblimin(loadings: Float64Array, p: number, m: number, kaiser = true, gamma = 0): Rotation | null {
  if (m < 2) return { pattern: loadings.slice(), factorCorrelations: null, converged: true, iterations: 0 };
  const weights = kaiser ? kaiserWeights(loadings, p, m) : new Float64Array(p).fill(1);
  const rows = scaleRows(loadings, m, (i) => 1 / weights[i]);
  let turn = identity(m);
  let state = evaluate(rows, turn, p, m, gamma);
  if (!state) return null;
  let step = 1;
  let iterations = 0;
  let length = Infinity;
  let projected = projectGradient(state.gradient, turn, m);
  for (; iterations < MOST_ITERATIONS; iterations++) {
    length = norm(projected);
    if (length < TOLERANCE) break;
    step *= 2;
    let found = false;
    for (let halving = 0; halving < 40 && !found; halving++, step /= found ? 1 : 2) {
      const next = unitColumns(turn.map((value, at) => value - step * projected[at]), m);
      const trial = evaluate(rows, next, p, m, gamma);
      if (!trial) continue;
      const slope = projectGradient(trial.gradient, next, m);
      // Near the minimum the criterion is flat to rounding; there the gradient must shrink instead.
      found = length < FLAT ? norm(slope) < length : trial.value < state.value - 0.5 * length * length * step;
      if (!found) continue;
      turn = next;
      state = trial;
      projected = slope;
    }
    if (!found) break;
  }
  return { pattern: scaleRows(state.pattern, m, (i) => weights[i]), factorCorrelations: crossProduct(turn, turn, m, m, m), converged: length < LOOSE_TOLERANCE, iterations };
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
}

interface State {
  readonly value: number;
  readonly pattern: Float64Array;
  /** ∂F/∂T. */
  readonly gradient: Float64Array;
}

function evaluate(rows: Float64Array, turn: Float64Array, p: number, m: number, gamma: number): State | null {
  const inverse = new Float64Array(m * m);
  if (!invertGeneral(turn.slice(), m, inverse)) return null;
  const inverseTransposed = inverse.map((_, at) => inverse[(at % m) * m + Math.floor(at / m)]);
  const pattern = product(rows, inverseTransposed, p, m, m);
  const others = new Float64Array(p * m);
  const means = new Float64Array(m);
  for (let i = 0; i < p; i++) {
    let all = 0;
    for (let k = 0; k < m; k++) all += pattern[i * m + k] ** 2;
    for (let k = 0; k < m; k++) {
      others[i * m + k] = all - pattern[i * m + k] ** 2;
      means[k] += others[i * m + k] / p;
    }
  }
  let value = 0;
  const slope = new Float64Array(p * m);
  for (let at = 0; at < p * m; at++) {
    const weight = others[at] - gamma * means[at % m];
    value += (pattern[at] ** 2 * weight) / 4;
    slope[at] = pattern[at] * weight;
  }
  // ∂F/∂T = −(Λ′ ∂F/∂Λ T⁻¹)′
  const inner = product(crossProduct(pattern, slope, p, m, m), inverse, m, m, m);
  const gradient = inner.map((_, at) => -inner[(at % m) * m + Math.floor(at / m)]);
  return { value, pattern, gradient };
}

/** G − T diag(T′G): the part of G along the manifold of unit-length columns. */
function projectGradient(gradient: Float64Array, turn: Float64Array, m: number): Float64Array {
  const along = new Float64Array(m);
  for (let at = 0; at < m * m; at++) along[at % m] += turn[at] * gradient[at];
  return gradient.map((value, at) => value - turn[at] * along[at % m]);
}

function unitColumns(turn: Float64Array, m: number): Float64Array {
  const lengths = new Float64Array(m);
  for (let at = 0; at < m * m; at++) lengths[at % m] += turn[at] ** 2;
  return turn.map((value, at) => value / Math.sqrt(lengths[at % m]));
}
