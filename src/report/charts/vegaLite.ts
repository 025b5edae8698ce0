import type { Json } from '../../shared/mimeBundle.js';

/** What JupyterLab 4.6 draws itself; later schema versions fall to text there. */
export const VEGA_LITE_MIME = 'application/vnd.vegalite.v5+json';
export const VEGA_LITE_SCHEMA = 'https://vega.github.io/schema/vega-lite/v5.json';

/** A Vega-Lite v5 specification as plain data. */
export interface VegaLiteChart {
  readonly $schema: string;
  readonly [property: string]: Json | undefined;
}

export function isVegaLite(value: unknown): value is VegaLiteChart {
  if (typeof value !== 'object' || value === null) return false;
  const schema = (value as { $schema?: unknown }).$schema;
  return typeof schema === 'string' && /vega-lite\/v5(\.[\d.]+)?\.json$/.test(schema);
}

/** Values that the text twin lists at most. */
const MOST_LISTED = 30;

function titleOf(chart: VegaLiteChart): string {
  const { title } = chart;
  if (typeof title === 'string') return title;
  const text = typeof title === 'object' && title !== null && !Array.isArray(title) ? (title as { readonly text?: Json }).text : undefined;
  return typeof text === 'string' ? text : 'chart';
}

/** The text twin: title, description and the first values. */
export function chartText(chart: VegaLiteChart): string {
  const data = chart.data as { readonly values?: Json } | undefined;
  const values = data !== undefined && Array.isArray(data?.values) ? (data.values as readonly Json[]) : [];
  const lines = [`[chart] ${titleOf(chart)}`];
  if (typeof chart.description === 'string') lines.push(chart.description);
  for (const value of values.slice(0, MOST_LISTED)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    lines.push(`  ${Object.entries(value).map(([key, cell]) => `${key} ${typeof cell === 'number' ? Number(cell.toPrecision(6)) : String(cell)}`).join(', ')}`);
  }
  if (values.length > MOST_LISTED) lines.push(`  … ${values.length - MOST_LISTED} more`);
  return lines.join('\n');
}
