import type { Bilingual } from '../../shared/table.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, number, words, type ChartOptions } from './chartStyle.js';

/** One estimate with its interval. */
export interface CoefficientRow {
  readonly term: string;
  /** As a table shows it; the codebook's wording is preferred where there is one. */
  readonly display?: string;
  readonly label?: Bilingual;
  readonly estimate: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export interface CoefficientPlotOptions extends ChartOptions {
  /** Confidence level for the axis title, default .95. */
  readonly level?: number;
}

/** The constant is no effect, and its scale would dwarf the others. */
const CONSTANTS: readonly string[] = ['(Intercept)'];

/** Points with intervals around a line at zero; the constant and rows without an estimate are left out. */
export function coefficientPlot(rows: readonly CoefficientRow[], options: CoefficientPlotOptions = {}): VegaLiteChart {
  const values = rows.filter(({ term }) => !CONSTANTS.includes(term)).flatMap(({ term, display, label, estimate, confLow, confHigh }) => (number(estimate) === null ? [] : [{ term: label ? words(label, options) : (display ?? term), estimate, low: number(confLow), high: number(confHigh), clear: number(confLow) !== null && number(confHigh) !== null && Number(confLow) * Number(confHigh) > 0 }]));
  const percent = Math.round((options.level ?? 0.95) * 100);
  const y = { field: 'term', type: 'nominal', sort: null, title: null, axis: { labelLimit: 260 } };
  const colour = { condition: { test: 'datum.clear', value: CHART_COLOURS.main }, value: '#9a9a9a' };
  const title = words({ en: `Estimate with ${percent}% confidence interval`, zh: `估计值与${percent}%置信区间` }, options);
  return chart(
    { en: 'Coefficients', zh: '系数' },
    options,
    {
      description: 'grey: the interval holds zero',
      data: { values },
      layer: [
        { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: '#777777', strokeDash: [3, 3] }, encoding: { x: { field: 'zero', type: 'quantitative' } } },
        { mark: { type: 'rule', strokeWidth: 1.6 }, encoding: { y: y as never, x: { field: 'low', type: 'quantitative', title, scale: { padding: 12 } }, x2: { field: 'high' }, color: colour } },
        { mark: { type: 'point', filled: true, size: 55 }, encoding: { y: y as never, x: { field: 'estimate', type: 'quantitative', title }, color: colour } }
      ]
    },
    { width: 320, height: { step: 24 } }
  );
}
