import { incompleteBeta, logBetaKernel } from '../special/incompleteBeta.js';
import { invertPositive, type Tail } from './inversion.js';
import { noncentralChiSquareCdf, noncentralChiSquareUpper } from './noncentralChiSquare.js';
import { neighbourSteps, poissonMixture } from './poissonMixture.js';

/**
 * Tail of the noncentral F law: Poisson(ncp/2) mixture of I_x(df1/2 + j, df2/2)
 * at x = df1 f / (df1 f + df2).
 * @see Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, eq. 30.9.
 */
function tailOf(f: number, df1: number, df2: number, ncp: number, upper: boolean): number {
  if (Number.isNaN(f) || !(df1 > 0) || !(df2 > 0) || !(ncp >= 0)) return NaN;
  if (f <= 0) return upper ? 1 : 0;
  if (f === Infinity) return upper ? 0 : 1;
  if (df2 === Infinity) return upper ? noncentralChiSquareUpper(f * df1, df1, ncp) : noncentralChiSquareCdf(f * df1, df1, ncp);
  const ratio = (df1 * f) / df2;
  const x = ratio / (1 + ratio);
  const y = 1 / (1 + ratio);
  const a = df1 / 2;
  const b = df2 / 2;
  if (ncp === 0) return incompleteBeta(a, b, x, y, upper, false);
  return poissonMixture(
    ncp / 2,
    upper,
    (j) => incompleteBeta(a + j, b, x, y, upper, false),
    tailSteps(a, b, x, y)
  );
}

/** j ↦ I_x(a + j, b) − I_x(a + j + 1, b) = xᵃ⁺ʲ yᵇ / ((a + j) B(a + j, b)), whose neighbours stand as x (a + j + b) to a + j + 1. */
function tailSteps(a: number, b: number, x: number, y: number): (j: number) => number {
  return neighbourSteps((j) => Math.exp(logBetaKernel(a + j, b, x, y)) / (a + j), (j) => (x * (a + b + j - 1)) / (a + j));
}

export function noncentralFCdf(f: number, df1: number, df2: number, ncp: number): number {
  return tailOf(f, df1, df2, ncp, false);
}

export function noncentralFUpper(f: number, df1: number, df2: number, ncp: number): number {
  return tailOf(f, df1, df2, ncp, true);
}

export function noncentralFQuantile(p: number, df1: number, df2: number, ncp: number, tail: Tail = 'lower'): number {
  if (!(df1 > 0) || !(df2 > 0) || !(ncp >= 0)) return NaN;
  return invertPositive(p, tail, 1 + ncp / df1, (x) => Math.log(tailOf(x, df1, df2, ncp, false)), (x) => Math.log(tailOf(x, df1, df2, ncp, true)));
}
