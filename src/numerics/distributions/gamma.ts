import { incompleteGamma, logPoissonMass } from '../special/incompleteGamma.js';
import { invertPositive, type Tail } from './inversion.js';

/** Density of the gamma law with the given shape and scale. */
export function gammaDensity(x: number, shape: number, scale: number = 1): number {
  const y = x / scale;
  if (y < 0) return 0;
  if (y === 0) return shape < 1 ? Infinity : shape === 1 ? 1 / scale : 0;
  return (Math.exp(logPoissonMass(shape, y)) * shape) / (y * scale);
}

export function gammaCdf(x: number, shape: number, scale: number = 1): number {
  return incompleteGamma(shape, x / scale, false, false);
}

export function gammaUpper(x: number, shape: number, scale: number = 1): number {
  return incompleteGamma(shape, x / scale, true, false);
}

export function gammaLogCdf(x: number, shape: number, scale: number = 1): number {
  return incompleteGamma(shape, x / scale, false, true);
}

export function gammaLogUpper(x: number, shape: number, scale: number = 1): number {
  return incompleteGamma(shape, x / scale, true, true);
}

/** x with P(X ≤ x) = p, or P(X > x) = p for `tail` = 'upper'. */
export function gammaQuantile(p: number, shape: number, scale: number = 1, tail: Tail = 'lower'): number {
  if (!(shape > 0)) return NaN;
  const start = shape > 0.5 ? shape : Math.max(1e-300, shape * 0.5);
  return scale * invertPositive(p, tail, start, (x) => gammaLogCdf(x, shape), (x) => gammaLogUpper(x, shape));
}
