import type { Fit, SampleReport } from '../models/fit.js';
import type { SemFit } from '../models/sem/results.js';
import type { Diagnostic } from '../shared/diagnostic.js';
import type { FitSummaryPayload, HeadlineMeasure, SummaryWarning } from '../shared/mime/fitSummary.js';
import type { PathDiagramPayload } from '../shared/mime/pathDiagram.js';
import type { Language } from '../shared/mime/surveyTable.js';
import type { Bilingual, Table } from '../shared/table.js';
import { preferredMeasure } from '../models/sem/measures/preferredMeasure.js';
import { canJudgeFit, fitTable, thresholdText, sentenceIndices } from './fitTable.js';
import { FIT_THRESHOLDS, fitVerdict } from './fitThresholds.js';
import { formatFixed, formatInteger, formatPClause, formatUnit } from './format/formatNumber.js';
import { resolveTableStyle, type ResolvedTableStyle, type TableStyle } from './format/tableStyle.js';
import { parameterTables, rSquaredTable, type VariableLabels } from './parameterTables.js';
import { surveyTablePayload } from './tables/surveyTablePayload.js';

export interface FitSummaryOptions {
  readonly style?: TableStyle;
  /** Wordings of the variables. */
  readonly labels?: VariableLabels;
  /** Drawn under the headline. */
  readonly diagram?: PathDiagramPayload;
  readonly title?: Bilingual;
  /** What the fit says, as `fitSentences` has it; none by default. */
  readonly sentences?: readonly string[];
}

/** Warnings in the reader's language; English where no other wording exists. */
export function summaryWarnings(warnings: readonly Diagnostic[], lang: Language): readonly SummaryWarning[] {
  const words = (en: string, zh: string | undefined): string => (lang === 'en' || zh === undefined ? en : lang === 'zh' ? zh : `${zh} / ${en}`);
  return warnings.map(({ severity, code, message, zh, help, helpZh }) => ({ severity, code, message: words(message, zh), help: help === undefined ? '' : words(help, helpZh) }));
}

/** Rows used, and every reason for which rows were dropped. */
export function sampleSentence({ used, total, dropped }: SampleReport, lang: Language): string {
  const reasons = dropped.filter(({ count }) => count > 0).map(({ reason, count }) => `${count} ${reason}`);
  if (lang === 'zh') return total === used ? `n = ${used}` : `n = ${used}（共 ${total} 行；剔除：${reasons.join('，') || total - used}）`;
  return total === used ? `n = ${used}` : `n = ${used} of ${total} rows (dropped: ${reasons.join(', ') || total - used})`;
}

function convergenceSentence({ convergence }: Fit, lang: Language): string {
  const { converged, iterations, message } = convergence;
  if (lang === 'zh') return converged ? `收敛，迭代 ${iterations} 次` : `未收敛：${message}`;
  return converged ? `converged after ${iterations} iterations` : `not converged: ${message}`;
}

function optionText(fit: Fit, key: string): string {
  const value = Object.hasOwn(fit.options, key) ? fit.options[key] : undefined;
  return typeof value === 'string' ? value : '';
}

function subtitleOf(fit: SemFit, lang: Language): string {
  const side: Language = lang === 'zh' ? 'zh' : 'en';
  const { groupLabels, freeCount } = fit.table;
  const parts = [optionText(fit, 'estimator'), sampleSentence(fit.sample, side)];
  if (groupLabels.length > 1) parts.push(side === 'zh' ? `${groupLabels.length} 组（${groupLabels.join('，')}）` : `${groupLabels.length} groups (${groupLabels.join(', ')})`);
  parts.push(side === 'zh' ? `自由参数 ${fit.measures.npar ?? freeCount}` : `${fit.measures.npar ?? freeCount} free parameters`, convergenceSentence(fit, side));
  return parts.filter((part) => part !== '').join(side === 'zh' ? '；' : ', ');
}

