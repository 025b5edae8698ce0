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

export interface ImportanceMapOptions extends ChartOptions {
  /** What importance is; a total effect unless said. */
  readonly importance?: Bilingual;
}

/** Words in the corners: where to look first and where not. */
const CORNERS: readonly { readonly x: 0 | 'width'; readonly y: 0 | 'height'; readonly words: Bilingual }[] = [
  { x: 'width', y: 'height', words: { en: 'improve first', zh: '优先改进' } },
  { x: 'width', y: 0, words: { en: 'keep up', zh: '继续保持' } },
  { x: 0, y: 'height', words: { en: 'low priority', zh: '次要' } },
  { x: 0, y: 0, words: { en: 'possible overkill', zh: '投入可能过多' } }
];

/**
 * Importance–performance map: what lies to the lower right matters much and is
 * rated low, so that work there pays most. Lines at the means.
 * @see Martilla & James (1977) Journal of Marketing 41, 77-79; Ringle & Sarstedt (2016)
 */
export function importancePerformanceMap(points: readonly ImportancePerformance[], options: ImportanceMapOptions = {}): VegaLiteChart {
  if (points.length === 0) fail('no-data', 'an importance-performance map needs at least one construct');
  const mean = (pick: (point: ImportancePerformance) => number): number => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const values = points.map(({ label, importance, performance }) => ({ label: words(label, options), importance, performance }));
  const importance = { field: 'importance', type: 'quantitative', title: words(options.importance ?? { en: 'Importance (total effect)', zh: '重要性（总效应）' }, options), scale: { zero: false, padding: 64 } };
  const performance = { field: 'performance', type: 'quantitative', title: words({ en: 'Performance (0–100)', zh: '绩效（0–100）' }, options), scale: { zero: false, padding: 30 } };
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
        { data: { values }, mark: { type: 'text', dy: -11, fontSize: 11 }, encoding: { x: importance as never, y: performance as never, text: { field: 'label', type: 'nominal' } } },
        ...CORNERS.map(({ x, y, words: corner }) => ({ data: { values: [{}] }, mark: { type: 'text', align: x === 0 ? 'left' : 'right', baseline: y === 0 ? 'top' : 'bottom', dx: x === 0 ? 5 : -5, dy: y === 0 ? 5 : -5, fontSize: 11, fontStyle: 'italic', color: '#777777' }, encoding: { x: { value: x }, y: { value: y }, text: { value: words(corner, options) } } }))
      ]
    },
    { width: 360, height: 280 }
  );
}
