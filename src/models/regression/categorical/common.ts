import { chiSquareUpper, normalQuantile, normalTwoSided } from '../../../numerics/distributions/index.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { finite, type Bilingual } from '../../../shared/table.js';
import type { Design } from '../design/designMatrix.js';
import { noncentralityOfChiSquare } from '../../../statistics/noncentralChiSquare.js';
import type { CategoricalCoefficient, LikelihoodBlock, LikelihoodMeasures, Limits } from './results.js';
import type { ScaledColumns } from './scaledColumns.js';

/** Wald test and interval of one parameter. */
export function waldRow(head: { readonly term: string; readonly display: string; readonly label: Bilingual }, estimate: number, variance: number, confLevel: number, odds: boolean): CategoricalCoefficient {
  const stdError = Math.sqrt(variance);
  const statistic = estimate / stdError;
  const reach = normalQuantile(0.5 + confLevel / 2) * stdError;
  return {
    ...head,
    estimate: finite(estimate),
    stdError: finite(stdError),
    statistic: finite(statistic),
    wald: finite(statistic * statistic),
    pValue: Number.isFinite(statistic) ? normalTwoSided(statistic) : null,
    confLow: finite(estimate - reach),
    confHigh: finite(estimate + reach),
    oddsRatio: odds ? finite(Math.exp(estimate)) : null,
    oddsLow: odds ? finite(Math.exp(estimate - reach)) : null,
    oddsHigh: odds ? finite(Math.exp(estimate + reach)) : null,
    aliased: false
  };
}

/** On columns of SD 1 no information-bearing sample has a standard error near this: the parameter runs to infinity. */
const UNBOUNDED = 1000;

/** Rows of separated classes whose parameter runs to infinity: only the direction of the estimate means anything, all else is absent. */
export function withoutUnbounded(rows: readonly CategoricalCoefficient[], deviationOf: (term: string) => number): readonly CategoricalCoefficient[] {
  return rows.map((row) => (row.stdError !== null && row.stdError * deviationOf(row.term) < UNBOUNDED ? row : { ...row, stdError: null, statistic: null, wald: null, pValue: null, confLow: null, confHigh: null, oddsRatio: null, oddsLow: null, oddsHigh: null }));
}

/** Standard deviation of a term's column; 1 for constants and thresholds. */
export function deviations(design: Design, scaled: ScaledColumns): (term: string) => number {
  return (term) => {
    const place = scaled.kept.findIndex((j) => design.columns[j].name === term);
    return place < 0 ? 1 : scaled.deviations[place];
  };
}

/** Slopes in design order, aliased columns included; `first` is the index of the first slope among the parameters. */
export function slopeRows(design: Design, columnCount: number, scaled: ScaledColumns, parameters: Float64Array, covariance: Float64Array, first: number, confLevel: number, odds: boolean): readonly CategoricalCoefficient[] {
  const k = parameters.length;
  return design.columns.slice(0, columnCount).map(({ name, display, label }, j) => {
    const place = scaled.kept.indexOf(j);
    const head = { term: name, display, label };
    if (place < 0) return { ...head, estimate: null, stdError: null, statistic: null, wald: null, pValue: null, confLow: null, confHigh: null, oddsRatio: null, oddsLow: null, oddsHigh: null, aliased: true };
    const at = first + place;
    return waldRow(head, parameters[at], covariance[at * k + at], confLevel, odds);
  });
}

/**
 * Likelihood-based measures of fit.
 * @see Cox & Snell (1989); Nagelkerke (1991), Biometrika 78; McFadden (1974)
 */
export function likelihoodMeasures(n: number, logLik: number, nullLogLik: number, slopes: number, parameters: number, confLevel: number | null): LikelihoodMeasures {
  const chiSquare = Math.max(0, 2 * (logLik - nullLogLik));
  const largest = -Math.expm1((2 * nullLogLik) / n);
  const measuresOf = (signal: number): Readonly<Record<'coxSnell' | 'nagelkerke' | 'mcFadden', number>> => {
    const coxSnell = -Math.expm1(-signal / n);
    return { coxSnell, nagelkerke: coxSnell / largest, mcFadden: signal / (-2 * nullLogLik) };
  };
  return {
    n,
    logLik,
    minus2LogLik: -2 * logLik,
    nullMinus2LogLik: -2 * nullLogLik,
    chiSquare,
    df: slopes,
    pValue: slopes > 0 ? chiSquareUpper(chiSquare, slopes) : null,
    ...measuresOf(chiSquare),
    mcFadden: 1 - logLik / nullLogLik,
    intervals: confLevel === null || slopes === 0 ? null : pseudoIntervals(chiSquare, slopes, confLevel, measuresOf),
    aic: -2 * logLik + 2 * parameters,
    bic: -2 * logLik + Math.log(n) * parameters
  };
}

/**
 * Limits of each measure at the limits of the likelihood ratio's noncentrality, which holds for large samples.
 * @see Steiger & Fouladi (1997), in What If There Were No Significance Tests?, ch. 9
 */
function pseudoIntervals(chiSquare: number, df: number, confLevel: number, measuresOf: (signal: number) => Readonly<Record<'coxSnell' | 'nagelkerke' | 'mcFadden', number>>): LikelihoodMeasures['intervals'] {
  const at = (end: 'low' | 'high'): ReturnType<typeof measuresOf> | null => {
    const ncp = noncentralityOfChiSquare(chiSquare, df, (1 - confLevel) / 2, end);
    return ncp === null ? null : measuresOf(ncp);
  };
  const [low, high] = [at('low'), at('high')];
  const limits = (key: 'coxSnell' | 'nagelkerke' | 'mcFadden'): Limits => ({ confLow: low?.[key] ?? null, confHigh: high ? Math.min(1, high[key]) : null });
  return { coxSnell: limits('coxSnell'), nagelkerke: limits('nagelkerke'), mcFadden: limits('mcFadden') };
}

/** One likelihood-ratio step per block. */
export function likelihoodBlocks(design: Design, logLiks: readonly number[], slopes: readonly number[], nullLogLik: number): readonly LikelihoodBlock[] {
  return logLiks.map((logLik, index) => {
    const chiSquare = 2 * (logLik - (index === 0 ? nullLogLik : logLiks[index - 1]));
    const df = slopes[index] - (index === 0 ? 0 : slopes[index - 1]);
    return {
      block: index + 1,
      entered: design.terms.filter(({ block }) => block === index).map(({ name }) => name),
      minus2LogLik: -2 * logLik,
      chiSquare: df > 0 ? Math.max(0, chiSquare) : null,
      df,
      pValue: df > 0 ? chiSquareUpper(Math.max(0, chiSquare), df) : null
    };
  });
}

/** Design columns of blocks 0 … index. */
export function columnsUpTo(design: Design, index: number): number {
  return design.terms.reduce((count, term) => (term.block <= index ? Math.max(count, term.first + term.count) : count), 0);
}

export function aliasWarnings(design: Design, scaled: ScaledColumns): Diagnostic[] {
  return scaled.aliased.map((j) => warning('aliased-term', `\`${design.columns[j].name}\` is a combination of the terms before it, or does not vary, and has no estimate`, { zh: `\`${design.columns[j].name}\` 是前面各项的线性组合或没有变异，无估计值`, help: 'leave it out, or one of the terms that make it up', helpZh: '剔除该项，或构成它的某一项' }));
}
