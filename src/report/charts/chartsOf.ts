import { SLOPE_IMPORTANCE, type ImportancePerformance } from '../../models/regression/importancePerformance.js';
import type { Moderation } from '../../models/regression/index.js';
import type { ChartOptions } from './chartStyle.js';
import { importancePerformanceMap } from './importancePerformanceMap.js';
import { johnsonNeymanPlot, slopesPlot } from './moderationPlots.js';
import type { VegaLiteChart } from './vegaLite.js';

/** The charts that belong to a result wherever it is shown or exported; none for most. */
export function chartsOf(value: { readonly kind?: unknown }, options: ChartOptions = {}): readonly VegaLiteChart[] {
  switch (value.kind) {
    case 'moderation':
      return [slopesPlot(value as Moderation, options), johnsonNeymanPlot(value as Moderation, options)];
    case 'importance-performance':
      return [importancePerformanceMap((value as ImportancePerformance).rows, { ...options, importance: SLOPE_IMPORTANCE })];
    default:
      return [];
  }
}
