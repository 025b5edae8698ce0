import type { IndirectEffect, Mediation, Moderation } from '../../models/regression/index.js';
import { both, clause, LEVEL, type NumberWriter, type Sentence } from './sentence.js';

/** Is there an interaction, how large is the effect at each probe, where does significance change. */
export function moderationSentences({ spec, fit, slopes, johnsonNeyman, region }: Moderation, w: NumberWriter): readonly Sentence[] {
  const { predictor, moderator, outcome } = spec;
  const product = fit.coefficients[fit.coefficients.length - 1];
  const last = fit.blocks[fit.blocks.length - 1];
  const level = fit.options.confLevel;
  const found: Sentence[] = [];
  if (product.pValue !== null) {
    const numbers = clause(`B = ${w.estimate(product.estimate)}`, `SE = ${w.estimate(product.stdError)}`, w.p(product.pValue), w.interval(product.confLow, product.confHigh, level), `ΔR² = ${w.unit(last.rSquaredChange)}`);
    const significant = product.pValue < LEVEL;
    found.push({ en: `The relation of ${predictor} to ${outcome} ${significant ? 'depended significantly' : 'did not depend significantly'} on ${moderator} (interaction ${numbers}).`, zh: `${predictor} 与 ${outcome} 的关系${significant ? '显著' : '不显著'}随 ${moderator} 变化（交互项 ${numbers}）。` });
  }
  for (const { probe, estimate, pValue, confLow, confHigh } of slopes) {
    const at = both(probe.label);
    const numbers = clause(`effect ${w.estimate(estimate)}`, w.p(pValue), w.interval(confLow, confHigh, level));
    const place = at.en === String(probe.value) ? { en: at.en, zh: at.zh } : { en: `${w.estimate(probe.value)} (${at.en})`, zh: `${w.estimate(probe.value)}（${at.zh}）` };
    found.push({ en: `At ${moderator} = ${place.en} the slope of ${predictor} was ${pValue < LEVEL ? '' : 'not '}significant (${numbers}).`, zh: `当 ${moderator} = ${place.zh}时，${predictor} 的斜率${pValue < LEVEL ? '显著' : '不显著'}（${numbers}）。` });
  }
  const bounds = johnsonNeyman.map(({ value }) => w.estimate(value));
  if (bounds.length > 0) found.push({ en: `Within the observed range of ${moderator}, significance of the slope changes at ${bounds.join(' and ')}.`, zh: `在 ${moderator} 的观测范围内，斜率的显著性在 ${bounds.join(' 与 ')} 处改变。` });
  else if (region.length > 0) {
    const everywhere = region[0].pValue < 1 - level;
    found.push({ en: `The slope is significant ${everywhere ? 'over the whole' : 'nowhere in the'} observed range of ${moderator}.`, zh: `在 ${moderator} 的整个观测范围内，斜率${everywhere ? '均显著' : '均不显著'}。` });
  }
  return found;
}

function indirect({ kind, path, probe, estimate, stdError, confLow, confHigh }: IndirectEffect, moderator: string | undefined, level: number, w: NumberWriter): Sentence | null {
  if (confLow === null || confHigh === null) return null;
  const numbers = clause(w.estimate(estimate), `boot SE = ${w.estimate(stdError)}`, w.interval(confLow, confHigh, level));
  const clear = confLow > 0 || confHigh < 0;
  const verdict = { en: clear ? 'excludes zero' : 'includes zero', zh: clear ? '不含 0' : '含 0' };
  if (kind === 'totalIndirect') return { en: `The interval of the total indirect effect ${verdict.en} (${numbers}).`, zh: `总间接效应的置信区间${verdict.zh}（${numbers}）。` };
  if (kind === 'index') return { en: `The interval of the index of moderated mediation of ${path} ${verdict.en} (${numbers}).`, zh: `${path} 的有调节的中介指数置信区间${verdict.zh}（${numbers}）。` };
  const label = probe ? both(probe.label) : undefined;
  const at = probe && label ? { en: ` at ${moderator ?? ''} = ${w.estimate(probe.value)}${label.en === String(probe.value) ? '' : ` (${label.en})`}`, zh: `（${moderator ?? ''} = ${w.estimate(probe.value)}${label.zh === String(probe.value) ? '' : `，${label.zh}`}）` } : { en: '', zh: '' };
  return { en: `The interval of the indirect effect ${path}${at.en} ${verdict.en} (${numbers}).`, zh: `间接效应 ${path}${at.zh}的置信区间${verdict.zh}（${numbers}）。` };
}

/** Direct and total effects by their tests, indirect effects by their intervals. Cross-sectional data cannot show the order of causes, and the sentences do not claim it. */
export function mediationSentences({ spec, equations, total, effects, confLevel }: Mediation, w: NumberWriter): readonly Sentence[] {
  const { predictor, outcome, moderator } = spec;
  const direct = equations[equations.length - 1].coefficients[1];
  const found: Sentence[] = [];
  for (const [kind, row] of [['total', total?.coefficients[1]], ['direct', direct]] as const) {
    if (!row || row.pValue === null) continue;
    const numbers = clause(`B = ${w.estimate(row.estimate)}`, `SE = ${w.estimate(row.stdError)}`, w.p(row.pValue), w.interval(row.confLow, row.confHigh, confLevel));
    const significant = row.pValue < LEVEL;
    found.push({ en: `The ${kind} effect of ${predictor} on ${outcome} was ${significant ? '' : 'not '}significant (${numbers}).`, zh: `${predictor} 对 ${outcome} 的${kind === 'total' ? '总' : '直接'}效应${significant ? '显著' : '不显著'}（${numbers}）。` });
  }
  for (const effect of effects) {
    const sentence = indirect(effect, moderator, confLevel, w);
    if (sentence) found.push(sentence);
  }
  return found;
}
