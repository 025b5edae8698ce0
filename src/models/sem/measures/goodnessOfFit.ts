import { dot } from '../../../numerics/dense/dot.js';
import { multiplyTransposed } from '../../../numerics/dense/product.js';
import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { momentCount, momentVector } from '../implied/jacobian.js';
import type { MomentWeight } from '../estimation/momentPart.js';

/** Weighted residual and total sums of squares, eᵀWe and sᵀWs. */
export interface WeightedSquares {
  readonly residual: number;
  readonly total: number;
}

/**
 * Sums for a normal-theory weight V: e'We = ½ tr[(V(S−Σ))²] + (m−μ)ᵀV(m−μ),
 * s'Ws = ½ tr[(VS)²] + mᵀVm. Moments among fixed exogenous variables count
 * as 0, as the model says nothing of them.
 * @param inverse V is Σ⁻¹
 */
export function normalSquares(sample: GroupSample, implied: ImpliedMoments, v: Float64Array, means: boolean, exogenous: readonly number[] = [], inverse = false): WeightedSquares {
  const { p } = implied.structure;
  if (inverse && !means && exogenous.length === 0) return structuredSquares(sample.covariance, v, p);
  const difference = sample.covariance.map((value, i) => value - implied.sigma[i]);
  const modelled = sample.covariance.slice();
  for (const i of exogenous) for (const j of exogenous) difference[i * p + j] = modelled[i * p + j] = 0;
  let residual = halfTraceSquare(v, difference, p);
  let total = halfTraceSquare(v, modelled, p);
  if (means) {
    const free = Array.from({ length: p }, (_, i) => i).filter((i) => !exogenous.includes(i));
    for (const i of free) {
      for (const j of free) {
        residual += (sample.mean[i] - implied.mu[i]) * v[i * p + j] * (sample.mean[j] - implied.mu[j]);
        total += sample.mean[i] * v[i * p + j] * sample.mean[j];
      }
    }
  }
  return { residual, total };
}

/** With V = Σ⁻¹ one product is enough: ½ tr[(VS − I)²] = ½ tr[(VS)²] − tr(VS) + p/2. */
function structuredSquares(s: Float64Array, v: Float64Array, p: number): WeightedSquares {
  const total = halfTraceSquare(v, s, p);
  return { residual: Math.max(0, total - dot(v, 0, s, 0, p * p) + p / 2), total };
}

/** ½ tr[(VM)²]. */
export function halfTraceSquare(v: Float64Array, matrix: Float64Array, p: number): number {
  const product = new Float64Array(p * p);
  multiplyTransposed(v, matrix, p, product, new Float64Array(4));
  let sum = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) sum += product[i * p + j] * product[j * p + i];
  return sum / 2;
}

/** The same sums for an explicit weight matrix of the moments. */
export function momentSquares(sample: GroupSample, implied: ImpliedMoments, weight: MomentWeight, means: boolean): WeightedSquares {
  const { p } = implied.structure;
  const count = momentCount(p, means);
  const observed = new Float64Array(count);
  const model = new Float64Array(count);
  momentVector(sample.mean, sample.covariance, p, means, observed);
  momentVector(implied.mu, implied.sigma, p, means, model);
  const residual = observed.map((value, i) => value - model[i]);
  return { residual: quadratic(weight, residual), total: quadratic(weight, observed) };
}

function quadratic({ kind, values }: MomentWeight, vector: Float64Array): number {
  const n = vector.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (kind === 'diagonal') sum += values[i] * vector[i] ** 2;
    else sum += vector[i] * dot(values, i * n, vector, 0, n);
  }
  return sum;
}
