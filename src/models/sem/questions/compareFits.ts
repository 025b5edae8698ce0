import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import { table, type Bilingual, type Table } from '../../../shared/table.js';
import type { FitState, ModelTest } from '../fit/fitState.js';
import { isIdentified } from '../fit/identified.js';
import { stateOf } from '../fit/fittedModel.js';
import { nestedRatio } from '../categorical/pairwise/nestedRatio.js';
import { preferredMeasure } from '../measures/preferredMeasure.js';
import { correctedDifference, isNested, restrictionTraces, scalingAtRestriction, type RestrictionMethod } from '../inference/differenceTest.js';
import type { SemFit } from '../results.js';

export type DifferenceMethod = 'standard' | 'satorra.bentler.2001' | 'satorra.bentler.2010' | 'satorra.2000' | 'mean.var.adjusted.PLRT';

export interface CompareOptions {
  /** By default `standard` for plain tests, `satorra.2000` for mean-and-variance adjusted ones (WLSMV, MLMV …), `mean.var.adjusted.PLRT` for pairwise likelihoods, else `satorra.bentler.2001`. */
  readonly method?: DifferenceMethod | 'default';
  /** For `satorra.2000`: where the restrictions are read from; lavaan's A.method. */
  readonly restrictions?: RestrictionMethod;
  /** For `satorra.2000`: scaled and shifted (default), or scaled / adjusted in mean and variance as the fits' own tests. */
  readonly scaledShifted?: boolean;
}

/** One model against the next less restricted one. */
export interface FitComparison {
  readonly name: string;
  readonly df: number;
  readonly chiSquare: number;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly cfi: number | null;
  readonly rmsea: number | null;
  readonly srmr: number | null;
  /** Corrected as `method` says; null in the first row or when it does not exist. */
  readonly chiSquareDifference: number | null;
  readonly dfDifference: number | null;
  readonly pValue: number | null;
  readonly cfiDifference: number | null;
  readonly rmseaDifference: number | null;
  readonly srmrDifference: number | null;
}

