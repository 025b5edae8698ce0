import { describe, expect, it } from 'vitest';
import { compile, type TopLevelSpec } from 'vega-lite';
import { toBundle, toBundleAsync } from '../../../src/report/bundle.js';
import { coefficientPlot } from '../../../src/report/charts/coefficientPlot.js';
import { correlationHeatmap } from '../../../src/report/charts/correlationHeatmap.js';
import { renderChartSvg } from '../../../src/report/charts/renderChartSvg.js';
import { histogram } from '../../../src/report/charts/histogram.js';
import { importancePerformanceMap } from '../../../src/report/charts/importancePerformanceMap.js';
import { interactionPlot } from '../../../src/report/charts/interactionPlot.js';
import { likertBars } from '../../../src/report/charts/likertBars.js';
import { residualPlots } from '../../../src/report/charts/residualPlots.js';
import { screePlot } from '../../../src/report/charts/screePlot.js';
import { isVegaLite, VEGA_LITE_MIME, type VegaLiteChart } from '../../../src/report/charts/vegaLite.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

const survey = surveyFromColumns({ SAT1: [1, 2, 3, 4, 5, 4, 3, Number.NaN], SAT2: [2, 2, 3, 5, 5, 3, 3, 1], CONT: [5, 4, 4, 2, 1, 3, 3, 5] }, { name: 's' });
const charts: readonly (readonly [string, VegaLiteChart])[] = [
  ['histogram', histogram([1, 2, 2, 3, 3, 3, 4, 4, 5, Number.NaN])],
  ['histogram of decimals', histogram(Array.from({ length: 200 }, (_, i) => Math.sin(i) * 3))],
  ['histogram of one value', histogram([4, 4, 4])],
  ['Likert bars', likertBars(survey, ['SAT1', 'SAT2'], { lang: 'zh' })],
  ['correlation heat map', correlationHeatmap(correlate(survey, ['SAT1', 'SAT2', 'CONT']))],
  ['scree plot', screePlot({ eigenvalues: [2, 0.7, 0.3] })],
  ['scree plot with parallel analysis', screePlot({ eigenvalues: [2, 0.7, 0.3], parallel: { reference: [1.2, 1, 0.8], percentile: 0.95 } })],
  ['residual plots', residualPlots({ fitted: [1, 2, 3, 4], residuals: [0.1, -0.2, 0.3, -0.2] })],
  ['interaction plot', interactionPlot({ predictor: { en: 'x' }, outcome: { en: 'y' }, moderator: { en: 'w' }, from: -1, to: 1, lines: [{ level: { en: 'low' }, intercept: 1, slope: 0.2 }, { level: { en: 'high' }, intercept: 1, slope: 0.6 }] })],
  ['coefficient plot', coefficientPlot([{ term: 'a', estimate: 0.3, confLow: 0.1, confHigh: 0.5 }, { term: 'b', estimate: null, confLow: null, confHigh: null }])],
  ['importance-performance map', importancePerformanceMap([{ label: { en: 'Trust' }, importance: 0.4, performance: 61 }])]
];

describe.each(charts)('the %s', (_name, chart) => {
  it('is Vega-Lite that compiles without a warning', () => {
    const warnings: string[] = [];
    const logger = { level: () => logger, error: (...text: string[]) => (warnings.push(text.join(' ')), logger), warn: (...text: string[]) => (warnings.push(text.join(' ')), logger), info: () => logger, debug: () => logger };
    compile(chart as unknown as TopLevelSpec, { logger: logger as never });
    expect(warnings).toEqual([]);
    expect(isVegaLite(chart)).toBe(true);
  });

  it('is JSON without NaN and has a text twin and an SVG twin', async () => {
    expect(JSON.parse(JSON.stringify(chart))).toEqual(chart);
    const { data } = await toBundleAsync(chart);
    expect(Object.keys(data)).toEqual([VEGA_LITE_MIME, 'text/plain', 'image/svg+xml']);
    expect(String(data['image/svg+xml'])).toMatch(/<(path|rect)/);
    expect(String(data['image/svg+xml'])).not.toMatch(/NaN|undefined/);
  });
});

