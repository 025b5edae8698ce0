import { incompleteBeta, logBetaKernel } from '../special/incompleteBeta.js';
import { betaLogitQuantile } from './beta.js';
import { chiSquareLogCdf, chiSquareLogUpper, chiSquareQuantile } from './chiSquare.js';
import type { Tail } from './inversion.js';

function tailOf(x: number, df1: number, df2: number, upper: boolean, log: boolean): number {
  if (Number.isNaN(x) || !(df1 > 0) || !(df2 > 0)) return NaN;
  if (x <= 0) return upper ? (log ? 0 : 1) : log ? -Infinity : 0;
  if (df2 === Infinity) {
    const value = upper ? chiSquareLogUpper(x * df1, df1) : chiSquareLogCdf(x * df1, df1);
    return log ? value : Math.exp(value);
  }
  const ratio = (df1 * x) / df2;
  if (ratio === Infinity) return upper ? (log ? -Infinity : 0) : log ? 0 : 1;
  return incompleteBeta(df1 / 2, df2 / 2, ratio / (1 + ratio), 1 / (1 + ratio), upper, log);
}

export function fDensity(x: number, df1: number, df2: number): number {
  if (x <= 0) return 0;
  const ratio = (df1 * x) / df2;
  return Math.exp(logBetaKernel(df1 / 2, df2 / 2, ratio / (1 + ratio), 1 / (1 + ratio))) / x;
}

/** P(F ≤ x) with df1 and df2 degrees of freedom; df2 may be Infinity. */
export function fCdf(x: number, df1: number, df2: number): number {
  return tailOf(x, df1, df2, false, false);
}

export function fUpper(x: number, df1: number, df2: number): number {
  return tailOf(x, df1, df2, true, false);
}

export function fLogCdf(x: number, df1: number, df2: number): number {
  return tailOf(x, df1, df2, false, true);
}

export function fLogUpper(x: number, df1: number, df2: number): number {
  return tailOf(x, df1, df2, true, true);
}

export function fQuantile(p: number, df1: number, df2: number, tail: Tail = 'lower'): number {
  if (!(p >= 0 && p <= 1) || !(df1 > 0) || !(df2 > 0)) return NaN;
  if (p === 0 || p === 1) return (p === 0) === (tail === 'lower') ? 0 : Infinity;
  if (df2 === Infinity) return chiSquareQuantile(p, df1, tail) / df1;
  return (Math.exp(betaLogitQuantile(p, df1 / 2, df2 / 2, tail)) * df2) / df1;
}