export interface FitComparisons {
  readonly kind: 'fit-comparison';
  readonly method: DifferenceMethod;
  readonly rows: readonly FitComparison[];
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

interface Compared {
  readonly name: string;
  readonly fit: SemFit;
  readonly state: FitState;
  readonly test: ModelTest;
}

/** Of pairwise likelihoods, and only of these. */
const PLRT = 'mean.var.adjusted.PLRT';

const METHODS: readonly DifferenceMethod[] = ['standard', 'satorra.bentler.2001', 'satorra.bentler.2010', 'satorra.2000', PLRT];
const KEYS = ['method', 'restrictions', 'scaledShifted'] as const;

/**
 * Likelihood-ratio (χ² difference) tests of nested models, least restricted
 * first. With scaling factors c₀ (restricted, d₀ df) and c₁:
 *
 *   T = (X²₀ − X²₁)/c,  c = (d₀c₀ − d₁c₁)/(d₀ − d₁)   (2001);
 *
 * 2010 takes c₁ at the restricted estimates, so that c is positive; 2000
 * builds c from the restrictions themselves. Equal data are checked, and
 * nesting where it can be.
 *
 * Pairwise likelihoods (PML) have their own ratio, see `nestedRatio`.
 *
 * @see Satorra & Bentler (2001), Psychometrika 66(4); (2010), Psychometrika 75(2); Satorra (2000)
 * @example compareFits({ free, equal }, { method: 'satorra.bentler.2010' }).rows[1].pValue
 */
export function compareFits(fits: Readonly<Record<string, SemFit>> | readonly SemFit[], options: CompareOptions = {}): FitComparisons {
  for (const key of Object.keys(options)) if (!(KEYS as readonly string[]).includes(key)) fail('unknown-option', `\`${key}\` is not an option of \`compareFits\``, { help: didYouMean(key, KEYS) ?? `options are ${KEYS.join(', ')}` });
  const named = Array.isArray(fits) ? (fits as readonly SemFit[]).map((fit, i) => [`Model ${i + 1}`, fit] as const) : Object.entries(fits as Readonly<Record<string, SemFit>>);
  if (named.length < 2) fail('compare-fits', `at least two fits are compared, found ${named.length}`);
  const states = named.map(([name, fit]): Compared => {
    const state = stateOf(fit);
    const test = state.test ?? fail('compare-fits', `\`${name}\` has no test statistic`, { help: 'it did not converge, or `test` is "none"' });
    return { name, fit, state, test };
  });
  const warnings = sameData(states);
  const method = methodOf(states, options);
  const ordered = [...states].sort((a, b) => a.test.df - b.test.df);
  const rows = ordered.map((each, i): FitComparison => {
    const { name, fit, test } = each;
    const before = ordered.at(i - 1);
    const base = { name, df: test.df, chiSquare: test.statistic, aic: fit.measures['aic'] ?? fit.measures['pl.aic'] ?? null, bic: fit.measures['bic'] ?? fit.measures['pl.bic'] ?? null, cfi: preferredMeasure(fit, 'cfi').value, rmsea: preferredMeasure(fit, 'rmsea').value, srmr: fit.measures['srmr'] ?? null };
    if (i === 0 || !before) return { ...base, chiSquareDifference: null, dfDifference: null, pValue: null, cfiDifference: null, rmseaDifference: null, srmrDifference: null };
    const change = (name: string): number | null => {
      const [now, then] = [preferredMeasure(fit, name).value, preferredMeasure(before.fit, name).value];
      return now === null || then === null ? null : now - then;
    };
    return { ...base, ...difference(before, each, method, options, warnings), cfiDifference: change('cfi'), rmseaDifference: change('rmsea'), srmrDifference: change('srmr') };
  });
  const result = { kind: 'fit-comparison' as const, method, rows, warnings };
  return Object.freeze({ ...result, tidy: () => comparisonTable(result), tables: () => [comparisonTable(result)] });
}

function sameData(states: readonly Compared[]): Diagnostic[] {
  const [first] = states;
  const warnings: Diagnostic[] = [];
  for (const { name, state } of states) {
    if (state.sample.n !== first.state.sample.n) fail('compare-fits', `\`${name}\` was fitted to ${state.sample.n} rows and \`${first.name}\` to ${first.state.sample.n}`, { help: 'compare models of the same rows' });
    if (state.options.estimator !== first.state.options.estimator) fail('compare-fits', `\`${name}\` is estimated by ${state.options.estimator} and \`${first.name}\` by ${first.state.options.estimator}`);
    if (variablesOf(state) !== variablesOf(first.state)) warnings.push(warning('different-variables', `\`${name}\` and \`${first.name}\` have different observed variables: their χ² cannot be subtracted, only AIC and BIC of equal data compare`, { zh: `\`${name}\` 与 \`${first.name}\` 的观测变量不同：χ² 不能相减，仅同一数据的 AIC 与 BIC 可比` }));
  }
  return warnings;
}

/** The observed variables of every group, whatever their order. */
function variablesOf({ sample }: FitState): string {
  return JSON.stringify(sample.names.map((names) => [...names].sort()));
}

function methodOf(states: readonly Compared[], { method = 'default', restrictions = 'delta' }: CompareOptions): DifferenceMethod {
  if (method !== 'default' && !METHODS.includes(method)) fail('invalid-option', `\`${String(method)}\` is not a method of difference tests`, { help: didYouMean(String(method), METHODS) ?? `one of ${METHODS.join(', ')}` });
  if (restrictions !== 'delta' && restrictions !== 'exact') fail('invalid-option', `\`restrictions\` is \`delta\` or \`exact\`, found \`${String(restrictions)}\``);
  if ((method === 'satorra.bentler.2010' || method === 'satorra.2000') && states.some(({ state }) => state.twoLevel)) fail('two-level', `method \`${method}\` is not available for two-level models`, { help: 'use `satorra.bentler.2001`' });
  const pairwise = states.some(({ state }) => state.pairwise !== undefined);
  if (pairwise && method !== 'default' && method !== PLRT) fail('compare-fits', `differences of pairwise likelihoods have their own test, and method is \`${method}\``, { help: `use \`${PLRT}\`, or leave \`method\` out` });
  if (pairwise) return PLRT;
  if (method === PLRT) fail('compare-fits', `method \`${PLRT}\` is for estimator PML`, { help: 'leave `method` out' });
  const scaled = states.some(({ test }) => test.scaled !== null);
  if (method !== 'default') return scaled || method === 'standard' ? method : fail('compare-fits', `method \`${method}\` corrects scaled tests, and the fits have plain ones`, { help: 'fit with MLR, MLM or WLSMV, or leave `method` out' });
  if (!scaled) return 'standard';
  return states.some(({ state }) => adjusted(state)) ? 'satorra.2000' : 'satorra.bentler.2001';
}

const adjusted = ({ options }: FitState): boolean => options.test === 'scaled.shifted' || options.test === 'mean.var.adjusted';

type Difference = Pick<FitComparison, 'chiSquareDifference' | 'dfDifference' | 'pValue'>;

/** The test of the restrictions that `smaller` adds to `larger`. */
function difference(larger: Compared, smaller: Compared, method: DifferenceMethod, options: CompareOptions, warnings: Diagnostic[]): Difference {
  const m = smaller.test.df - larger.test.df;
  const plain = smaller.test.statistic - larger.test.statistic;
  const pair = `\`${smaller.name}\` and \`${larger.name}\``;
  const none = (code: string, message: string, help: string): Difference => {
    warnings.push(warning(code, message, { help }));
    return { chiSquareDifference: null, dfDifference: m, pValue: null };
  };
  const loose = [larger, smaller].find(({ state }) => !isIdentified(state));
  if (loose) return none('not-identified', `\`${loose.name}\` is not identified: its degrees of freedom are not known, and no χ² difference can be tested`, 'identify the model first; its warning names the parameters');
  if (m === 0) return none('equal-df', `${pair} have the same degrees of freedom: neither is nested in the other, and no χ² difference exists`, 'compare AIC and BIC');
  if (warnings.some(({ code }) => code === 'different-variables')) return { chiSquareDifference: null, dfDifference: m, pValue: null };
  if (isNested(larger.state, smaller.state) === false)
    warnings.push(warning('not-nested', `\`${larger.name}\` cannot reproduce what \`${smaller.name}\` implies: the models are not nested, and the difference of their χ² has no χ² distribution`, { zh: `\`${larger.name}\` 无法再现 \`${smaller.name}\` 所隐含的矩：两模型不嵌套，χ² 之差不服从 χ² 分布`, help: 'compare AIC and BIC, or write the larger model so that it holds the smaller one', helpZh: '比较 AIC 与 BIC，或改写较大模型使其包含较小模型' }));
  if (plain < -1e-6 * Math.max(1, larger.test.statistic)) warnings.push(warning('negative-difference', `\`${smaller.name}\` fits better than \`${larger.name}\` with fewer parameters: the models are not nested, or one is not at its minimum`, { zh: `\`${smaller.name}\` 参数更少却比 \`${larger.name}\` 拟合更好：两模型不嵌套，或其一未达最小值` }));
  const answer = (statistic: number, df = m): Difference => ({ chiSquareDifference: statistic, dfDifference: df, pValue: chiSquareUpper(Math.max(0, statistic), df) });
  if (method === 'standard') return answer(plain);
  if (method === PLRT) {
    const traces = nestedRatio(larger.state, smaller.state);
    const corrected = traces && correctedDifference(plain, m, traces, 'adjusted');
    if (traces && !traces.atRestriction) warnings.push(warning('difference-point', `the pairwise likelihood of \`${larger.name}\` is not concave where \`${smaller.name}\` is, and the difference is adjusted at the solution of \`${larger.name}\``, { zh: `\`${larger.name}\` 的成对似然在 \`${smaller.name}\` 的解处不是凹的，差异检验在 \`${larger.name}\` 的解处校正`, help: 'the data contradict the restriction; its exact size matters little', helpZh: '数据与该约束明显矛盾，校正的精确大小无关紧要' }));
    return corrected ? answer(corrected.statistic, corrected.df) : none('difference-test', `the information of \`${larger.name}\` is singular, so that the pairwise likelihood ratio has no known distribution`, 'compare PL-AIC and PL-BIC');
  }
  if (method === 'satorra.2000') {
    if (larger.state.sample.incomplete) return none('difference-test', '`satorra.2000` is not available with missing answers', 'use `satorra.bentler.2001` or `satorra.bentler.2010`');
    if (larger.state.rotated?.gradients || smaller.state.rotated?.gradients) return none('difference-test', '`satorra.2000` is not available for rotated exploratory blocks', 'use `satorra.bentler.2001`');
    const traces = restrictionTraces(larger.state, smaller.state, options.restrictions ?? 'delta');
    const form = (options.scaledShifted ?? true) ? 'shifted' : adjusted(larger.state) ? 'adjusted' : 'scaled';
    const corrected = traces && correctedDifference(plain, m, traces, form);
    return corrected ? answer(corrected.statistic, corrected.df) : none('difference-test', `the restrictions between ${pair} cannot be read from the models${options.restrictions === 'exact' ? ': not every parameter of the smaller one is in the larger' : ''}`, options.restrictions === 'exact' ? 'use `restrictions: "delta"`' : 'compare their fit indices');
  }
  const c0 = smaller.test.scaled?.scaling ?? 1;
  const c1 = larger.test.df === 0 ? 0 : method === 'satorra.bentler.2010' ? scalingAtRestriction(larger.state, smaller.state) : (larger.test.scaled?.scaling ?? 1);
  const c = c1 === null ? NaN : (smaller.test.df * c0 - larger.test.df * c1) / m;
  if (c > 0) return answer(plain / c);
  return none('negative-scaling', `the scaling factor of the difference between ${pair} is ${Number.isNaN(c) ? 'undefined' : `negative (${c.toPrecision(3)})`}: no test exists`, method === 'satorra.bentler.2001' ? 'use `method: "satorra.bentler.2010"`, which avoids it' : 'the models are close to equal; compare their fit indices');
}

/** The robust version of an index, else the scaled, else the plain one. */
function comparisonTable({ rows, method, warnings }: Pick<FitComparisons, 'rows' | 'method' | 'warnings'>): Table {
  return table(
    { en: 'Model comparison', zh: '模型比较' },
    [
      { key: 'name', label: { en: 'Model', zh: '模型' }, kind: 'text' },
      { key: 'chiSquare', label: { en: 'χ²', zh: 'χ²' }, kind: 'number' },
      { key: 'df', label: { en: 'df', zh: '自由度' }, kind: 'integer' },
      { key: 'aic', label: { en: 'AIC', zh: 'AIC' }, kind: 'number' },
      { key: 'bic', label: { en: 'BIC', zh: 'BIC' }, kind: 'number' },
      { key: 'cfi', label: { en: 'CFI', zh: 'CFI' }, kind: 'unit', digits: 3 },
      { key: 'rmsea', label: { en: 'RMSEA', zh: 'RMSEA' }, kind: 'unit', digits: 3 },
      { key: 'srmr', label: { en: 'SRMR', zh: 'SRMR' }, kind: 'unit', digits: 3 },
      { key: 'chiSquareDifference', label: { en: 'Δχ²', zh: 'Δχ²' }, kind: 'number', starsFrom: 'pValue' },
      { key: 'dfDifference', label: { en: 'Δdf', zh: 'Δ自由度' }, kind: rows.some(({ dfDifference }) => dfDifference !== null && !Number.isInteger(dfDifference)) ? 'number' : 'integer' },
      { key: 'pValue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue' },
      { key: 'cfiDifference', label: { en: 'ΔCFI', zh: 'ΔCFI' }, kind: 'unit', digits: 3 },
      { key: 'rmseaDifference', label: { en: 'ΔRMSEA', zh: 'ΔRMSEA' }, kind: 'unit', digits: 3 },
      { key: 'srmrDifference', label: { en: 'ΔSRMR', zh: 'ΔSRMR' }, kind: 'unit', digits: 3 }
    ],
    rows.map((row) => ({ ...row })),
    { notes: [METHOD_NOTES[method], ...warnings.map(({ message }) => ({ en: message }))] }
  );
}

const METHOD_NOTES: Readonly<Record<DifferenceMethod, Bilingual>> = {
  standard: { en: 'each model against the one above it', zh: '与上一模型比较' },
  'satorra.bentler.2001': { en: 'each model against the one above it; scaled differences (Satorra & Bentler 2001)', zh: '与上一模型比较;Satorra-Bentler (2001) 校正差异' },
  'satorra.bentler.2010': { en: 'each model against the one above it; scaled differences (Satorra & Bentler 2010)', zh: '与上一模型比较;Satorra-Bentler (2010) 校正差异' },
  [PLRT]: { en: 'each model against the one above it; pairwise likelihood ratios adjusted in mean and variance, AIC and BIC of the pairwise likelihood (Katsikatsou & Moustaki 2016)', zh: '与上一模型比较;成对似然比经均值与方差校正,AIC 与 BIC 基于成对似然 (Katsikatsou & Moustaki 2016)' },
  'satorra.2000': { en: 'each model against the one above it; adjusted differences (Satorra 2000)', zh: '与上一模型比较;Satorra (2000) 校正差异' }
};
