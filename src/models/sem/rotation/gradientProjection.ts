import { symmetricEigen, symmetricFunction } from '../../../numerics/dense/symmetricEigen.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import type { Criterion } from './criteria.js';

/** A rotation L = A T⁻ᵀ (oblique, TᵀT = Φ with unit diagonal) or L = A T (orthogonal). */
export interface RotationResult {
  readonly t: Float64Array;
  readonly loadings: Float64Array;
  readonly value: number;
  readonly converged: boolean;
}

const MOST_STEPS = 2000;
const TOLERANCE = 1e-12;
/** Projected gradient that counts as a solution when rounding allows no better. */
const ACCEPTABLE = 1e-7;

/**
 * Gradient projection: steps along −∂f/∂T projected on the rotations, halved
 * until f falls; then, where f is flat to rounding, Barzilai-Borwein steps on
 * the gradient alone.
 *
 * @param polish the second phase, for solutions that are differentiated
 * @see Jennrich (2001), Psychometrika 66(2), orthogonal; Jennrich (2002), Psychometrika 67(1), oblique
 */
export function gradientProjection(a: Float64Array, p: number, m: number, criterion: Criterion, orthogonal: boolean, start: Float64Array, polish = true): RotationResult {
  const slope = new Float64Array(p * m);
  const point = (t: Float64Array): Point | null => {
    const loadings = new Float64Array(p * m);
    if (!rotated(a, p, m, t, orthogonal, loadings)) return null;
    const value = criterion(loadings, p, m, slope);
    const gradient = orthogonal ? transposedProduct(a, slope, p, m) : obliqueGradient(loadings, slope, t, p, m);
    const direction = project(gradient, t, m, orthogonal);
    return { t, loadings, value, direction, size: Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0)) };
  };
  let current = point(start);
  if (!current) return { t: start, loadings: new Float64Array(p * m), value: Infinity, converged: false };
  let step = 1;
  for (let iteration = 0; iteration < MOST_STEPS && current.size > TOLERANCE; iteration++) {
    step *= 2;
    let next: Point | null = null;
    for (let half = 0; half < 50; half++, step /= 2) {
      const t = renormalized(current.t, current.direction, step, m, orthogonal);
      next = t ? point(t) : null;
      if (next && next.value < current.value - 0.5 * current.size ** 2 * step) break;
      next = null;
    }
    if (!next) break;
    current = next;
  }
  if (polish) current = barzilaiBorwein(current, point, m, orthogonal);
  return { t: current.t, loadings: current.loadings, value: current.value, converged: current.size < (polish ? ACCEPTABLE : 1e-4) };
}

interface Point {
  readonly t: Float64Array;
  readonly loadings: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly size: number;
}

function barzilaiBorwein(start: Point, point: (t: Float64Array) => Point | null, m: number, orthogonal: boolean): Point {
  let best = start;
  let current = start;
  let step = 0.01;
  for (let iteration = 0; iteration < MOST_STEPS && best.size > TOLERANCE; iteration++) {
    const t = renormalized(current.t, current.direction, step, m, orthogonal);
    const next = t ? point(t) : null;
    if (!next || next.size > 1e3 * best.size + 1e-6) {
      current = best;
      step /= 10;
      if (step < 1e-12) break;
      continue;
    }
    let moved = 0;
    let bent = 0;
    for (let k = 0; k < m * m; k++) {
      const s = next.t[k] - current.t[k];
      moved += s * s;
      bent += s * (next.direction[k] - current.direction[k]);
    }
    if (moved === 0) break;
    step = bent > 0 ? moved / bent : step;
    current = next;
    if (next.size < best.size) best = next;
  }
  return best;
}

/** L = A T (orthogonal) or A T⁻ᵀ (oblique). */
export function rotated(a: Float64Array, p: number, m: number, t: Float64Array, orthogonal: boolean, out: Float64Array): boolean {
  let matrix = t;
  if (!orthogonal) {
    const inverse = new Float64Array(m * m);
    if (!invertGeneral(t.slice(), m, inverse)) return false;
    matrix = transposed(inverse, m);
  }
  out.fill(0);
  for (let i = 0; i < p; i++) for (let k = 0; k < m; k++) for (let j = 0; j < m; j++) out[i * m + j] += a[i * m + k] * matrix[k * m + j];
  return true;
}

function transposed(x: Float64Array, m: number): Float64Array {
  return Float64Array.from({ length: m * m }, (_, k) => x[(k % m) * m + Math.floor(k / m)]);
}

/** AᵀG. */
function transposedProduct(a: Float64Array, g: Float64Array, p: number, m: number): Float64Array {
  const out = new Float64Array(m * m);
  for (let i = 0; i < p; i++) for (let r = 0; r < m; r++) for (let c = 0; c < m; c++) out[r * m + c] += a[i * m + r] * g[i * m + c];
  return out;
}

/** −(LᵀG T⁻¹)ᵀ. */
function obliqueGradient(l: Float64Array, g: Float64Array, t: Float64Array, p: number, m: number): Float64Array {
  const cross = transposedProduct(l, g, p, m);
  const inverse = new Float64Array(m * m);
  invertGeneral(t.slice(), m, inverse);
  const out = new Float64Array(m * m);
  for (let r = 0; r < m; r++) for (let c = 0; c < m; c++) for (let k = 0; k < m; k++) out[c * m + r] -= cross[r * m + k] * inverse[k * m + c];
  return out;
}

/** Oblique: G − T diag(TᵀG). Orthogonal: G − T sym(TᵀG). */
function project(g: Float64Array, t: Float64Array, m: number, orthogonal: boolean): Float64Array {
  const cross = transposedProduct(t, g, m, m);
  const out = g.slice();
  for (let r = 0; r < m; r++) {
    for (let c = 0; c < m; c++) {
      if (!orthogonal) {
        out[r * m + c] -= t[r * m + c] * cross[c * m + c];
        continue;
      }
      for (let k = 0; k < m; k++) out[r * m + c] -= (t[r * m + k] * (cross[k * m + c] + cross[c * m + k])) / 2;
    }
  }
  return out;
}

/** Back to a rotation: columns of unit length, or the nearest orthogonal matrix X(XᵀX)^(−1/2). */
function renormalized(t: Float64Array, direction: Float64Array, step: number, m: number, orthogonal: boolean): Float64Array | null {
  const x = t.map((value, k) => value - step * direction[k]);
  if (!orthogonal) {
    for (let c = 0; c < m; c++) {
      let square = 0;
      for (let r = 0; r < m; r++) square += x[r * m + c] ** 2;
      if (!(square > 0)) return null;
      for (let r = 0; r < m; r++) x[r * m + c] /= Math.sqrt(square);
    }
    return x;
  }
  const eigen = symmetricEigen(transposedProduct(x, x, m, m), m);
  if (!(eigen.values[0] > 0)) return null;
  const root = symmetricFunction(eigen, m, (value) => 1 / Math.sqrt(value));
  const out = new Float64Array(m * m);
  for (let r = 0; r < m; r++) for (let k = 0; k < m; k++) for (let c = 0; c < m; c++) out[r * m + c] += x[r * m + k] * root[k * m + c];
  return out;
}