describe('what charts hold', () => {
  const valuesOf = (chart: VegaLiteChart): readonly Record<string, unknown>[] => (chart.data as { values: Record<string, unknown>[] }).values;
  it('a histogram of a rating scale has one bar per point and counts every answer', () => {
    expect(valuesOf(histogram([1, 2, 2, 3, 5]))).toEqual([1, 2, 1, 0, 1].map((frequency, i) => ({ from: i + 0.5, to: i + 1.5, frequency })));
    const decimals = valuesOf(histogram(Array.from({ length: 500 }, (_, i) => i / 7)));
    expect(decimals.reduce((sum, { frequency }) => sum + Number(frequency), 0)).toBe(500);
    expect(toBundle(histogram([1, 2, Number.NaN])).data['text/plain']).toContain('n = 2, 1 missing');
  });

  it('the bars of a histogram stand on the axis, as high as their counts', async () => {
    const svg = await renderChartSvg(histogram([1, 2, 2, 2, 3, 3], { normal: false }));
    const bars = [...svg.matchAll(/aria-roledescription="bar"[^>]*d="M([\d.-]+),([\d.-]+)h([\d.-]+)v([\d.-]+)/g)].map(([, , y, , height]) => ({ y: Number(y), height: Number(height) }));
    expect(bars).toHaveLength(3);
    const [one, three, two] = bars;
    expect(three.height / one.height).toBeCloseTo(3, 6);
    expect(two.height / one.height).toBeCloseTo(2, 6);
    for (const { y, height } of bars) expect(y + height).toBeCloseTo(one.y + one.height, 6);
  });

  it('means of items have a bar per point, other numbers bins of a round width', () => {
    const thirds = [3, 4, 5, 6, 7, 9, 15].map((sum) => sum / 3);
    const means = valuesOf(histogram(thirds));
    expect([means.length, means[0], means[12]]).toEqual([13, { from: expect.closeTo(1 - 1 / 6, 9) as number, to: expect.closeTo(1 + 1 / 6, 9) as number, frequency: 1 }, { from: expect.closeTo(5 - 1 / 6, 9) as number, to: expect.closeTo(5 + 1 / 6, 9) as number, frequency: 1 }]);
    const bins = valuesOf(histogram(Array.from({ length: 300 }, (_, i) => 100 * Math.abs(Math.sin(i * 1.7)) + i / 97)));
    expect(Number(bins[0].to) - Number(bins[0].from)).toBeOneOf([1, 2, 5, 10, 20]);
    expect(bins.reduce((sum, { frequency }) => sum + Number(frequency), 0)).toBe(300);
  });

  it('Chinese labels lie inside the picture', async () => {
    const svg = await renderChartSvg(coefficientPlot([{ term: 'x', label: { en: 'x', zh: '企业微信公众平台持续使用' }, estimate: 1, confLow: 0.5, confHigh: 1.5 }], { lang: 'zh' }));
    const left = Number(/translate\(([\d.]+),/.exec(svg)?.[1]);
    expect(left).toBeGreaterThan(12 * 11);
  });

  it('Likert shares of one item add up to one over the answers given', () => {
    const shares = valuesOf(likertBars(survey, ['SAT1'])).map(({ share }) => Number(share));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(() => likertBars(surveyFromColumns({ money: Array.from({ length: 50 }, (_, i) => i) }, { name: 'm' }), ['money'])).toThrow(/expected at most 11 points/);
  });

  it('a correlation heat map shows the lower triangle as printed', () => {
    const cells = valuesOf(correlationHeatmap(correlate(survey, ['SAT1', 'SAT2', 'CONT'])));
    expect(cells).toHaveLength(3);
    expect(String(cells[0].text)).toMatch(/^\.\d\d\**$/);
  });

  it('a residual plot of many points is thinned, and says so', () => {
    const many = { fitted: new Float64Array(10_000), residuals: Float64Array.from({ length: 10_000 }, (_, i) => Math.sin(i)) };
    expect(residualPlots(many).description).toBe('n = 10000; every 4th point is drawn');
  });

  it('an outside data address is not followed', async () => {
    const told: string[] = [];
    const spec = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: { url: 'file:///etc/passwd' }, mark: 'bar', encoding: { x: { field: 'a', type: 'nominal' } } };
    const { data } = await toBundleAsync(spec, { warn: ({ message }) => told.push(message) });
    expect(JSON.stringify(data)).not.toContain('root:');
  });
});
