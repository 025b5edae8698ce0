import { noncentralityBound } from './noncentralityBound.js';
import { chiSquareQuantile, chiSquareUpper, noncentralChiSquareUpper } from '../../../numerics/distributions/index.js';

/** A chi-square with its degrees of freedom. */
export interface ChiSquare {
  readonly statistic: number;
  readonly df: number;
}

export type Measures = Map<string, number | null>;

/** P(χ²_df > x); 1 (or none) for a saturated model. */
export function pValue({ statistic, df }: ChiSquare): number | null {
  return df > 0 ? chiSquareUpper(Math.max(0, statistic), df) : null;
}

/** χ² of a saturated model, which is 0 but for rounding. */
const NOTHING = 1e-9;

/** Incremental indices against the baseline B: all from (X, d) and (X_B, d_B). @see Bentler (1990); Bollen (1989); Marsh, Balla & McDonald (1988) */
export function incrementalIndices(model: ChiSquare, baseline: ChiSquare, suffix: string, out: Measures): void {
  const { statistic: x, df: d } = model;
  const { statistic: xb, df: db } = baseline;
  const set = (name: string, value: number): void => void out.set(name + suffix, Number.isFinite(value) ? value : null);
  const excess = Math.max(x - d, 0);
  const worst = Math.max(x - d, xb - db, 0);
  set('cfi', worst <= NOTHING ? 1 : 1 - excess / worst);
  const tli = d > 0 ? (xb / db - x / d) / (xb / db - 1) : 1;
  set('tli', tli);
  set('nnfi', tli);
  // NFI and RFI compare nested models: not where the independence model has fewer degrees of freedom.
  // RFI of a fit worse than independence is absent too, where lavaan prints 1.
  set('rfi', d > db || (d > 0 && x > xb) ? NaN : d > 0 ? (xb / db - x / d) / (xb / db) : 1);
  set('nfi', d <= db && xb > NOTHING ? (xb - x) / xb : NaN);
  set('pnfi', (d / db) * ((xb - x) / xb));
  set('ifi', Math.abs(xb - d) > NOTHING ? (xb - x) / (xb - d) : NaN);
  set('rni', Math.abs(xb - db) > NOTHING ? 1 - (x - d) / (xb - db) : NaN);
}

/** CFI, TLI and RNI from noncentralities: X − k of the model and of its baseline, k the expectation of X under a correct model. */
export function robustIncremental(excess: number, df: number, baselineExcess: number, baselineDf: number, out: Measures): void {
  const worst = Math.max(excess, baselineExcess, 0);
  const tli = df > 0 ? 1 - (excess / df) * (baselineDf / baselineExcess) : 1;
  out.set('cfi.robust', worst <= NOTHING ? 1 : 1 - Math.max(excess, 0) / worst);
  for (const name of ['tli.robust', 'nnfi.robust']) out.set(name, Number.isFinite(tli) ? tli : null);
  const rni = 1 - excess / baselineExcess;
  out.set('rni.robust', Number.isFinite(rni) ? rni : null);
}

export interface RmseaInput extends ChiSquare {
  readonly n: number;
  readonly groups: number;
  /** Factor c of robust versions: the statistic is scaled by c inside, the interval by √c outside. */
  readonly scaling?: number;
}

const CLOSE = 0.05;
const NOT_CLOSE = 0.08;
const LEVEL = 0.9;

/**
 * RMSEA = √(max(0, (X² − d)/(N d))) √G, its 90 % interval from the noncentral
 * χ², and the p values of close (.05) and not-close (.08) fit.
 * @see Steiger & Lind (1980); Browne & Cudeck (1993); MacCallum, Browne & Sugawara (1996)
 */
export function rmseaMeasures({ statistic: x, df: d, n, groups, scaling = 1 }: RmseaInput, suffix: string, out: Measures): void {
  if (!(d > 0)) {
    for (const name of ['rmsea', 'rmsea.ci.lower', 'rmsea.ci.upper']) out.set(name + suffix, 0);
    out.set(`rmsea.pvalue${suffix}`, null);
    out.set(`rmsea.notclose.pvalue${suffix}`, null);
    return;
  }
  const scale = Math.sqrt((groups * scaling) / (n * d));
  out.set(`rmsea${suffix}`, Math.sqrt(Math.max(0, x - d)) * scale);
  const tail = (1 - LEVEL) / 2;
  out.set(`rmsea.ci.lower${suffix}`, chiSquareUpper(x, d) >= tail ? 0 : Math.sqrt(noncentralityBound(x, d, tail)) * scale);
  out.set(`rmsea.ci.upper${suffix}`, chiSquareUpper(x, d) >= 1 - tail ? 0 : Math.sqrt(noncentralityBound(x, d, 1 - tail)) * scale);
  const ncp = (bound: number): number => (n * d * bound * bound) / groups / scaling;
  out.set(`rmsea.pvalue${suffix}`, noncentralChiSquareUpper(x, d, ncp(CLOSE)));
  out.set(`rmsea.notclose.pvalue${suffix}`, 1 - noncentralChiSquareUpper(x, d, ncp(NOT_CLOSE)));
}

/** Hoelter's critical N: χ²_{1−α,d} / (X²/N) + 1. */
export function criticalN({ statistic, df }: ChiSquare, n: number, alpha: number): number | null {
  if (!(df > 0) || statistic <= 0) return null;
  return chiSquareQuantile(alpha, df, 'upper') / (statistic / n) + 1;
}
