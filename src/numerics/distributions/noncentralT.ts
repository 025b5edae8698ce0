import { logScaleDensity } from '../special/saddlePoint.js';
import { invertReal, type Tail } from './inversion.js';
import { normalCdf, normalLogCdf } from './normal.js';
import { integratePeak } from '../quadrature.js';

/**
 * P(T ≤ t) or P(T > t) for T = (Z + δ)/√(V/ν): the normal tail at t·s − δ
 * averaged over s = √(V/ν), integrated in u = log s. The integrand is positive
 * and log-concave, so both tails keep their relative precision.
 */
function tailOf(t: number, df: number, ncp: number, upper: boolean): number {
  if (Number.isNaN(t) || !(df > 0) || !Number.isFinite(ncp)) return NaN;
  if (t === Infinity || t === -Infinity) return (t > 0) === upper ? 0 : 1;
  const sign = upper ? -1 : 1;
  if (df === Infinity || t === 0) return normalCdf(sign * (t - ncp));
  const logIntegrand = (u: number): number => logScaleDensity(u, df) + normalLogCdf(sign * (t * Math.exp(u) - ncp));
  return Math.min(1, integratePeak(logIntegrand, 0, Math.min(1 / Math.sqrt(2 * df), 1 / (1 + Math.abs(ncp)))));
}

export function noncentralTCdf(t: number, df: number, ncp: number): number {
  return tailOf(t, df, ncp, false);
}

export function noncentralTUpper(t: number, df: number, ncp: number): number {
  return tailOf(t, df, ncp, true);
}

export function noncentralTQuantile(p: number, df: number, ncp: number, tail: Tail = 'lower'): number {
  if (!(df > 0) || !Number.isFinite(ncp)) return NaN;
  return invertReal(p, tail, ncp, 0.5, (t) => Math.log(tailOf(t, df, ncp, false)), (t) => Math.log(tailOf(t, df, ncp, true)));
}
