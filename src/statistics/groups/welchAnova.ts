import { fUpper } from '../../numerics/distributions/index.js';
import type { GroupMoments } from './oneWayAnova.js';

export interface RobustF {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
}

/**
 * Welch's F for unequal variances: weights wᵢ = nᵢ/sᵢ², W = Σw, m = Σwx̄/W,
 * F = [Σ w(x̄ − m)²/(g − 1)] / [1 + 2(g − 2)Λ/(g² − 1)], Λ = Σ (1 − w/W)²/(n − 1),
 * df₂ = (g² − 1)/(3Λ). Null when a group has one value or no variance.
 * @see Welch (1951), Biometrika 38, 330-336
 */
export function welchAnova(groups: readonly GroupMoments[]): RobustF | null {
  if (!variesEverywhere(groups)) return null;
  const g = groups.length;
  const weights = groups.map(({ n, variance }) => n / variance);
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = groups.reduce((total, group, i) => total + weights[i] * group.mean, 0) / sum;
  const between = groups.reduce((total, group, i) => total + weights[i] * (group.mean - mean) ** 2, 0) / (g - 1);
  const lambda = groups.reduce((total, group, i) => total + (1 - weights[i] / sum) ** 2 / (group.n - 1), 0);
  const f = between / (1 + (2 * (g - 2) * lambda) / (g * g - 1));
  const df2 = (g * g - 1) / (3 * lambda);
  return { f, df1: g - 1, df2, pValue: fUpper(f, g - 1, df2) };
}

/**
 * Brown and Forsythe's F* = SS_b / Σ (1 − nᵢ/N) sᵢ², df₂ by Satterthwaite.
 * @see Brown & Forsythe (1974), Technometrics 16, 129-132
 */
export function brownForsythe(groups: readonly GroupMoments[]): RobustF | null {
  if (!variesEverywhere(groups)) return null;
  const total = groups.reduce((sum, { n }) => sum + n, 0);
  const mean = groups.reduce((sum, { n, mean: m }) => sum + n * m, 0) / total;
  const between = groups.reduce((sum, { n, mean: m }) => sum + n * (m - mean) ** 2, 0);
  const parts = groups.map(({ n, variance }) => (1 - n / total) * variance);
  const denominator = parts.reduce((a, b) => a + b, 0);
  const f = between / denominator;
  const df1 = groups.length - 1;
  const df2 = 1 / groups.reduce((sum, { n }, i) => sum + (parts[i] / denominator) ** 2 / (n - 1), 0);
  return { f, df1, df2, pValue: fUpper(f, df1, df2) };
}

function variesEverywhere(groups: readonly GroupMoments[]): groups is readonly (GroupMoments & { readonly variance: number })[] {
  return groups.every(({ variance }) => variance !== null && variance > 0);
}
