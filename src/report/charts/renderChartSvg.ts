import { fail } from '../../shared/diagnostic.js';
import { DIAGRAM_FONTS } from '../../shared/mime/pathDiagramShapes.js';
import { textWidth } from '../diagram/textWidth.js';
import type { VegaLiteChart } from './vegaLite.js';

/** Refuses every outside address: a chart carries its data. */
function closedLoader(): never {
  return fail('chart-data', 'a chart that is drawn without a browser must carry its data as values', { help: 'put the rows into `data.values`' });
}

/** Both packages may arrive as CommonJS, whose exports lie one level deeper. */
function exportsOf<Module extends object>(module: Module): Module {
  return 'default' in module && typeof module.default === 'object' && module.default !== null ? { ...(module.default as Module), ...module } : module;
}

/** A text mark as Vega measures it. */
interface MeasuredText {
  readonly fontSize?: number;
  readonly fontWeight?: string | number;
}

/** Vega's own guess without a canvas, 0.8 of the font size per character, cuts Chinese labels off and pads Latin ones. */
function measure({ fontSize = 11, fontWeight }: MeasuredText, text: unknown): number {
  return textWidth(String(text ?? ''), fontSize, fontWeight === 'bold' || Number(fontWeight) >= 600);
}

/**
 * SVG of a Vega-Lite chart without browser or canvas: texts are measured by
 * the widths of the font that the picture names. Loads Vega on first use.
 */
export async function renderChartSvg(chart: VegaLiteChart): Promise<string> {
  const [vega, vegaLite] = (await Promise.all([import('vega').then(exportsOf), import('vega-lite').then(exportsOf)])) as [typeof import('vega'), typeof import('vega-lite')];
  (vega as unknown as { readonly textMetrics: { width: typeof measure } }).textMetrics.width = measure;
  const quiet = { level: () => quiet, error: () => quiet, warn: () => quiet, info: () => quiet, debug: () => quiet } as unknown as import('vega').LoggerInterface;
  const compiled = vegaLite.compile(chart as unknown as import('vega-lite').TopLevelSpec, { logger: quiet, config: { font: DIAGRAM_FONTS } });
  const loader = { load: closedLoader, sanitize: closedLoader, http: closedLoader, file: closedLoader } as unknown as import('vega').Loader;
  const view = new vega.View(vega.parse(compiled.spec), { renderer: 'none', loader, logger: quiet });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
