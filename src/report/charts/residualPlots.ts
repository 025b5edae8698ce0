import { normalQuantile } from '../../numerics/distributions/index.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

/** What residual plots need of a regression. */
export interface ResidualSource {
  readonly fitted: ArrayLike<number>;
  readonly residuals: ArrayLike<number>;
}

/** More points than this hide one another and burden a notebook: every k-th is drawn, which the description says. */
const MOST_POINTS = 3000;

/**
 * Residuals against fitted values, and the normal Q–Q plot of standardized
 * residuals (plotting positions (i − 3/8)/(n + 1/4), Blom 1958).
 */
export function residualPlots({ fitted, residuals }: ResidualSource, options: ChartOptions = {}): VegaLiteChart {
  const n = residuals.length;
  const mean = Array.from(residuals).reduce((sum, value) => sum + value / n, 0);
  const sd = Math.sqrt(Array.from(residuals).reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, n - 1));
  const step = Math.max(1, Math.ceil(n / MOST_POINTS));
  const scatter = Array.from({ length: Math.ceil(n / step) }, (_, k) => ({ fitted: fitted[k * step], residual: residuals[k * step] }));
  const sorted = Float64Array.from(residuals, (value) => (sd > 0 ? (value - mean) / sd : 0)).sort();
  const quantiles = Array.from({ length: Math.ceil(n / step) }, (_, k) => ({ theoretical: normalQuantile((k * step + 1 - 0.375) / (n + 0.25)), observed: sorted[k * step] }));
  const ends = [quantiles[0]?.theoretical ?? -1, quantiles[quantiles.length - 1]?.theoretical ?? 1];
  const point = { type: 'circle', size: 18, opacity: 0.55, color: CHART_COLOURS.main };
  const rule = { type: 'line', color: CHART_COLOURS.accent, strokeWidth: 1.2 };
  const axis = (field: string, title: { en: string; zh: string }): object => ({ field, type: 'quantitative', title: words(title, options), scale: { zero: false } });
  const body = {
    description: `n = ${n}${step > 1 ? `; every ${step}th point is drawn` : ''}`,
    hconcat: [
      {
        width: 260,
        height: 220,
        layer: [
          { data: { values: scatter }, mark: point, encoding: { x: axis('fitted', { en: 'Fitted value', zh: '预测值' }), y: axis('residual', { en: 'Residual', zh: '残差' }) } },
          { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: CHART_COLOURS.accent }, encoding: { y: { field: 'zero', type: 'quantitative' } } }
        ]
      },
      {
        width: 260,
        height: 220,
        layer: [
          { data: { values: quantiles }, mark: point, encoding: { x: axis('theoretical', { en: 'Normal quantile', zh: '正态分位数' }), y: axis('observed', { en: 'Standardized residual', zh: '标准化残差' }) } },
          { data: { values: ends.map((end) => ({ theoretical: end, observed: end })) }, mark: rule, encoding: { x: axis('theoretical', { en: 'Normal quantile', zh: '正态分位数' }), y: axis('observed', { en: 'Standardized residual', zh: '标准化残差' }) } }
        ]
      }
    ]
  };
  return chart({ en: 'Residuals', zh: '残差诊断' }, options, body as never);
}
