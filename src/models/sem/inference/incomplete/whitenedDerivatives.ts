import type { Estimation } from '../../estimation/estimate.js';
import { derivatives } from '../../implied/derivatives.js';
import { jacobian, momentCount } from '../../implied/jacobian.js';
import { whitenJacobian, type Whitening } from './whitening.js';

/** Δ of one group's implied moments in whitened coordinates, q × width. */
export function whitenedDerivatives({ implied, structure }: Estimation, group: number, whitening: Whitening): Float64Array {
  const own = implied[group];
  const delta = new Float64Array(momentCount(whitening.p, true) * structure.size);
  jacobian(derivatives(own.structure, structure.position), own, structure.size, true, delta);
  return whitenJacobian(whitening, delta, structure.size);
}
