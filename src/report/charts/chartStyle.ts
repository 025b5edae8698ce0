import type { Json } from '../../shared/mimeBundle.js';
import { inLanguage, type Language } from '../../shared/mime/surveyTable.js';
import type { Bilingual } from '../../shared/table.js';
import { VEGA_LITE_SCHEMA, type VegaLiteChart } from './vegaLite.js';

/** Options that all charts share. */
export interface ChartOptions {
  readonly lang?: Language;
  readonly title?: Bilingual;
  readonly width?: number;
  readonly height?: number;
}

/** Blue and orange differ for colour-blind readers, and in grey print by lightness. */
export const CHART_COLOURS: { readonly main: string; readonly accent: string; readonly grid: string; readonly low: string; readonly middle: string; readonly high: string } = {
  main: '#2f6690',
  accent: '#c8553d',
  grid: '#e3e3e3',
  low: '#b35806',
  middle: '#ececec',
  high: '#2f6690'
};

const CONFIG: Json = {
  view: { stroke: null },
  axis: { gridColor: '#ececec', domainColor: '#555555', tickColor: '#555555', labelColor: '#222222', titleColor: '#111111', titleFontWeight: 'normal', labelFontSize: 11, titleFontSize: 12 },
  title: { fontSize: 13, anchor: 'start', color: '#111111' },
  legend: { labelFontSize: 11, titleFontSize: 11, titleFontWeight: 'normal' }
};

/** Words in the chart's language. */
export function words(text: Bilingual, { lang = 'en' }: ChartOptions): string {
  return inLanguage(text, lang);
}

/** A finite number or null: JSON knows no NaN. */
export function number(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A Vega-Lite document with the shared look. `body` holds data, marks and encodings. */
export function chart(title: Bilingual, options: ChartOptions, body: Readonly<Record<string, Json>>, size: { readonly width?: number; readonly height?: number | { readonly step: number } } = {}): VegaLiteChart {
  const width = options.width ?? size.width;
  const height = options.height ?? size.height;
  return {
    $schema: VEGA_LITE_SCHEMA,
    title: words(options.title ?? title, options),
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height: height as Json }),
    config: CONFIG,
    background: '#ffffff',
    ...body
  };
}
