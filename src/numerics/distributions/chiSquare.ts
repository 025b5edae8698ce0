import { gammaCdf, gammaDensity, gammaLogCdf, gammaLogUpper, gammaQuantile, gammaUpper } from './gamma.js';
import type { Tail } from './inversion.js';

/** Density of χ² with `df` degrees of freedom: the gamma law of shape df/2 and scale 2. */
export function chiSquareDensity(x: number, df: number): number {
  return gammaDensity(x, df / 2, 2);
}

export function chiSquareCdf(x: number, df: number): number {
  return gammaCdf(x, df / 2, 2);
}

export function chiSquareUpper(x: number, df: number): number {
  return gammaUpper(x, df / 2, 2);
}

export function chiSquareLogCdf(x: number, df: number): number {
  return gammaLogCdf(x, df / 2, 2);
}

export function chiSquareLogUpper(x: number, df: number): number {
  return gammaLogUpper(x, df / 2, 2);
}

export function chiSquareQuantile(p: number, df: number, tail: Tail = 'lower'): number {
  return gammaQuantile(p, df / 2, 2, tail);
}
