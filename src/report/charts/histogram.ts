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
/** Points that the mean of some items can take and that are still shown one by one. */
const MOST_MEAN_POINTS = 30;
/** Values this close, as a share, are one point. */
const SAME_POINT = 1e-6;
const MOST_BINS = 60;
const MOST_TICKS = 12;
const ROUND: readonly number[] = [1, 2, 5, 10];
/** How much wider than a round width a bin may have been meant. */
const ROUND_UP_TO = 1.2;
const CURVE_POINTS = 81;

/** Greatest step that all values are multiples of, from the least one: the points of a rating scale, or of the mean of its items. */
function pointSpacing(sorted: Float64Array): number | undefined {
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  if (sorted.every(Number.isInteger) && max - min < MOST_SCALE_POINTS) return 1;
  let step = Infinity;
  for (let i = 1; i < sorted.length; i++) {
    const gap = sorted[i] - sorted[i - 1];
    if (gap > SAME_POINT * (max - min)) step = Math.min(step, gap);
  }
  if (!((max - min) / step < MOST_MEAN_POINTS)) return undefined;
  return sorted.every((value) => Math.abs((value - min) / step - Math.round((value - min) / step)) < SAME_POINT) ? step : undefined;
}

interface Bins {
  readonly start: number;
  readonly width: number;
  readonly count: number;
  /** Each bin is one point of a scale, at its middle. */
  readonly points: boolean;
}

/** Where the axis is labelled: at whole points where there are some, at the points or edges of bins else, about ten of them. */
function ticks({ start, width, count, points }: Bins): readonly number[] {
  const all = Array.from({ length: count + (points ? 0 : 1) }, (_, i) => start + (i + (points ? 0.5 : 0)) * width);
  const whole = points ? all.filter((value) => Math.abs(value - Math.round(value)) < SAME_POINT) : [];
  const chosen = whole.length > 1 ? whole : all;
  return chosen.filter((_, i) => i % Math.ceil(chosen.length / MOST_TICKS) === 0).map((value) => Number(value.toPrecision(4)));
}

/** Edges of the bins: centred on the points of a scale, else by h = 2·IQR·n^(−1/3). */
function binEdges(sorted: Float64Array, bins: number | undefined): Bins {
  const [min, max] = [sorted[0], sorted[sorted.length - 1]];
  const spacing = bins === undefined ? pointSpacing(sorted) : undefined;
  if (spacing !== undefined) return { start: min - spacing / 2, width: spacing, count: Math.round((max - min) / spacing) + 1, points: true };
  if (bins !== undefined) return evenBins(min, max, bins);
  const quartile = (p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  const rule = (2 * (quartile(0.75) - quartile(0.25))) / Math.cbrt(sorted.length);
  return roundBins(min, max, Math.min(MOST_BINS, rule > 0 ? Math.ceil((max - min) / rule) : 10));
}

function evenBins(min: number, max: number, wanted: number): Bins {
  const count = Math.max(1, Math.min(MOST_BINS, Math.round(wanted)));
  return { start: min, width: max > min ? (max - min) / count : 1, count, points: false };
}

/** Bins of a width that people count in (1, 2 or 5 times a power of ten), at multiples of it. */
function roundBins(min: number, max: number, wanted: number): Bins {
  const exact = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(exact));
  const width = power * (ROUND.findLast((step) => step * power <= exact * ROUND_UP_TO) ?? 1);
  const start = Math.floor(min / width) * width;
  // an answer on the last edge belongs to the bin that begins there
  return width > 0 && Number.isFinite(start) ? { start, width, count: Math.floor((max - start) / width + SAME_POINT) + 1, points: false } : evenBins(min, max, wanted);
}

/** How the answers of one variable are distributed. Missing values (NaN) are left out and counted in the description. */
export function histogram(values: ArrayLike<number>, options: HistogramOptions = {}): VegaLiteChart {
  const present = Float64Array.from(Array.from(values).filter(Number.isFinite)).sort();
  const n = present.length;
  if (n === 0) fail('no-data', 'a histogram needs at least one number');
  const label = words(options.label ?? { en: 'Value', zh: '数值' }, options);
  const bins = binEdges(present, options.bins);
  const { start, width, count } = bins;
  const counts = new Array<number>(count).fill(0);
  for (const value of present) counts[Math.max(0, Math.min(count - 1, Math.floor((value - start) / width)))]++;
  const mean = present.reduce((sum, value) => sum + value / n, 0);
  const sd = n > 1 ? Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : 0;
  const bars = counts.map((frequency, i) => ({ from: start + i * width, to: start + (i + 1) * width, frequency }));
  const frequencyTitle = words({ en: 'Frequency', zh: '频数' }, options);
  // ranges already cut: without `binned` the bars would lie on their sides
  const x = { field: 'from', bin: { binned: true, step: width }, type: 'quantitative', title: label, scale: { zero: false }, axis: { grid: false, values: ticks(bins) } };
  const layer: object[] = [
    { mark: { type: 'bar', color: CHART_COLOURS.main, stroke: '#ffffff', strokeWidth: 0.5 }, encoding: { x, x2: { field: 'to' }, y: { field: 'frequency', type: 'quantitative', title: frequencyTitle, axis: { tickMinStep: 1 } } } }
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
