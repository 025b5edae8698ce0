import type { Bilingual } from '../../shared/table.js';
import { fail } from '../../shared/diagnostic.js';
import { textWidth } from '../diagram/textWidth.js';
import { labelPlaces } from './labelPlaces.js';
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

const WIDTH = 420;
const HEIGHT = 320;
/** Font size of labels and corner words. */
const FONT = 11;
/** Room between the outermost points and the frame, px. */
const MARGIN = { across: 60, up: 44 };

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
  const width = options.width ?? WIDTH;
  const height = options.height ?? HEIGHT;
  const mean = (pick: (point: ImportancePerformance) => number): number => points.reduce((sum, point) => sum + pick(point), 0) / points.length;
  const across = domain(points.map((point) => point.importance), MARGIN.across / width);
  const up = domain(points.map((point) => point.performance), MARGIN.up / height);
  // places of labels are found in px and told in the units of the axes, so that every renderer puts them there
  const toX = (value: number): number => ((value - across[0]) / (across[1] - across[0])) * width;
  const toY = (value: number): number => ((up[1] - value) / (up[1] - up[0])) * height;
  const corners = CORNERS.map(({ x, y, words: corner }) => {
    const size = textWidth(words(corner, options), FONT);
    return { left: x === 0 ? 0 : width - size - 8, right: x === 0 ? size + 8 : width, top: y === 0 ? 0 : height - 18, bottom: y === 0 ? 18 : height };
  });
  const [meanX, meanY] = [toX(mean((point) => point.importance)), toY(mean((point) => point.performance))];
  const lines = [{ left: meanX - 1, right: meanX + 1, top: 0, bottom: height }, { left: 0, right: width, top: meanY - 1, bottom: meanY + 1 }];
  const labels = points.map(({ label }) => words(label, options));
  const places = labelPlaces(points.map(({ importance, performance }, i) => ({ x: toX(importance), y: toY(performance), width: textWidth(labels[i], FONT) + 4, height: FONT + 4 })), { width, height }, [...corners, ...lines]);
  const values = points.map(({ importance, performance }, i) => ({
    label: labels[i],
    importance,
    performance,
    labelX: across[0] + (places[i].x / width) * (across[1] - across[0]),
    labelY: up[1] - (places[i].y / height) * (up[1] - up[0]),
    away: places[i].away
  }));
  const importance = { field: 'importance', type: 'quantitative', title: words(options.importance ?? { en: 'Importance (total effect)', zh: '重要性（总效应）' }, options), scale: { domain: across, nice: false, zero: false }, axis: { tickCount: 6 } };
  const performance = { field: 'performance', type: 'quantitative', title: words({ en: 'Performance (0–100)', zh: '绩效（0–100）' }, options), scale: { domain: up, nice: false, zero: false } };
  const [labelX, labelY] = [{ ...importance, field: 'labelX' }, { ...performance, field: 'labelY' }];
  const rule = { type: 'rule', strokeDash: [4, 3], color: '#888888' };
  return chart(
    { en: 'Importance–performance map', zh: '重要性—绩效图' },
    options,
    {
      description: 'lines at the means; lower right: important and rated low',
      data: { values },
      layer: [
        { data: { values: [{ importance: mean((point) => point.importance) }] }, mark: rule, encoding: { x: importance as never } },
        { data: { values: [{ performance: mean((point) => point.performance) }] }, mark: rule, encoding: { y: performance as never } },
        { transform: [{ filter: 'datum.away' }], mark: { type: 'rule', color: '#9a9a9a', strokeWidth: 0.8 }, encoding: { x: importance as never, y: performance as never, x2: { field: 'labelX' }, y2: { field: 'labelY' } } },
        // a white edge under each label, so that a line never runs through its words
        { mark: { type: 'text', fontSize: FONT, stroke: '#ffffff', strokeWidth: 4, strokeJoin: 'round', color: '#ffffff' }, encoding: { x: labelX as never, y: labelY as never, text: { field: 'label', type: 'nominal' } } },
        { mark: { type: 'point', filled: true, opacity: 1, size: 60, color: CHART_COLOURS.main }, encoding: { x: importance as never, y: performance as never } },
        { mark: { type: 'text', fontSize: FONT }, encoding: { x: labelX as never, y: labelY as never, text: { field: 'label', type: 'nominal' } } },
        ...CORNERS.map(({ x, y, words: corner }) => ({ data: { values: [{}] }, mark: { type: 'text', align: x === 0 ? 'left' : 'right', baseline: y === 0 ? 'top' : 'bottom', dx: x === 0 ? 5 : -5, dy: y === 0 ? 5 : -5, fontSize: FONT, fontStyle: 'italic', color: '#777777' }, encoding: { x: { value: x }, y: { value: y }, text: { value: words(corner, options) } } }))
      ]
    },
    { width, height }
  );
}

/** Range of the values with room to both sides, as a share of the length of the axis. */
function domain(values: readonly number[], margin: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high > low ? high - low : Math.abs(high) || 1) * (margin / (1 - 2 * margin));
  return [low - room, high + room];
}
