import type { Descriptives } from '../../statistics/describe/describe.js';
import type { Frequencies } from '../../statistics/describe/frequencies.js';
import type { Normality } from '../../statistics/describe/normality.js';
import { clause, LEVEL, named, type NumberWriter, type Sentence } from './sentence.js';

/** Sizes of skewness and excess kurtosis up to which maximum likelihood is little harmed. @see Kline (2016), Principles and Practice of SEM, ch. 4 */
const MOST_SKEWNESS = 3;
const MOST_KURTOSIS = 10;

export function describeSentences({ variables, listwise, rows }: Descriptives, w: NumberWriter): readonly Sentence[] {
  const known = variables.filter((one) => one.mean !== null);
  if (known.length === 0) return [];
  if (known.length === 1) {
    const [one] = known;
    const what = named(one.variable, one.label);
    return [{ en: `${what.en}: M = ${w.estimate(one.mean)}, SD = ${w.estimate(one.sd)}, n = ${one.n}.`, zh: `${what.zh}：均值 ${w.estimate(one.mean)}，标准差 ${w.estimate(one.sd)}，n = ${one.n}。` }];
  }
  const by = [...known].sort((a, b) => (a.mean ?? 0) - (b.mean ?? 0));
  const [low, high] = [by[0], by[by.length - 1]];
  const found: Sentence[] = [
    { en: `Means ran from ${w.estimate(low.mean)} (${low.variable}) to ${w.estimate(high.mean)} (${high.variable}); ${listwise} of ${rows} rows answered all ${variables.length} variables.`, zh: `均值介于 ${w.estimate(low.mean)}（${low.variable}）与 ${w.estimate(high.mean)}（${high.variable}）之间；${rows} 行中有 ${listwise} 行对全部 ${variables.length} 个变量作答。` }
  ];
  const largest = (key: 'skewness' | 'kurtosis'): number => known.reduce((most, one) => Math.max(most, Math.abs(one[key] ?? 0)), 0);
  const [skewness, kurtosis] = [largest('skewness'), largest('kurtosis')];
  const mild = skewness <= MOST_SKEWNESS && kurtosis <= MOST_KURTOSIS;
  found.push({
    en: `The largest |skewness| was ${w.statistic(skewness)} and the largest |kurtosis| ${w.statistic(kurtosis)}, ${mild ? 'within' : 'not within'} the limits ${MOST_SKEWNESS} and ${MOST_KURTOSIS} that are often taken for severe departures from normality.`,
    zh: `偏度绝对值最大为 ${w.statistic(skewness)}，峰度绝对值最大为 ${w.statistic(kurtosis)}，${mild ? '未超过' : '超过了'}常用的严重偏离正态界限（${MOST_SKEWNESS} 与 ${MOST_KURTOSIS}）。`
  });
  return found;
}

export function frequencySentences({ variables }: Frequencies, w: NumberWriter): readonly Sentence[] {
  return variables.flatMap(({ variable, label, rows, n, missing }): readonly Sentence[] => {
    if (n === 0) return [];
    const most = rows.reduce((top, row) => (row.frequency > top.frequency ? row : top), rows[0]);
    const what = named(variable, label);
    const answer = named(String(most.value), most.label);
    const ties = rows.filter((row) => row.frequency === most.frequency).length > 1;
    const gap = missing > 0 ? { en: `; ${missing} did not answer`, zh: `；${missing} 人未作答` } : { en: '', zh: '' };
    return [{ en: `${what.en}: ${ties ? 'among the most frequent answers was' : 'the most frequent answer was'} ${answer.en} (n = ${most.frequency}, ${w.percent(most.validPercent)} of ${n})${gap.en}.`, zh: `${what.zh}：${ties ? '最多的回答之一是' : '最多的回答是'}“${answer.zh}”（${most.frequency} 人，占有效回答 ${n} 的 ${w.percent(most.validPercent)}）${gap.zh}。` }];
  });
}

export function normalitySentences({ variables }: Normality, w: NumberWriter): readonly Sentence[] {
  return variables.flatMap(({ variable, label, n, shapiroWilk, lilliefors, skewness, kurtosis }): readonly Sentence[] => {
    const what = named(variable, label);
    const p = shapiroWilk?.pValue ?? lilliefors?.pValue ?? null;
    if (p === null) return [];
    const test = shapiroWilk ? `W = ${w.unit(shapiroWilk.statistic)}` : `D = ${w.unit(lilliefors?.d ?? null)}`;
    const numbers = clause(`${test}`, w.p(p), `n = ${n}`);
    const departs = p < LEVEL;
    return [
      {
        en: `${what.en} ${departs ? 'departed significantly from a normal distribution' : 'did not depart significantly from a normal distribution'} (${numbers}); skewness ${w.statistic(skewness)}, kurtosis ${w.statistic(kurtosis)}.`,
        zh: `${what.zh}${departs ? '显著偏离正态分布' : '未显著偏离正态分布'}（${numbers}）；偏度 ${w.statistic(skewness)}，峰度 ${w.statistic(kurtosis)}。`
      }
    ];
  });
}
