import type { Fit } from '../../models/fit.js';
import type { Diagnostic } from '../../shared/diagnostic.js';
import { fail } from '../../shared/diagnostic.js';
import { isPathDiagram, type PathDiagramPayload } from '../../shared/mime/pathDiagram.js';
import type { FitSummaryPayload } from '../../shared/mime/fitSummary.js';
import { inLanguage, type SurveyTablePayload } from '../../shared/mime/surveyTable.js';
import { isTable, type Bilingual, type Table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import type { SemFit } from '../../models/sem/results.js';
import { chartsOf } from '../charts/chartsOf.js';
import { isVegaLite, type VegaLiteChart } from '../charts/vegaLite.js';
import { fitSummary, summaryWarnings } from '../fitSummary.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';
import { surveyOverview } from '../surveyOverview.js';
import { fitSentences } from '../sentences/fitSentences.js';
import { resultSentences } from '../sentences/resultSentences.js';

/** A report, before it is known in which format it will be written. */
export type ReportBlock =
  | { readonly type: 'heading'; readonly text: string; readonly level: 1 | 2 | 3 }
  | { readonly type: 'paragraph'; readonly text: string }
  | { readonly type: 'table'; readonly table: Table }
  | { readonly type: 'diagram'; readonly diagram: PathDiagramPayload }
  | { readonly type: 'chart'; readonly chart: VegaLiteChart };

export interface ReportDocument {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

export interface ReportOptions {
  readonly title?: Bilingual;
  readonly style?: TableStyle;
  /** A sentence per finding behind the tables; true by default. */
  readonly sentences?: boolean;
  /** The charts that belong to a result, such as the plots of a moderation; true by default. */
  readonly charts?: boolean;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function warningBlocks(warnings: unknown, style: TableStyle): readonly ReportBlock[] {
  if (!Array.isArray(warnings)) return [];
  return summaryWarnings(warnings as readonly Diagnostic[], resolveTableStyle(style).lang).map(({ severity, code, message, help }) => ({ type: 'paragraph' as const, text: `${severity}[${code}]: ${message}${help === '' ? '' : ` (${help})`}` }));
}

function summaryBlocks(payload: FitSummaryPayload): readonly ReportBlock[] {
  const title = inLanguage(payload.title, payload.lang);
  const blocks: ReportBlock[] = title === '' ? [] : [{ type: 'heading', text: title, level: 2 }];
  const state = !payload.converged ? 'Not converged: the numbers below are no estimates.' : payload.admissible ? '' : 'Inadmissible solution: see the warnings.';
  for (const text of [state, payload.subtitle]) if (text !== '') blocks.push({ type: 'paragraph', text });
  for (const { severity, code, message, help } of payload.warnings) blocks.push({ type: 'paragraph', text: `${severity}[${code}]: ${message}${help === '' ? '' : ` (${help})`}` });
  for (const { table } of payload.tables) blocks.push({ type: 'table', table });
  if (payload.diagram) blocks.push({ type: 'diagram', diagram: payload.diagram });
  for (const text of payload.sentences ?? []) blocks.push({ type: 'paragraph', text });
  return blocks;
}

/** What one value contributes; text becomes a paragraph. */
function blocksOf(value: unknown, style: TableStyle, told: boolean, drawn: boolean): readonly ReportBlock[] {
  const paragraphs = (texts: readonly string[]): readonly ReportBlock[] => (told ? texts.map((text): ReportBlock => ({ type: 'paragraph', text })) : []);
  if (typeof value === 'string') return [{ type: 'paragraph', text: value }];
  if (!isObject(value)) return fail('not-exportable', `a ${value === null ? 'null' : typeof value} cannot be exported`, { help: 'give tables, fits, diagrams, charts or text' });
  if (isTable(value)) return [{ type: 'table', table: value }];
  if (isPathDiagram(value)) return [{ type: 'diagram', diagram: value }];
  if (isVegaLite(value)) return [{ type: 'chart', chart: value }];
  if (value.kind === 'fitSummary') {
    const { sentences = [], ...payload } = value as unknown as FitSummaryPayload;
    return summaryBlocks(told ? { ...payload, sentences } : payload);
  }
  if (value.kind === 'survey' && Array.isArray(value.columns)) {
    const survey = value as unknown as Survey;
    return [...warningBlocks(survey.warnings, style), ...surveyOverview(survey).map((table): ReportBlock => ({ type: 'table', table }))];
  }
  if (value.kind === 'surveyTable') return [{ type: 'table', table: (value as unknown as SurveyTablePayload).table }];
  if (value.kind === 'sem' && typeof value.glance === 'function') {
    const fit = value as unknown as SemFit;
    return [...summaryBlocks(fitSummary(fit, { style })), ...paragraphs(fitSentences(fit, style))];
  }
  if (Array.isArray(value)) return value.flatMap((one) => blocksOf(one, style, told, drawn));
  const made: unknown = typeof value.tables === 'function' ? (value.tables as () => unknown)() : typeof value.tidy === 'function' ? [...(typeof value.glance === 'function' ? [(value as unknown as Fit).glance()] : []), (value as unknown as Fit).tidy()] : null;
  if (Array.isArray(made) && made.every(isTable)) return [...warningBlocks(value.warnings, style), ...made.map((table): ReportBlock => ({ type: 'table', table })), ...(drawn ? chartsOf(value, style.lang ? { lang: style.lang } : {}).map((chart): ReportBlock => ({ type: 'chart', chart })) : []), ...paragraphs(resultSentences(value, style))];
  return fail('not-exportable', 'the value holds no tables, diagram or chart', { help: 'give tables, fits, diagrams, charts or text' });
}

/** Collects tables, fits, diagrams, charts and texts, in order, into one report. */
export function reportDocument(values: readonly unknown[], options: ReportOptions = {}): ReportDocument {
  const style = options.style ?? {};
  const { lang } = resolveTableStyle(style);
  return { title: inLanguage(options.title ?? { en: 'Results', zh: '分析结果' }, lang), blocks: values.flatMap((value) => blocksOf(value, style, options.sentences ?? true, options.charts ?? true)) };
}
