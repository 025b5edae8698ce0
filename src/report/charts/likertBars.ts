import type { Survey } from '../../survey/survey.js';
import { fail } from '../../shared/diagnostic.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';

const MOST_POINTS = 11;
/** Narrower parts of a bar have no room for their number. */
const LEAST_LABELLED = 0.07;

/** From disagreement to agreement, light in the middle; the ends differ in grey print too. */
function ramp(points: number): readonly string[] {
  const channel = (hex: string, k: number): number => Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mix = (a: string, b: string, t: number): string => `#${[0, 1, 2].map((k) => Math.round(channel(a, k) + (channel(b, k) - channel(a, k)) * t).toString(16).padStart(2, '0')).join('')}`;
  return Array.from({ length: points }, (_, i) => {
    const t = points === 1 ? 0.5 : i / (points - 1);
    return t < 0.5 ? mix(CHART_COLOURS.low, CHART_COLOURS.middle, t * 2) : mix(CHART_COLOURS.middle, CHART_COLOURS.high, t * 2 - 1);
  });
}

/** Share of each answer per item, stacked to one; the order of the bars is that of `items`. */
export function likertBars(survey: Survey, items: readonly string[], options: ChartOptions = {}): VegaLiteChart {
  if (items.length === 0) fail('no-items', 'stacked bars need at least one item');
  const numbers = items.map((name) => survey.numeric(name));
  const answers = [...new Set(numbers.flatMap((values) => [...new Set(values)]))].filter(Number.isFinite).sort((a, b) => a - b);
  if (answers.length === 0) fail('no-data', 'the items hold no answers');
  if (answers.length > MOST_POINTS) fail('not-a-scale', `the items hold ${answers.length} different values, expected at most ${MOST_POINTS} points of a rating scale`);
  const nameOf = (answer: number): string => {
    const label = items.map((name) => survey.info(name).valueLabels.get(answer)).find((found) => found !== undefined);
    return label ? `${answer} ${words(label, options)}` : String(answer);
  };
  const itemName = (name: string): string => {
    const { label } = survey.info(name);
    return label ? `${name} ${words(label, options)}` : name;
  };
  const values = items.flatMap((name, i) => {
    const present = numbers[i].filter(Number.isFinite);
    let before = 0;
    return answers.map((answer, order) => {
      const count = present.reduce((sum, value) => sum + (value === answer ? 1 : 0), 0);
      const share = present.length === 0 ? 0 : count / present.length;
      before += share;
      return { item: itemName(name), answer: nameOf(answer), order, count, share, middle: before - share / 2 };
    });
  });
  const title = words({ en: 'Share of answers', zh: '回答占比' }, options);
  return chart(
    { en: 'Answers per item', zh: '各题项回答分布' },
    options,
    {
      description: `${survey.validCount} valid rows; shares of the answers given`,
      data: { values },
      encoding: {
        y: { field: 'item', type: 'nominal', sort: null, title: null, axis: { labelLimit: 480 } },
        order: { field: 'order', type: 'quantitative' }
      },
      layer: [
        { mark: { type: 'bar', stroke: '#ffffff', strokeWidth: 0.5 }, encoding: { x: { field: 'share', type: 'quantitative', stack: 'zero', axis: { format: '%' }, scale: { domain: [0, 1] }, title }, color: { field: 'answer', type: 'nominal', scale: { domain: answers.map(nameOf), range: ramp(answers.length) }, title: words({ en: 'Answer', zh: '回答' }, options), legend: { labelLimit: 260 } } } },
        // the numbers tell the classes apart in grey print too
        { transform: [{ filter: `datum.share >= ${LEAST_LABELLED}` }], mark: { type: 'text', fontSize: 10 }, encoding: { x: { field: 'middle', type: 'quantitative', stack: null, title }, text: { field: 'share', type: 'quantitative', format: '.0%' }, color: { condition: { test: `datum.order === 0 || datum.order === ${answers.length - 1}`, value: '#ffffff' }, value: '#222222' } } }
      ]
    },
    { width: 360, height: { step: 22 } }
  );
}
