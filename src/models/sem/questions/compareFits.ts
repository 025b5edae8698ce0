import { chiSquareUpper } from '../../../numerics/distributions/index.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { table, type Table } from '../../../shared/table.js';
import { stateOf } from '../fit/fittedModel.js';
import type { SemFit } from '../results.js';

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
  /** Scaled by Satorra & Bentler (2001) when the fits are scaled; null in the first row or when it does not exist. */
  readonly chiSquareDifference: number | null;
  readonly dfDifference: number | null;
  readonly pValue: number | null;
  readonly cfiDifference: number | null;
  readonly rmseaDifference: number | null;
}

export interface FitComparisons {
  readonly kind: 'fit-comparison';
  readonly method: 'standard' | 'satorra.bentler.2001';
  readonly rows: readonly FitComparison[];
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}

/**
 * Likelihood-ratio (χ² difference) tests of nested models, least restricted
 * first. With scaling factors c_0 (restricted, d_0 df) and c_1:
 *
 *   T = (X²_0 − X²_1)/c,  c = (d_0c_0 − d_1c_1)/(d_0 − d_1).
 *
 * That the models are nested is the caller's word; equal data are checked.
 * @see Satorra & Bentler (2001), Psychometrika 66(4)
 */
export function compareFits(fits: Readonly<Record<string, SemFit>> | readonly SemFit[]): FitComparisons {
  const named = Array.isArray(fits) ? (fits as readonly SemFit[]).map((fit, i) => [`Model ${i + 1}`, fit] as const) : Object.entries(fits as Readonly<Record<string, SemFit>>);
  if (named.length < 2) fail('compare-fits', `at least two fits are compared, found ${named.length}`);
  const states = named.map(([name, fit]) => {
    const state = stateOf(fit);
    const test = state.test ?? fail('compare-fits', `\`${name}\` has no test statistic`, { help: 'it did not converge, or `test` is "none"' });
    return { name, fit, state, test };
  });
  const [first] = states;
  const warnings: Diagnostic[] = [];
  for (const { name, state } of states) {
    if (state.sample.n !== first.state.sample.n) fail('compare-fits', `\`${name}\` was fitted to ${state.sample.n} rows and \`${first.name}\` to ${first.state.sample.n}`, { help: 'compare models of the same rows' });
    if (state.options.estimator !== first.state.options.estimator) fail('compare-fits', `\`${name}\` is estimated by ${state.options.estimator} and \`${first.name}\` by ${first.state.options.estimator}`);
    if ([...state.sample.names].sort().join('\n') !== [...first.state.sample.names].sort().join('\n')) warnings.push(warning('different-variables', `\`${name}\` and \`${first.name}\` have different observed variables: their χ² cannot be subtracted, only AIC and BIC of equal data compare`));
  }
  const scaled = states.some(({ test }) => test.scaled !== null);
  const shifted = states.some(({ test }) => test.scaled !== null && (test.scaled.shift !== 0 || test.scaled.df !== test.df));
  if (shifted) warnings.push(warning('difference-test', 'mean-and-variance adjusted statistics cannot be subtracted: only the fit indices are compared', { help: 'use estimator MLM or MLR for χ² differences' }));
  const ordered = [...states].sort((a, b) => a.test.df - b.test.df);
  const rows = ordered.map(({ name, fit, test }, i): FitComparison => {
    const read = (key: string): number | null => fit.measures[`${key}.robust`] ?? fit.measures[`${key}.scaled`] ?? fit.measures[key] ?? null;
    const plain = (key: string): number | null => fit.measures[key] ?? null;
    const base = { name, df: test.df, chiSquare: test.statistic, aic: plain('aic'), bic: plain('bic'), cfi: read('cfi'), rmsea: read('rmsea'), srmr: plain('srmr') };
    const none = { chiSquareDifference: null, dfDifference: null, pValue: null, cfiDifference: null, rmseaDifference: null };
    if (i === 0) return { ...base, ...none };
    const before = ordered[i - 1];
    const readBefore = (key: string): number | null => before.fit.measures[`${key}.robust`] ?? before.fit.measures[`${key}.scaled`] ?? before.fit.measures[key] ?? null;
    const change = (key: string): number | null => {
      const [now, then] = [read(key), readBefore(key)];
      return now === null || then === null ? null : now - then;
    };
    const dfDifference = test.df - before.test.df;
    let difference: number | null = test.statistic - before.test.statistic;
    if (shifted || dfDifference === 0) difference = null;
    else if (scaled) {
      const c0 = test.scaled?.scaling ?? 1;
      const c1 = before.test.df > 0 ? (before.test.scaled?.scaling ?? 1) : 0;
      const c = (test.df * c0 - before.test.df * c1) / dfDifference;
      if (c > 0) difference /= c;
      else {
        difference = null;
        warnings.push(warning('negative-scaling', `the scaling factor of the difference between \`${name}\` and \`${before.name}\` is negative (${c.toPrecision(3)}): no test exists`, { help: 'the models are close to equal; compare their fit indices' }));
      }
    }
    return { ...base, chiSquareDifference: difference, dfDifference, pValue: difference === null ? null : chiSquareUpper(Math.max(0, difference), dfDifference), cfiDifference: change('cfi'), rmseaDifference: change('rmsea') };
  });
  const result = { kind: 'fit-comparison' as const, method: scaled ? ('satorra.bentler.2001' as const) : ('standard' as const), rows, warnings };
  return Object.freeze({ ...result, tidy: () => comparisonTable(result), tables: () => [comparisonTable(result)] });
}

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
      { key: 'dfDifference', label: { en: 'Δdf', zh: 'Δ自由度' }, kind: 'integer' },
      { key: 'pValue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue' },
      { key: 'cfiDifference', label: { en: 'ΔCFI', zh: 'ΔCFI' }, kind: 'unit', digits: 3 },
      { key: 'rmseaDifference', label: { en: 'ΔRMSEA', zh: 'ΔRMSEA' }, kind: 'unit', digits: 3 }
    ],
    rows.map((row) => ({ ...row })),
    { notes: [{ en: method === 'standard' ? 'each model against the one above it' : 'each model against the one above it; scaled differences (Satorra & Bentler 2001)', zh: method === 'standard' ? '与上一模型比较' : '与上一模型比较;Satorra-Bentler (2001) 校正差异' }, ...warnings.map(({ message }) => ({ en: message }))] }
  );
}
