import { incompleteGamma, logPoissonMass } from '../special/incompleteGamma.js';
import { findRoot } from '../rootFinding.js';
import { invertPositive, type Tail } from './inversion.js';
import { neighbourSteps, poissonMixture } from './poissonMixture.js';

/**
 * P(χ²(df, ncp) ≤ x): Poisson(ncp/2) mixture of central χ² laws with
 * df + 2j degrees of freedom. Every term is positive, so the relative
 * precision holds in both tails.
 * @see Johnson, Kotz & Balakrishnan (1995), Continuous Univariate Distributions 2, eq. 29.2.
 */
function tailOf(x: number, df: number, ncp: number, upper: boolean): number {
  if (Number.isNaN(x) || !(df >= 0) || !(ncp >= 0) || (df === 0 && ncp === 0)) return NaN;
  if (x <= 0) return upper ? 1 : 0;
  if (x === Infinity) return upper ? 0 : 1;
  const half = x / 2;
  if (ncp === 0) return incompleteGamma(df / 2, half, upper, false);
  const a = df / 2;
  return poissonMixture(
    ncp / 2,
    upper,
    (j) => (a + j === 0 ? (upper ? 0 : 1) : incompleteGamma(a + j, half, upper, false)),
    tailSteps(a, half)
  );
}

/** j ↦ P(a + j, x) − P(a + j + 1, x) = xᵃ⁺ʲ e⁻ˣ / Γ(a + j + 1). */
function tailSteps(a: number, x: number): (j: number) => number {
  return neighbourSteps((j) => Math.exp(logPoissonMass(a + j, x)), (j) => x / (a + j));
}

export function noncentralChiSquareCdf(x: number, df: number, ncp: number): number {
  return tailOf(x, df, ncp, false);
}

export function noncentralChiSquareUpper(x: number, df: number, ncp: number): number {
  return tailOf(x, df, ncp, true);
}

export function noncentralChiSquareQuantile(p: number, df: number, ncp: number, tail: Tail = 'lower'): number {
  if (!(df >= 0) || !(ncp >= 0)) return NaN;
  return invertPositive(p, tail, df + ncp, (x) => Math.log(tailOf(x, df, ncp, false)), (x) => Math.log(tailOf(x, df, ncp, true)));
}

/**
 * The ncp ≥ 0 with P(χ²(df, ncp) ≤ x) = p, or 0 when even ncp = 0 gives less:
 * the bounds of RMSEA and of its power.
 * @see Browne & Cudeck (1992), Alternative ways of assessing model fit.
 */
export function chiSquareNoncentrality(x: number, df: number, p: number): number {
  if (!(x >= 0) || !(df > 0) || !(p > 0 && p < 1)) return NaN;
  const distance = (ncp: number): number => tailOf(x, df, ncp, false) - p;
  if (distance(0) <= 0) return 0;
  let high = Math.max(1, x);
  while (distance(high) > 0) high *= 2;
  return findRoot(distance, 0, high).x;
}
