import { renderDiagnostic, SurveyError, warning, type Diagnostic } from '../shared/diagnostic.js';
import { FIT_SUMMARY_MIME, fitSummaryText, type FitSummaryPayload } from '../shared/mime/fitSummary.js';
import { isPathDiagram, PATH_DIAGRAM_MIME, pathDiagramText, type PathDiagramPayload } from '../shared/mime/pathDiagram.js';
import { SURVEY_TABLE_MIME, surveyTableText, type SurveyTablePayload } from '../shared/mime/surveyTable.js';
import { JUPYTER_DISPLAY, type Json, type MimeBundle } from '../shared/mimeBundle.js';
import { isTable, type Table } from '../shared/table.js';
import type { Fit } from '../models/fit.js';
import type { SemFit } from '../models/sem/results.js';
import type { Survey } from '../survey/survey.js';
import { chartText, isVegaLite, VEGA_LITE_MIME, type VegaLiteChart } from './charts/vegaLite.js';
import { renderChartSvg } from './charts/renderChartSvg.js';
import { diagramToSvg } from './diagram/diagramToSvg.js';
import { fitSummary, resultSummary } from './fitSummary.js';
import { fitSummaryHtml } from './fitSummaryHtml.js';
import type { TableStyle } from './format/tableStyle.js';
import { toBase64, pngSize } from './base64.js';
import { inspectValue } from './inspectValue.js';
import { toJson } from './toJson.js';
import { danfoTable } from './danfoTable.js';
import { resultSentences } from './sentences/resultSentences.js';
import { recordsTable } from './recordsTable.js';
import { surveyOverview } from './surveyOverview.js';
import { surveyTablePayload } from './tables/surveyTablePayload.js';
import { printedTableHtml } from './tables/tableToHtml.js';

/** Makes PNG bytes of an SVG document; the kernel lends one, since fonts and WebAssembly bytes come from outside. */
export type Rasterize = (svg: string) => Promise<Uint8Array>;

export interface PictureOptions {
  readonly style?: TableStyle;
  readonly rasterize?: Rasterize;
  /** Hears of pictures that could not be drawn. */
  readonly warn?: (diagnostic: Diagnostic) => void;
}

/** What is shown: the value, sorted by what can be made of it. */
type Shown =
  | { readonly type: 'bundle'; readonly bundle: MimeBundle }
  | { readonly type: 'table'; readonly payload: SurveyTablePayload }
  | { readonly type: 'summary'; readonly payload: FitSummaryPayload }
  | { readonly type: 'diagram'; readonly payload: PathDiagramPayload }
  | { readonly type: 'chart'; readonly chart: VegaLiteChart }
  | { readonly type: 'records'; readonly payload: SurveyTablePayload; readonly text: string }
  | { readonly type: 'text'; readonly text: string };

function isObject(value: unknown): value is Readonly<Record<string | symbol, unknown>> {
  return typeof value === 'object' && value !== null;
}

function withPlain(data: Readonly<Record<string, unknown>>, fallback: string): MimeBundle {
  const json = toJson(data) as Record<string, Json>;
  return { data: { ...json, 'text/plain': typeof json['text/plain'] === 'string' ? json['text/plain'] : fallback } };
}

/** A bundle made by the object itself through `Symbol.for('Jupyter.display')`. */
function ownDisplay(value: Readonly<Record<string | symbol, unknown>>): MimeBundle | null {
  const display = value[JUPYTER_DISPLAY];
  if (typeof display !== 'function') return null;
  const made: unknown = (display as (this: unknown) => unknown).call(value);
  return isObject(made) && !(made instanceof Promise) ? withPlain(made, '[object]') : null;
}

function isBundle(value: Readonly<Record<string | symbol, unknown>>): value is { data: Record<string, Json> } {
  return Object.keys(value).every((key) => key === 'data' || key === 'metadata') && isObject(value.data) && typeof value.data['text/plain'] === 'string' && Object.keys(value.data).every((key) => key.includes('/'));
}

function isDiagnostic(value: unknown): value is Diagnostic {
  return isObject(value) && typeof value.code === 'string' && typeof value.message === 'string' && (value.severity === 'error' || value.severity === 'warning' || value.severity === 'note');
}

function isFitLike(value: Readonly<Record<string | symbol, unknown>>): boolean {
  return typeof value.tidy === 'function' && typeof value.glance === 'function';
}

function tablesOf(value: Readonly<Record<string | symbol, unknown>>): readonly Table[] | null {
  const made: unknown = typeof value.tables === 'function' ? (value.tables as () => unknown)() : isFitLike(value) ? [(value as unknown as Fit).glance(), (value as unknown as Fit).tidy()] : typeof value.tidy === 'function' ? [(value as unknown as Fit).tidy()] : null;
  return Array.isArray(made) && made.length > 0 && made.every(isTable) ? made : null;
}

function warningsOf(value: Readonly<Record<string | symbol, unknown>>): readonly Diagnostic[] {
  return Array.isArray(value.warnings) ? value.warnings.filter(isDiagnostic) : [];
}

