import type { Estimation } from '../estimation/estimate.js';

/** Jacobian of the active constraints at the solution, rows × size; null without any. */
export function activeJacobian(estimation: Estimation, equalitiesOnly = false): { jacobian: Float64Array; rows: readonly number[] } | null {
  const { constraints, active, x } = estimation;
  if (!constraints || active.length === 0) return null;
  const h = new Float64Array(constraints.count);
  const jacobian = new Float64Array(constraints.count * x.length);
  constraints.evaluate(x, h, jacobian);
  return { jacobian, rows: equalitiesOnly ? active.filter((row) => row < constraints.equalities) : active };
}
