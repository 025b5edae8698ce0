import { normalUpper, tTwoSided } from '../../numerics/distributions/index.js';

/** A correlation with its test and interval. */
export interface Coefficient {
  readonly r: number | null;
  readonly n: number;
  /** t with `df`, or z where `df` is null. */
  readonly statistic: number | null;
  readonly df: number | null;
  /** Two-sided, asymptotic for Kendall, t approximation for Spearman. */
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export function noCoefficient(n: number): Coefficient {
  return { r: null, n, statistic: null, df: null, pValue: null, confLow: null, confHigh: null };
}

/** tanh(artanh r ± z · se), z the normal quantile of the level; null at |r| = 1, where the transform has no value. */
export function fisherInterval(r: number, standardError: number, quantile: number): { readonly confLow: number | null; readonly confHigh: number | null } {
  if (!(Math.abs(r) < 1) || !Number.isFinite(standardError)) return { confLow: null, confHigh: null };
  const z = Math.atanh(r);
  return { confLow: Math.tanh(z - quantile * standardError), confHigh: Math.tanh(z + quantile * standardError) };
}

/** t = r √(df/(1 − r²)); a perfect correlation has p = 0 and no finite t. */
export function tTest(r: number, df: number): { readonly statistic: number | null; readonly df: number | null; readonly pValue: number | null } {
  if (df < 1) return { statistic: null, df: null, pValue: null };
  if (Math.abs(r) >= 1) return { statistic: null, df, pValue: 0 };
  const statistic = r * Math.sqrt(df / ((1 - r) * (1 + r)));
  return { statistic, df, pValue: tTwoSided(statistic, df) };
}

/**
 * Product-moment correlation with t test and Fisher interval, SE 1/√(n − 3 − controls).
 * @param quantile normal quantile of the interval's level, 1.96 for 95%
 * @param controls variables held constant: each takes one degree of freedom
 */
export function pearsonTest(r: number, n: number, quantile: number, controls = 0): Coefficient {
  if (!Number.isFinite(r)) return noCoefficient(n);
  const { statistic, df, pValue } = tTest(r, n - 2 - controls);
  const { confLow, confHigh } = fisherInterval(r, 1 / Math.sqrt(n - 3 - controls), quantile);
  return { r, n, statistic, df, pValue, confLow, confHigh };
}

/** Spearman: t approximation; interval with SE √((1 + r²/2)/(n − 3)). @see Bonett & Wright (2000), Psychometrika 65, 23-28 */
export function spearmanTest(r: number, n: number, quantile: number, controls = 0): Coefficient {
  if (!Number.isFinite(r)) return noCoefficient(n);
  return { r, n, ...tTest(r, n - 2 - controls), ...fisherInterval(r, Math.sqrt((1 + (r * r) / 2) / (n - 3 - controls)), quantile) };
}

/** Kendall: z = S/√Var(S); interval with SE √(.437/(n − 4)). @see Fieller, Hartley & Pearson (1957), Biometrika 44, 470-481 */
export function kendallTest(tau: number, z: number, n: number, quantile: number): Coefficient {
  if (!Number.isFinite(tau)) return noCoefficient(n);
  return { r: tau, n, statistic: z, df: null, pValue: Math.min(1, 2 * normalUpper(Math.abs(z))), ...fisherInterval(tau, Math.sqrt(0.437 / (n - 4)), quantile) };
}

/** Polychoric: z = ρ/SE(ρ); interval on Fisher's scale with SE(ρ)/(1 − ρ²). */
export function polychoricTest(rho: number | null, stdError: number | null, n: number, quantile: number): Coefficient {
  if (rho === null) return noCoefficient(n);
  if (stdError === null) return { ...noCoefficient(n), r: rho };
  const statistic = rho / stdError;
  return { r: rho, n, statistic, df: null, pValue: Math.min(1, 2 * normalUpper(Math.abs(statistic))), ...fisherInterval(rho, stdError / (1 - rho * rho), quantile) };
}
