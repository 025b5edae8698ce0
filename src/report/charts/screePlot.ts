import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

/** What a scree plot needs of a factor analysis. */
export interface Scree {
  readonly eigenvalues: readonly number[];
  /** Reference eigenvalues of random data. */
  readonly parallel?: { readonly reference: readonly number[]; readonly percentile: number } | null;
}

/** Eigenvalues in falling order with the line at 1 (Kaiser) and, when it was run, the reference of parallel analysis. */
export function screePlot({ eigenvalues, parallel }: Scree, options: ChartOptions = {}): VegaLiteChart {
  const observed = words({ en: 'observed', zh: '样本' }, options);
  const random = parallel ? words({ en: `random data, ${Math.round(parallel.percentile * 100)}th percentile`, zh: `随机数据第${Math.round(parallel.percentile * 100)}百分位` }, options) : '';
  const values = [
    ...eigenvalues.map((eigenvalue, i) => ({ factor: i + 1, eigenvalue, series: observed })),
    ...(parallel ? parallel.reference.map((eigenvalue, i) => ({ factor: i + 1, eigenvalue, series: random })) : [])
  ];
  const legend = parallel ? { orient: 'top-right', labelLimit: 300, symbolType: 'stroke' } : null;
  const encoding = {
    x: { field: 'factor', type: 'quantitative', title: words({ en: 'Factor', zh: '因子' }, options), axis: { tickMinStep: 1, grid: false }, scale: { domain: [0.5, eigenvalues.length + 0.5], nice: false } },
    y: { field: 'eigenvalue', type: 'quantitative', title: words({ en: 'Eigenvalue', zh: '特征值' }, options) },
    color: { field: 'series', type: 'nominal', title: null, scale: { domain: parallel ? [observed, random] : [observed], range: [CHART_COLOURS.main, CHART_COLOURS.accent] }, legend },
    strokeDash: { field: 'series', type: 'nominal', title: null, legend, scale: { domain: parallel ? [observed, random] : [observed], range: parallel ? [[1, 0], [5, 3]] : [[1, 0]] } }
  };
  return chart(
    { en: 'Scree plot', zh: '碎石图' },
    options,
    {
      data: { values },
      layer: [
        { mark: { type: 'line', point: { filled: true, size: 36 }, strokeWidth: 1.4 }, encoding: encoding as never },
        { data: { values: [{ one: 1 }] }, mark: { type: 'rule', strokeDash: [2, 3], color: '#777777' }, encoding: { y: { field: 'one', type: 'quantitative' } } }
      ]
    },
    { width: 360, height: 220 }
  );
}
