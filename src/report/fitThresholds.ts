import type { Bilingual } from '../shared/table.js';

/**
 * The customary cut-offs of global fit, as theses cite them. They are habits,
 * not laws: simulation support is for continuous data and ML.
 * @see Hu & Bentler (1999) Structural Equation Modeling 6, 1-55 (CFI, TLI .95; SRMR .08; RMSEA .06)
 * @see Browne & Cudeck (1993) (RMSEA .05, .08)
 */
export interface FitThreshold {
  readonly key: string;
  readonly label: Bilingual;
  /** `min`: larger is better. */
  readonly direction: 'min' | 'max';
  readonly good: number;
  readonly acceptable: number;
}

export const FIT_THRESHOLDS: readonly FitThreshold[] = [
  { key: 'chisq/df', label: { en: 'χ²/df' }, direction: 'max', good: 3, acceptable: 5 },
  { key: 'cfi', label: { en: 'CFI' }, direction: 'min', good: 0.95, acceptable: 0.9 },
  { key: 'tli', label: { en: 'TLI' }, direction: 'min', good: 0.95, acceptable: 0.9 },
  { key: 'rmsea', label: { en: 'RMSEA' }, direction: 'max', good: 0.05, acceptable: 0.08 },
  { key: 'srmr', label: { en: 'SRMR' }, direction: 'max', good: 0.08, acceptable: 0.1 },
  { key: 'srmr_within', label: { en: 'SRMR within', zh: '组内 SRMR' }, direction: 'max', good: 0.08, acceptable: 0.1 },
  { key: 'srmr_between', label: { en: 'SRMR between', zh: '组间 SRMR' }, direction: 'max', good: 0.08, acceptable: 0.1 },
  { key: 'gfi', label: { en: 'GFI' }, direction: 'min', good: 0.95, acceptable: 0.9 },
  { key: 'agfi', label: { en: 'AGFI' }, direction: 'min', good: 0.9, acceptable: 0.8 },
  { key: 'nfi', label: { en: 'NFI' }, direction: 'min', good: 0.95, acceptable: 0.9 },
  { key: 'ifi', label: { en: 'IFI' }, direction: 'min', good: 0.95, acceptable: 0.9 }
];

export type FitVerdict = 'good' | 'acceptable' | 'poor' | 'none';

export function fitVerdict(threshold: FitThreshold | undefined, value: number | null): FitVerdict {
  if (!threshold || value === null) return 'none';
  const { direction, good, acceptable } = threshold;
  const within = (limit: number): boolean => (direction === 'min' ? value >= limit : value <= limit);
  return within(good) ? 'good' : within(acceptable) ? 'acceptable' : 'poor';
}

export const VERDICT_WORDS: Readonly<Record<FitVerdict, Bilingual>> = {
  good: { en: 'good', zh: '良好' },
  acceptable: { en: 'acceptable', zh: '可接受' },
  poor: { en: 'poor', zh: '不佳' },
  none: { en: '', zh: '' }
};
