import { svd } from '../../../numerics/matrix/index.js';
import type { StoppingRule } from '../extraction.js';
import { crossProduct, identity, kaiserWeights, product, scaleRows, type Rotation } from './rotation.js';

const MOST_CYCLES = 1000;
/** SPSS's FACTOR: at most 25 cycles, ended when p² times the criterion changes by 1e-5; so its printed SAQ loadings come out. */
const SPSS_CYCLES = 25;
const SPSS_CHANGE = 1e-5;
/** R's stats::varimax: relative gain of the sum of singular values. */
const R_GAIN = 1e-5;
/** Angles below this no longer change a double-precision loading. */
const SMALLEST_ANGLE = 1e-14;

/**
 * Varimax: the orthogonal rotation that maximises Σₖ [Σᵢ λ⁴ᵢₖ − (Σᵢ λ²ᵢₖ)²/p].
 * `tight` and `spss` rotate pairs of factors in their plane (Kaiser); `r`
 * repeats R's simultaneous step and its early stop.
 * @see Kaiser (1958), Psychometrika 23, 187-200
 */
export function varimax(loadings: Float64Array, p: number, m: number, kaiser = true, stop: StoppingRule = 'tight'): Rotation {
  if (m < 2) return { pattern: loadings.slice(), factorCorrelations: null, converged: true, iterations: 0 };
  const weights = kaiser ? kaiserWeights(loadings, p, m) : new Float64Array(p).fill(1);
  const rows = scaleRows(loadings, m, (i) => 1 / weights[i]);
  const rotated = stop === 'r' ? simultaneous(rows, p, m) : planar(rows, p, m, stop);
  return { ...rotated, pattern: scaleRows(rotated.pattern, m, (i) => weights[i]), factorCorrelations: null };
}

type Turned = Omit<Rotation, 'factorCorrelations'>;

function planar(start: Float64Array, p: number, m: number, stop: 'tight' | 'spss'): Turned {
  const pattern = start.slice();
  let before = criterion(pattern, p, m);
  const most = stop === 'spss' ? SPSS_CYCLES : MOST_CYCLES;
  for (let cycle = 1; cycle <= most; cycle++) {
    let largest = 0;
    for (let a = 0; a < m; a++) for (let b = a + 1; b < m; b++) largest = Math.max(largest, Math.abs(turnPair(pattern, p, m, a, b)));
    const now = criterion(pattern, p, m);
    if (stop === 'spss' ? p * p * Math.abs(now - before) <= SPSS_CHANGE : largest < SMALLEST_ANGLE) return { pattern, converged: true, iterations: cycle };
    before = now;
  }
  return { pattern, converged: false, iterations: most };
}

/** Turns columns a and b by the angle φ with tan 4φ = (D − 2AB/p) / (C − (A² − B²)/p); returns φ. */
function turnPair(pattern: Float64Array, p: number, m: number, a: number, b: number): number {
  let sumU = 0;
  let sumV = 0;
  let sumC = 0;
  let sumD = 0;
  for (let i = 0; i < p; i++) {
    const x = pattern[i * m + a];
    const y = pattern[i * m + b];
    const u = x * x - y * y;
    const v = 2 * x * y;
    sumU += u;
    sumV += v;
    sumC += u * u - v * v;
    sumD += 2 * u * v;
  }
  const angle = Math.atan2(sumD - (2 * sumU * sumV) / p, sumC - (sumU * sumU - sumV * sumV) / p) / 4;
  if (angle === 0) return 0;
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  for (let i = 0; i < p; i++) {
    const x = pattern[i * m + a];
    const y = pattern[i * m + b];
    pattern[i * m + a] = c * x + s * y;
    pattern[i * m + b] = c * y - s * x;
  }
  return angle;
}

/** Σₖ [p Σᵢ λ⁴ − (Σᵢ λ²)²]/p². */
function criterion(pattern: Float64Array, p: number, m: number): number {
  let total = 0;
  for (let k = 0; k < m; k++) {
    let squares = 0;
    let fourths = 0;
    for (let i = 0; i < p; i++) {
      const q = pattern[i * m + k] ** 2;
      squares += q;
      fourths += q * q;
    }
    total += (p * fourths - squares * squares) / (p * p);
  }
  return total;
}

/** T ← U Vᵀ of the singular value decomposition of Aᵀ(Λ³ − Λ diag(Σλ²)/p), Λ = A T. */
function simultaneous(rows: Float64Array, p: number, m: number): Turned {
  let turn = identity(m);
  let gain = 0;
  for (let cycle = 1; cycle <= MOST_CYCLES; cycle++) {
    const turned = product(rows, turn, p, m, m);
    const squares = new Float64Array(m);
    for (let i = 0; i < p * m; i++) squares[i % m] += turned[i] ** 2;
    const target = turned.map((value, at) => value ** 3 - (value * squares[at % m]) / p);
    const { left, values, right } = svd(crossProduct(rows, target, p, m, m), m, m);
    turn = product(left, transposed(right, m), m, m, m);
    const past = gain;
    gain = values.reduce((sum, value) => sum + value, 0);
    if (gain < past * (1 + R_GAIN)) return { pattern: product(rows, turn, p, m, m), converged: true, iterations: cycle };
  }
  return { pattern: product(rows, turn, p, m, m), converged: false, iterations: MOST_CYCLES };
}

function transposed(a: Float64Array, m: number): Float64Array {
  return a.map((_, at) => a[(at % m) * m + Math.floor(at / m)]);
}
