import { fail } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

export interface HistogramOptions extends ChartOptions {
  readonly label?: Bilingual;
  /** Number of bins; Freedman and Diaconis' rule when left out, one bin per value for few whole numbers. */
  readonly bins?: number;
  /** Draw the normal curve of the same mean and standard deviation. */
  readonly normal?: boolean;
}

const MOST_SCALE_POINTS = 15;
const MOST_BINS = 60;
const CURVE_POINTS = 81;

/** Edges of the bins: centred on the points of a rating scale, else by h = 2·IQR·n^(−1/3). */
function binEdges(sorted: Float64Array, bins: number | undefined): { readonly start: number; readonly width: number; readonly count: number } {
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  if (bins === undefined && sorted.every(Number.isInteger) && max - min < MOST_SCALE_POINTS) return { start: min - 0.5, width: 1, count: max - min + 1 };
  const quartile = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  const rule = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
  const wanted = bins ?? (rule > 0 ? Math.ceil((max - min) / rule) : 10);
  const count = Math.max(1, Math.min(MOST_BINS, Math.round(wanted)));
  return { start: min, width: max > min ? (max - min) / count : 1, count };
}

/** How the answers of one variable are distributed. Missing values (NaN) are left out and counted in the description. */
export function histogram(values: ArrayLike<number>, options: HistogramOptions = {}): VegaLiteChart {
  const present = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const n = present.length;
  if (n === 0) fail('no-data', 'a histogram needs at least one number');
  const label = words(options.label ?? { en: 'Value', zh: '数值' }, options);
  const { start, width, count } = binEdges(present, options.bins);
  const counts = new Array<number>(count).fill(0);
  for (const value of present) counts[Math.max(0, Math.min(count - 1, Math.floor((value - start) / width)))]++;
  const mean = present.reduce((sum, value) => sum + value / n, 0);
  const sd = n > 1 ? Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : 0;
  const bars = counts.map((frequency, i) => ({ from: start + i * width, to: start + (i + 1) * width, frequency }));
  const frequencyTitle = words({ en: 'Frequency', zh: '频数' }, options);
  const x = { field: 'from', type: 'quantitative', title: label, scale: { zero: false }, axis: { grid: false } };
  const layer: object[] = [
    { mark: { type: 'bar', color: CHART_COLOURS.main, stroke: '#ffffff', strokeWidth: 0.5 }, encoding: { x, x2: { field: 'to' }, y: { field: 'frequency', type: 'quantitative', title: frequencyTitle } } }
  ];
  if ((options.normal ?? true) && sd > 0) {
    const [low, high] = [Math.min(start, mean - 3 * sd), Math.max(start + count * width, mean + 3 * sd)];
    const curve = Array.from({ length: CURVE_POINTS }, (_, i) => {
      const at = low + ((high - low) * i) / (CURVE_POINTS - 1);
      return { at, density: (n * width * Math.exp(-0.5 * ((at - mean) / sd) ** 2)) / (sd * Math.sqrt(2 * Math.PI)) };
    });
    layer.push({ data: { values: curve }, mark: { type: 'line', color: CHART_COLOURS.accent, strokeWidth: 1.5 }, encoding: { x: { field: 'at', type: 'quantitative' }, y: { field: 'density', type: 'quantitative' } } });
  }
  const missing = values.length - n;
  return chart({ en: `Distribution of ${label}`, zh: `${label}的分布` }, options, { description: `n = ${n}${missing > 0 ? `, ${missing} missing` : ''}`, data: { values: bars }, layer: layer as never }, { width: 320, height: 200 });
}
