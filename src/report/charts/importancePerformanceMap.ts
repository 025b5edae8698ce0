import type { Bilingual } from '../../shared/table.js';
import { fail } from '../../shared/diagnostic.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

/** A construct: how much it matters (total effect) and how well it is rated (mean, 0 to 100). */
export interface ImportancePerformance {
  readonly label: Bilingual;
  readonly importance: number;
  readonly performance: number;
}

/**
 * Importance–performance map: what lies to the lower right matters much and is
 * rated low, so that work there pays most. Lines at the means.
 * @see Martilla & James (1977) Journal of Marketing 41, 77-79; Ringle & Sarstedt (2016)
 */
export function importancePerformanceMap(points: readonly ImportancePerformance[], options: ChartOptions = {}): VegaLiteChart {
  if (points.length === 0) fail('no-data', 'an importance-performance map needs at least one construct');
  const mean = (pick: (point: ImportancePerformance) => number): number => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const values = points.map(({ label, importance, performance }) => ({ label: words(label, options), importance, performance }));
  const importance = { field: 'importance', type: 'quantitative', title: words({ en: 'Importance (total effect)', zh: '重要性（总效应）' }, options), scale: { zero: false, padding: 28 } };
  const performance = { field: 'performance', type: 'quantitative', title: words({ en: 'Performance (0–100)', zh: '绩效（0–100）' }, options), scale: { zero: false, padding: 22 } };
  const rule = { type: 'rule', strokeDash: [4, 3], color: '#888888' };
  return chart(
    { en: 'Importance–performance map', zh: '重要性—绩效图' },
    options,
    {
      description: 'lines at the means; lower right: important and rated low',
      layer: [
        { data: { values: [{ importance: mean((point) => point.importance) }] }, mark: rule, encoding: { x: importance as never } },
        { data: { values: [{ performance: mean((point) => point.performance) }] }, mark: rule, encoding: { y: performance as never } },
        { data: { values }, mark: { type: 'point', filled: true, size: 70, color: CHART_COLOURS.main }, encoding: { x: importance as never, y: performance as never } },
        { data: { values }, mark: { type: 'text', dy: -11, fontSize: 11 }, encoding: { x: importance as never, y: performance as never, text: { field: 'label', type: 'nominal' } } }
      ]
    },
    { width: 360, height: 280 }
  );
}
