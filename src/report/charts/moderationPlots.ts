import type { Moderation } from '../../models/regression/index.js';
import type { Bilingual } from '../../shared/table.js';
import type { VegaLiteChart } from './vegaLite.js';
import { CHART_COLOURS, chart, words, type ChartOptions } from './chartStyle.js';
import { interactionPlot } from './interactionPlot.js';

export interface ModerationPlotOptions extends ChartOptions {
  /** Wording of a column; by default the codebook's. */
  readonly label?: (name: string) => Bilingual;
}

function wording({ spec, labels }: Moderation): (name: string) => Bilingual {
  return (name) => (name === spec.outcome ? labels.outcome : name === spec.predictor ? labels.predictor : labels.moderator);
}

/** The predicted outcome over the predictor, one line per probed moderator value, covariates at their means. */
export function slopesPlot(moderation: Moderation, { label = wording(moderation), ...options }: ModerationPlotOptions = {}): VegaLiteChart {
  const { spec, interaction } = moderation;
  const value = (at: number): string => String(Number(at.toPrecision(4))).replace('-', '−');
  const lines = interaction.lines.map(({ probe, intercept, slope }) => {
    const { en, zh } = probe.label;
    const named = en === String(probe.value) ? { en: value(probe.value) } : { en: `${en} (${value(probe.value)})`, ...(zh ? { zh: `${zh}（${value(probe.value)}）` } : {}) };
    return { level: named, intercept, slope };
  });
  return interactionPlot({ predictor: label(spec.predictor), outcome: label(spec.outcome), moderator: label(spec.moderator), lines, from: interaction.from, to: interaction.to }, options);
}

/**
 * The effect of the predictor over the moderator's observed range with its
 * confidence band; dashed lines where significance changes.
 * @see Bauer & Curran (2005), Multivariate Behavioral Research 40
 */
export function johnsonNeymanPlot(moderation: Moderation, { label = wording(moderation), ...options }: ModerationPlotOptions = {}): VegaLiteChart {
  const { spec, region, johnsonNeyman, fit } = moderation;
  const values = region.map(({ probe, estimate, confLow, confHigh }) => ({ moderator: probe.value, effect: estimate, low: confLow, high: confHigh }));
  const predictor = label(spec.predictor);
  const outcome = label(spec.outcome);
  const percent = Number((100 * fit.options.confLevel).toFixed(2));
  const x = { field: 'moderator', type: 'quantitative', title: words(label(spec.moderator), options), scale: { zero: false, nice: false }, axis: { grid: false } };
  const y = { type: 'quantitative', title: words({ en: `Effect of ${words(predictor, { lang: 'en' })} (${percent}% CI)`, zh: `${words(predictor, { lang: 'zh' })}的效应（${percent}% 置信区间）` }, options) };
  return chart(
    { en: `Johnson–Neyman: effect on ${words(outcome, { lang: 'en' })}`, zh: `Johnson–Neyman：对${words(outcome, { lang: 'zh' })}的效应` },
    options,
    {
      description: johnsonNeyman.length === 0 ? 'significance does not change within the observed range' : `significance changes at ${johnsonNeyman.map(({ value }) => Number(value.toPrecision(4))).join(', ')}`,
      data: { values },
      layer: [
        { mark: { type: 'area', color: CHART_COLOURS.main, opacity: 0.18 }, encoding: { x: x as never, y: { ...y, field: 'low' } as never, y2: { field: 'high' } } },
        { mark: { type: 'line', color: CHART_COLOURS.main, strokeWidth: 1.8 }, encoding: { x: x as never, y: { ...y, field: 'effect' } as never } },
        { data: { values: [{ zero: 0 }] }, mark: { type: 'rule', color: '#777777' }, encoding: { y: { field: 'zero', type: 'quantitative' } } },
        ...(johnsonNeyman.length === 0 ? [] : [{ data: { values: johnsonNeyman.map(({ value }) => ({ bound: value })) }, mark: { type: 'rule', color: CHART_COLOURS.accent, strokeDash: [4, 3] }, encoding: { x: { field: 'bound', type: 'quantitative' } } }])
      ]
    },
    { width: 320, height: 220 }
  );
}
