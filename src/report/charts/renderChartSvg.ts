import { fail } from '../../shared/diagnostic.js';
import { DIAGRAM_FONTS } from '../../shared/mime/pathDiagramShapes.js';
import type { VegaLiteChart } from './vegaLite.js';

/** Refuses every outside address: a chart carries its data. */
function closedLoader(): never {
  return fail('chart-data', 'a chart that is drawn without a browser must carry its data as values', { help: 'put the rows into `data.values`' });
}

/** Both packages may arrive as CommonJS, whose exports lie one level deeper. */
function exportsOf<Module extends object>(module: Module): Module {
  return 'default' in module && typeof module.default === 'object' && module.default !== null ? { ...(module.default as Module), ...module } : module;
}

/**
 * SVG of a Vega-Lite chart without browser or canvas. Text widths are
 * estimated, so that no canvas is needed. Loads Vega on first use.
 */
export async function renderChartSvg(chart: VegaLiteChart): Promise<string> {
  const [vega, vegaLite] = (await Promise.all([import('vega').then(exportsOf), import('vega-lite').then(exportsOf)])) as [typeof import('vega'), typeof import('vega-lite')];
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
