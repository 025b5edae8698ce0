import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { Estimation } from '../estimation/estimate.js';

/** Smallest pivot, relative to its diagonal element, of an information matrix that identifies all parameters. */
export const IDENTIFICATION_TOLERANCE = 1e-10;

/** Jacobian of the active constraints at the solution, rows × size; null without any. */
export function activeJacobian(estimation: Estimation, equalitiesOnly = false): { jacobian: Float64Array; rows: readonly number[] } | null {
  const { constraints, active, x } = estimation;
  if (!constraints || active.length === 0) return null;
  const h = new Float64Array(constraints.count);
  const jacobian = new Float64Array(constraints.count * x.length);
  constraints.evaluate(x, h, jacobian);
  return { jacobian, rows: equalitiesOnly ? active.filter((row) => row < constraints.equalities) : active };
}

/**
 * Inverse of an information matrix of the distinct free parameters on the null
 * space of the active constraints, K(KᵀIK)⁻¹Kᵀ; null when the model is not
 * identified there.
 *
 * @param information lower triangle, size × size.
 */
export function invertInformation(information: Float64Array, estimation: Estimation): Float64Array | null {
  const n = estimation.x.length;
  if (n === 0) return new Float64Array(0);
  const bound = activeJacobian(estimation);
  if (bound) return constrainedInverse(information, bound.jacobian, bound.rows, n);
  const factor = information.slice();
  if (cholesky(factor, n, IDENTIFICATION_TOLERANCE) >= 0) return null;
  const inverse = new Float64Array(n * n);
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  return inverse;
}