function chiSquareHeadline(fit: SemFit, { pDigits, leadingZero }: ResolvedTableStyle): HeadlineMeasure {
  const { value, variant, name } = preferredMeasure(fit, 'chisq');
  const suffix = variant === '' ? '' : `.${variant}`;
  const df = fit.measures[`df${suffix}`] ?? fit.measures.df ?? null;
  const p = fit.measures[`pvalue${suffix}`] ?? null;
  const label = `χ²${df === null ? '' : `(${formatInteger(df)})`}${variant === '' ? '' : ` ${variant}`}`;
  const text = value === null ? '–' : `${formatFixed(value, 2)}${p === null ? '' : `, p ${formatPClause(p, pDigits, leadingZero)}`}`;
  return { key: name, label: { en: label, zh: label.replace('scaled', '校正').replace('robust', '稳健') }, text, value, verdict: 'none', threshold: '' };
}

function indexHeadline(fit: SemFit, key: string, style: ResolvedTableStyle): HeadlineMeasure | null {
  const { value, variant, name } = preferredMeasure(fit, key);
  if (value === null) return null;
  const threshold = FIT_THRESHOLDS.find((one) => one.key === key);
  const suffix = variant === '' ? '' : `.${variant}`;
  const low = fit.measures[`${key}.ci.lower${suffix}`] ?? null;
  const high = fit.measures[`${key}.ci.upper${suffix}`] ?? null;
  const write = (x: number): string => formatUnit(x, 3, style.leadingZero);
  const interval = key === 'rmsea' && low !== null && high !== null ? ` [${write(low)}, ${write(high)}]` : '';
  const name_ = threshold?.label.en ?? key.toUpperCase();
  return {
    key: name,
    label: { en: `${name_}${variant === '' ? '' : ` ${variant}`}` },
    text: write(value) + interval,
    value,
    verdict: fitVerdict(threshold, value),
    threshold: threshold ? thresholdText(threshold, style) : ''
  };
}

/**
 * All that a fitted structural equation model has to say: state, headline,
 * warnings, fit against thresholds, estimates, R². A model that did not
 * converge has no headline; one without degrees of freedom, or not identified,
 * has no indices to be judged by.
 */
export function fitSummary(fit: SemFit, options: FitSummaryOptions = {}): FitSummaryPayload {
  const given = options.style ?? {};
  const style = resolveTableStyle(given);
  const { converged } = fit.convergence;
  const indices = canJudgeFit(fit) ? sentenceIndices(fit).map((key) => indexHeadline(fit, key, style)).filter((one) => one !== null) : [];
  const headline = converged ? [chiSquareHeadline(fit, style), ...indices] : [];
  const rSquared = rSquaredTable(fit, options.labels);
  const fits = fitTable(fit, given);
  const tables: readonly Table[] = [...(fits.rows.length > 0 ? [fits] : []), ...parameterTables(fit, options.labels), ...(rSquared ? [rSquared] : [])];
  return {
    kind: 'fitSummary',
    version: 1,
    title: options.title ?? { en: 'Structural equation model', zh: '结构方程模型' },
    lang: style.lang,
    converged,
    admissible: fit.admissible,
    subtitle: subtitleOf(fit, style.lang),
    headline,
    warnings: summaryWarnings(fit.warnings, style.lang),
    tables: tables.map((one) => surveyTablePayload(one, given)),
    diagram: options.diagram ?? null,
    syntax: fit.syntax,
    ...(options.sentences && options.sentences.length > 0 ? { sentences: options.sentences } : {})
  };
}

/** Several tables of one result under its warnings, over its sentences: the same payload without a headline. */
export function resultSummary(tables: readonly Table[], warnings: readonly Diagnostic[] = [], style: TableStyle = {}, title: Bilingual = { en: '' }, sentences: readonly string[] = []): FitSummaryPayload {
  const { lang } = resolveTableStyle(style);
  return {
    kind: 'fitSummary',
    version: 1,
    title,
    lang,
    converged: true,
    admissible: true,
    subtitle: '',
    headline: [],
    warnings: summaryWarnings(warnings, lang),
    tables: tables.map((one) => surveyTablePayload(one, style)),
    diagram: null,
    syntax: '',
    ...(sentences.length > 0 ? { sentences } : {})
  };
}
