import { preferredMeasure } from '../models/sem/measures/preferredMeasure.js';
import type { SemFit } from '../models/sem/results.js';
import { table, type Table } from '../shared/table.js';
import { formatFixed, formatUnit } from './format/formatNumber.js';
import { resolveTableStyle, type TableStyle } from './format/tableStyle.js';
import { FIT_THRESHOLDS, fitVerdict, VERDICT_WORDS, type FitThreshold } from './fitThresholds.js';

/** χ²/df of the test statistic that is read first; null without degrees of freedom. */
export function chiSquarePerDf(fit: SemFit): number | null {
  const { value: chiSquare, variant } = preferredMeasure(fit, 'chisq');
  const df = fit.measures[variant === '' ? 'df' : `df.${variant}`] ?? fit.measures.df ?? null;
  return chiSquare === null || df === null || df <= 0 ? null : chiSquare / df;
}

/** Is global fit worth judging? Not without convergence, without degrees of freedom, or when the model is not identified. */
export function canJudgeFit(fit: SemFit): boolean {
  const df = fit.measures.df ?? null;
  return fit.convergence.converged && df !== null && df > 0 && !fit.warnings.some(({ code }) => code === 'not-identified');
}

/** The indices that stand in sentences; SRMR of each level where the model has two, as their sum has no cut-off. */
export function sentenceIndices(fit: SemFit): readonly string[] {
  return ['cfi', 'tli', 'rmsea', ...(fit.levels ? ['srmr_within', 'srmr_between'] : ['srmr'])];
}

/** `≥ .95 (≥ .90)`: good, and acceptable in brackets. */
export function thresholdText({ key, direction, good, acceptable }: FitThreshold, style: TableStyle = {}): string {
  const { leadingZero } = resolveTableStyle(style);
  const sign = direction === 'min' ? '≥' : '≤';
  const write = (limit: number): string => (key === 'chisq/df' ? formatFixed(limit, 0) : formatUnit(limit, 2, leadingZero));
  return `${sign} ${write(good)} (${sign} ${write(acceptable)})`;
}

/** Fit against the customary thresholds, one row per index that exists for the fit. */
export function fitTable(fit: SemFit, style: TableStyle = {}): Table {
  const { lang } = resolveTableStyle(style);
  const rows = FIT_THRESHOLDS.flatMap((threshold) => {
    if (threshold.key === 'srmr' && fit.levels) return [];
    const { value, variant } = threshold.key === 'chisq/df' ? { value: chiSquarePerDf(fit), variant: preferredMeasure(fit, 'chisq').variant } : preferredMeasure(fit, threshold.key);
    if (value === null || !canJudgeFit(fit)) return [];
    const verdict = VERDICT_WORDS[fitVerdict(threshold, value)];
    const measure = variant === '' ? threshold.label.en : `${threshold.label.en} (${variant})`;
    return [{ measure, value: threshold.key === 'chisq/df' ? formatFixed(value, 3) : value, number: value, threshold: thresholdText(threshold, style), verdict: verdict.en, verdictZh: lang === 'en' ? '' : (verdict.zh ?? '') }];
  });
  return table(
    { en: 'Model fit', zh: '模型拟合' },
    [
      { key: 'measure', label: { en: 'Index', zh: '指标' }, kind: 'text' },
      { key: 'value', label: { en: 'Value', zh: '数值' }, kind: 'unit', digits: 3 },
      { key: 'threshold', label: { en: 'Good (acceptable)', zh: '良好（可接受）' }, kind: 'text' },
      { key: 'verdict', label: { en: 'Verdict', zh: '判断' }, kind: 'text', zhFrom: 'verdictZh' }
    ],
    rows,
    { notes: [{ en: 'Customary cut-offs (Hu & Bentler, 1999; Browne & Cudeck, 1993); they are habits, not tests.', zh: '阈值为惯用标准（Hu & Bentler, 1999；Browne & Cudeck, 1993），并非检验。' }] }
  );
}
