import type { ItemAnalysis } from '../../statistics/reliability/itemAnalysis.js';
import type { Reliability } from '../../statistics/reliability/reliabilityResult.js';
import type { ScaleReliabilities } from '../../statistics/reliability/scaleSummary.js';
import { clause, LEVEL, listed, named, plural, type NumberWriter, type Sentence } from './sentence.js';

/** @see Nunnally & Bernstein (1994), Psychometric Theory, ch. 7 */
const USUAL_ALPHA = 0.7;

export function reliabilitySentences(scale: Reliability, w: NumberWriter): readonly Sentence[] {
  const what = scale.scale === undefined ? { en: 'the scale', zh: '该量表' } : named(scale.scale, scale.label);
  const { alpha, items, omega } = scale;
  if (alpha === null) return [{ en: `Cronbach’s α of ${what.en} cannot be computed.`, zh: `${what.zh}的 Cronbach’s α 无法计算。` }];
  const numbers = clause(`α = ${w.unit(alpha)}`, w.interval(scale.confLow, scale.confHigh, scale.options.confidence, 'unit'), omega === null ? '' : `ω = ${w.unit(omega)}`, `n = ${scale.n}`);
  const reaches = alpha >= USUAL_ALPHA;
  const better = items.filter((item) => item.alphaIfDeleted !== null && item.alphaIfDeleted > alpha).sort((a, b) => (b.alphaIfDeleted ?? 0) - (a.alphaIfDeleted ?? 0));
  const gain =
    items.length < 3
      ? { en: '', zh: '' }
      : better.length === 0
        ? { en: '; no item’s deletion raises it', zh: '；删除任一题项均不会提高' }
        : { en: `; deleting ${better[0].item} raises it to ${w.unit(better[0].alphaIfDeleted)}`, zh: `；删除 ${better[0].item} 后提高到 ${w.unit(better[0].alphaIfDeleted)}` };
  return [
    {
      en: `The ${plural(items.length, 'item')} of ${what.en} had a Cronbach’s α ${reaches ? 'at or above' : 'below'} the usual ${w.unit(USUAL_ALPHA)} (${numbers})${gain.en}.`,
      zh: `${what.zh}（${items.length} 题）的 Cronbach’s α ${reaches ? '不低于' : '低于'}通常要求的 ${w.unit(USUAL_ALPHA)}（${numbers}）${gain.zh}。`
    }
  ];
}

export function scaleSentences({ scales }: ScaleReliabilities, w: NumberWriter): readonly Sentence[] {
  return scales.flatMap((scale) => reliabilitySentences(scale, w));
}

export function itemAnalysisSentences({ items, lowCount, highCount }: ItemAnalysis, w: NumberWriter): readonly Sentence[] {
  const weak = items.filter(({ criticalRatio: { pValue } }) => pValue === null || pValue >= LEVEL);
  const ratios = items.flatMap(({ criticalRatio: { t } }) => (t === null ? [] : [Math.abs(t)]));
  const least = ratios.length === 0 ? null : Math.min(...ratios);
  const groups = { en: `the low (n = ${lowCount}) and high (n = ${highCount}) groups`, zh: `低分组（n = ${lowCount}）与高分组（n = ${highCount}）` };
  if (weak.length === 0) return [{ en: `All ${plural(items.length, 'item')} told ${groups.en} apart; the smallest critical ratio was ${w.statistic(least)}.`, zh: `全部 ${items.length} 题均能区分${groups.zh}；最小决断值为 ${w.statistic(least)}。` }];
  const names = listed(weak.map(({ item }) => ({ en: item, zh: item })));
  return [{ en: `${names.en} did not tell ${groups.en} apart at the .05 level; the other ${plural(items.length - weak.length, 'item')} did.`, zh: `${names.zh} 未能在 .05 水平上区分${groups.zh}；其余 ${items.length - weak.length} 题能够区分。` }];
}
