import { table, type Bilingual, type Cell, type Table, type TableColumn } from '../../../shared/table.js';
import type { SemFit } from '../results.js';
import { preferredMeasure } from '../measures/preferredMeasure.js';
import { fitNotes } from './fitNotes.js';

/** A fit index, the value that theses ask for, and whether small or large is good. */
interface Threshold {
  readonly key: string;
  readonly label: Bilingual;
  readonly kind: TableColumn['kind'];
  readonly advice: string;
  readonly meets?: (value: number) => boolean;
}

/** Cut-offs of Hu & Bentler (1999) and Hair et al. (2010); advice, not a test. */
const THRESHOLDS: readonly Threshold[] = [
  { key: 'chisq', label: { en: 'χ²', zh: 'χ²' }, kind: 'number', advice: '' },
  { key: 'df', label: { en: 'df', zh: '自由度' }, kind: 'integer', advice: '' },
  { key: 'pvalue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue', advice: '> .05', meets: (v) => v > 0.05 },
  { key: 'chisq/df', label: { en: 'χ²/df', zh: 'χ²/df' }, kind: 'number', advice: '< 3', meets: (v) => v < 3 },
  { key: 'cfi', label: { en: 'CFI', zh: 'CFI' }, kind: 'unit', advice: '≥ .95 (.90)', meets: (v) => v >= 0.9 },
  { key: 'tli', label: { en: 'TLI', zh: 'TLI' }, kind: 'unit', advice: '≥ .95 (.90)', meets: (v) => v >= 0.9 },
  { key: 'nfi', label: { en: 'NFI', zh: 'NFI' }, kind: 'unit', advice: '≥ .90', meets: (v) => v >= 0.9 },
  { key: 'ifi', label: { en: 'IFI', zh: 'IFI' }, kind: 'unit', advice: '≥ .90', meets: (v) => v >= 0.9 },
  { key: 'gfi', label: { en: 'GFI', zh: 'GFI' }, kind: 'unit', advice: '≥ .90', meets: (v) => v >= 0.9 },
  { key: 'agfi', label: { en: 'AGFI', zh: 'AGFI' }, kind: 'unit', advice: '≥ .80', meets: (v) => v >= 0.8 },
  { key: 'rmsea', label: { en: 'RMSEA', zh: 'RMSEA' }, kind: 'unit', advice: '≤ .06 (.08)', meets: (v) => v <= 0.08 },
  { key: 'rmsea.ci.lower', label: { en: 'RMSEA 90 % CI lower', zh: 'RMSEA 90% 下限' }, kind: 'unit', advice: '' },
  { key: 'rmsea.ci.upper', label: { en: 'RMSEA 90 % CI upper', zh: 'RMSEA 90% 上限' }, kind: 'unit', advice: '' },
  { key: 'srmr', label: { en: 'SRMR', zh: 'SRMR' }, kind: 'unit', advice: '≤ .08', meets: (v) => v <= 0.08 },
  { key: 'srmr_within', label: { en: 'SRMR within', zh: '组内 SRMR' }, kind: 'unit', advice: '≤ .08', meets: (v) => v <= 0.08 },
  { key: 'srmr_between', label: { en: 'SRMR between', zh: '组间 SRMR' }, kind: 'unit', advice: '≤ .08', meets: (v) => v <= 0.08 },
  { key: 'aic', label: { en: 'AIC', zh: 'AIC' }, kind: 'number', advice: '' },
  { key: 'bic', label: { en: 'BIC', zh: 'BIC' }, kind: 'number', advice: '' },
  { key: 'pl.aic', label: { en: 'PL-AIC', zh: 'PL-AIC' }, kind: 'number', advice: '' },
  { key: 'pl.bic', label: { en: 'PL-BIC', zh: 'PL-BIC' }, kind: 'number', advice: '' }
];

/** Fit indices with the usual thresholds; scaled and robust values in their own columns when the estimator has them. */
export function fitIndexTable(fit: SemFit): Table {
  const { measures } = fit;
  const read = (key: string): Cell => {
    if (key !== 'chisq/df') return measures[key] ?? null;
    const { chisq, df } = measures;
    return typeof chisq === 'number' && typeof df === 'number' && df > 0 ? chisq / df : null;
  };
  const scaled = measures['chisq.scaled'] !== undefined;
  const robust = measures['cfi.robust'] !== undefined || measures['rmsea.robust'] !== undefined;
  const rows = THRESHOLDS.filter(({ key }) => read(key) !== null && !(key === 'srmr' && fit.levels)).map(({ key, label, advice, meets }) => {
    const value = read(key);
    const judged = preferredMeasure(fit, key).value ?? (key === 'chisq/df' ? value : null);
    return {
      index: label.en, indexZh: label.zh ?? label.en, value,
      ...(scaled ? { scaled: measures[`${key}.scaled`] ?? null } : {}), ...(robust ? { robust: measures[`${key}.robust`] ?? null } : {}),
      advice, verdict: meets && typeof judged === 'number' ? (meets(judged) ? 'met' : 'not met') : ''
    };
  });
  return table(
    { en: 'Model fit', zh: '模型拟合' },
    [
      { key: 'index', label: { en: 'Index', zh: '指标' }, kind: 'text', zhFrom: 'indexZh' },
      { key: 'value', label: { en: 'Value', zh: '数值' }, kind: 'number', digits: 3 },
      ...(scaled ? [{ key: 'scaled', label: { en: 'Scaled', zh: '校正' }, kind: 'number' as const, digits: 3 }] : []),
      ...(robust ? [{ key: 'robust', label: { en: 'Robust', zh: '稳健' }, kind: 'number' as const, digits: 3 }] : []),
      { key: 'advice', label: { en: 'Usual threshold', zh: '建议标准' }, kind: 'text' },
      { key: 'verdict', label: { en: 'Verdict', zh: '判断' }, kind: 'text' }
    ],
    rows,
    { notes: fitNotes(fit) }
  );
}
