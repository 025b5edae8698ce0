import type { Correlations } from '../../statistics/correlate/correlations.js';
import { formatUnit, stars } from '../format/formatNumber.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

/** Lower triangle of a correlation matrix, coloured by size and sign, with numbers and stars. */
export function correlationHeatmap(correlations: Correlations, options: ChartOptions = {}): VegaLiteChart {
  const { variables } = correlations;
  const names = variables.map(({ name, label }) => (label ? words(label, options) : name));
  const values = variables.flatMap((_, i) =>
    variables.slice(0, i).map((__, j) => {
      const { r, pValue } = correlations.at(i, j);
      return { row: names[i], column: names[j], r, text: r === null ? '' : formatUnit(r, 2, false) + stars(pValue) };
    })
  );
  const size = Math.max(36, Math.min(64, 520 / Math.max(1, variables.length)));
  const position = { x: { field: 'column', type: 'nominal', sort: names, title: null, axis: { labelAngle: -40, orient: 'bottom' } }, y: { field: 'row', type: 'nominal', sort: names, title: null } };
  return chart(
    { en: 'Correlations', zh: '相关矩阵' },
    options,
    {
      description: `${correlations.options.method}; * p < .05, ** p < .01, *** p < .001`,
      data: { values },
      encoding: position,
      layer: [
        { mark: { type: 'rect', stroke: '#ffffff' }, encoding: { color: { field: 'r', type: 'quantitative', scale: { domain: [-1, 0, 1], range: [CHART_COLOURS.low, CHART_COLOURS.middle, CHART_COLOURS.high] }, title: 'r' } } },
        { mark: { type: 'text', fontSize: 10 }, encoding: { text: { field: 'text', type: 'nominal' }, color: { condition: { test: 'abs(datum.r) > 0.6', value: '#ffffff' }, value: '#222222' } } }
      ]
    },
    { width: size * Math.max(1, variables.length - 1), height: 0.62 * size * Math.max(1, variables.length - 1) }
  );
}