function shownOf(value: unknown, style: TableStyle): Shown {
  if (!isObject(value)) return { type: 'text', text: inspectValue(value) };
  const own = ownDisplay(value);
  if (own) return { type: 'bundle', bundle: own };
  if (isTable(value)) return { type: 'table', payload: surveyTablePayload(value, style) };
  if (value.kind === 'pathDiagram' && isPathDiagram(value)) return { type: 'diagram', payload: value };
  if (value.kind === 'surveyTable' && value.version === 1) return { type: 'table', payload: value as unknown as SurveyTablePayload };
  if (value.kind === 'fitSummary' && value.version === 1) return { type: 'summary', payload: value as unknown as FitSummaryPayload };
  if (isVegaLite(value)) return { type: 'chart', chart: value };
  if (value instanceof SurveyError) return { type: 'text', text: value.message };
  if (isDiagnostic(value)) return { type: 'text', text: renderDiagnostic(value) };
  if (value.kind === 'sem' && isFitLike(value)) return { type: 'summary', payload: fitSummary(value as unknown as SemFit, { style }) };
  if (value.kind === 'survey' && Array.isArray(value.columns)) return { type: 'summary', payload: resultSummary(surveyOverview(value as unknown as Survey), warningsOf(value), style) };
  if (Array.isArray(value) && value.length > 0) {
    const list: readonly unknown[] = value;
    if (list.every(isTable)) return { type: 'summary', payload: resultSummary(list, [], style) };
    const records = recordsTable(list);
    if (records) return { type: 'records', payload: surveyTablePayload(records, style), text: inspectValue(value) };
    if (list.every(isDiagnostic)) return { type: 'text', text: list.map((one) => renderDiagnostic(one)).join('\n\n') };
  }
  const frame = danfoTable(value);
  if (frame) return { type: 'table', payload: surveyTablePayload(frame, style) };
  const tables = tablesOf(value);
  const sentences = tables ? resultSentences(value, style) : [];
  if (tables) return tables.length === 1 && warningsOf(value).length === 0 && sentences.length === 0 ? { type: 'table', payload: surveyTablePayload(tables[0], style) } : { type: 'summary', payload: resultSummary(tables, warningsOf(value), style, { en: '' }, sentences) };
  if (isBundle(value)) return { type: 'bundle', bundle: withPlain(value.data, '') };
  return { type: 'text', text: inspectValue(value) };
}

function bundleOf(shown: Shown): MimeBundle {
  switch (shown.type) {
    case 'bundle':
      return shown.bundle;
    case 'table':
      return withPlain({ [SURVEY_TABLE_MIME]: shown.payload, 'text/html': printedTableHtml(shown.payload.printed), 'text/plain': surveyTableText(shown.payload) }, '');
    case 'summary':
      return withPlain({ [FIT_SUMMARY_MIME]: shown.payload, 'text/html': fitSummaryHtml(shown.payload), 'text/plain': fitSummaryText(shown.payload) }, '');
    case 'diagram':
      return withPlain({ [PATH_DIAGRAM_MIME]: shown.payload, 'image/svg+xml': diagramToSvg(shown.payload), 'text/plain': pathDiagramText(shown.payload) }, '');
    case 'chart':
      return withPlain({ [VEGA_LITE_MIME]: shown.chart, 'text/plain': chartText(shown.chart) }, '');
    case 'records':
      return withPlain({ [SURVEY_TABLE_MIME]: shown.payload, 'text/html': printedTableHtml(shown.payload.printed), 'text/plain': shown.text }, '');
    case 'text':
      return { data: { 'text/plain': shown.text } };
  }
}

/**
 * The rich form of any value, at once: tables as own JSON + HTML + aligned
 * text, diagrams as own JSON + SVG + text, fits as a summary, surveys as an
 * overview, charts as Vega-Lite, all else as readable text. Always holds
 * `text/plain` and is JSON-safe.
 */
export function toBundle(value: unknown, style: TableStyle = {}): MimeBundle {
  return bundleOf(shownOf(value, style));
}

/**
 * As {@link toBundle}, with the pictures that take time: SVG of charts and
 * PNG of charts and diagrams, so that the result shows in nbconvert, on
 * code-hosting sites and in untrusted notebooks.
 *
 * How a kernel calls it:
 * ```ts
 * const fonts = findFonts();                          // kernel/src/fonts.ts; fonts.warnings are to be shown once
 * const renderer = await createPngRenderer(wasmBytes, fonts);  // src/report/diagram/svgToPng.ts; keep it
 * const bundle = await toBundleAsync(value, { rasterize: renderer.toPng });
 * ```
 * A rasterizer that fails costs the PNG only, never the rest of the bundle,
 * and is told through `warn`.
 */
export async function toBundleAsync(value: unknown, options: PictureOptions = {}): Promise<MimeBundle> {
  const shown = shownOf(value, options.style ?? {});
  const bundle = bundleOf(shown);
  if (shown.type !== 'diagram' && shown.type !== 'chart') return bundle;
  const data: Record<string, Json> = { ...bundle.data };
  let svg = data['image/svg+xml'];
  if (shown.type === 'chart') {
    try {
      svg = await renderChartSvg(shown.chart);
      data['image/svg+xml'] = svg;
    } catch (error) {
      options.warn?.(warning('no-picture', `the chart could not be drawn: ${error instanceof Error ? error.message : String(error)}`, { zh: `图表无法绘制：${error instanceof Error ? error.message : String(error)}` }));
      return { data };
    }
  }
  if (!options.rasterize || typeof svg !== 'string') return { data };
  try {
    const png = await options.rasterize(svg);
    data['image/png'] = toBase64(png);
    const size = pngSize(png);
    return size ? { data, metadata: { 'image/png': size } } : { data };
  } catch (error) {
    options.warn?.(warning('no-picture', `the PNG twin could not be drawn: ${error instanceof Error ? error.message : String(error)}`, { zh: `PNG 图片无法生成：${error instanceof Error ? error.message : String(error)}` }));
    return { data };
  }
}
