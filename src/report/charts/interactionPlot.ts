import type { Bilingual } from '../../shared/table.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

/** One line of a moderation: outcome = intercept + slope · predictor at one level of the moderator. */
export interface InteractionLine {
  readonly level: Bilingual;
  readonly intercept: number;
  readonly slope: number;
}

export interface Interaction {
  readonly predictor: Bilingual;
  readonly outcome: Bilingual;
  readonly moderator: Bilingual;
  readonly lines: readonly InteractionLine[];
  /** Range of the predictor over which the lines are drawn. */
  readonly from: number;
  readonly to: number;
}

const DASHES: readonly (readonly number[])[] = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]];
const COLOURS: readonly string[] = [CHART_COLOURS.main, CHART_COLOURS.accent, '#5a5a5a', '#7a9e3d'];

/** Simple slopes: one line per level of the moderator, told apart by dashes as well as colour. */
export function interactionPlot({ predictor, outcome, moderator, lines, from, to }: Interaction, options: ChartOptions = {}): VegaLiteChart {
  const levels = lines.map(({ level }) => words(level, options));
  const values = lines.flatMap(({ intercept, slope }, i) => [from, to].map((x) => ({ x, y: intercept + slope * x, level: levels[i] })));
  return chart(
    { en: `${words(predictor, options)} × ${words(moderator, options)}`, zh: `${words(predictor, options)} × ${words(moderator, options)}` },
    options,
    {
      data: { values },
      mark: { type: 'line', strokeWidth: 1.8, point: { filled: true, size: 40 } },
      encoding: {
        x: { field: 'x', type: 'quantitative', title: words(predictor, options), scale: { zero: false }, axis: { grid: false } },
        y: { field: 'y', type: 'quantitative', title: words(outcome, options), scale: { zero: false } },
        color: { field: 'level', type: 'nominal', sort: levels, title: words(moderator, options), scale: { domain: levels, range: levels.map((_, i) => COLOURS[i % COLOURS.length]) }, legend: { symbolType: 'stroke', symbolSize: 300, labelLimit: 260 } },
        strokeDash: { field: 'level', type: 'nominal', sort: levels, title: words(moderator, options), scale: { domain: levels, range: levels.map((_, i) => DASHES[i % DASHES.length]) as never }, legend: { symbolType: 'stroke', symbolSize: 300, labelLimit: 260 } }
      }
    },
    { width: 300, height: 220 }
  );
}
