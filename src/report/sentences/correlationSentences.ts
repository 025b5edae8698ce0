import type { Correlations, CorrelationMethod } from '../../statistics/correlate/correlations.js';
import { clause, LEVEL, named, type NumberWriter, type Sentence } from './sentence.js';

const LETTER: Readonly<Record<CorrelationMethod, string>> = { pearson: 'r', spearman: 'ρ', kendall: 'τ', polychoric: 'polychoric r' };

/** One pair is told whole; of a matrix the count of significant pairs and the largest. */
export function correlationSentences(correlations: Correlations, w: NumberWriter): readonly Sentence[] {
  const { variables, options } = correlations;
  const pairs = variables.flatMap((_, i) => variables.slice(0, i).map((__, j) => ({ i: j, j: i, ...correlations.at(i, j) }))).filter(({ r }) => r !== null);
  if (pairs.length === 0) return [];
  const given = options.control.length > 0 ? { en: `, with ${options.control.join(', ')} held constant`, zh: `（控制 ${options.control.join('、')}）` } : { en: '', zh: '' };
  const told = ({ i, j, r, pValue, confLow, confHigh, n }: (typeof pairs)[number]): { readonly a: Sentence; readonly b: Sentence; readonly numbers: string } => ({
    a: named(variables[i].name, variables[i].label),
    b: named(variables[j].name, variables[j].label),
    numbers: clause(`${LETTER[options.method]} = ${w.unit(r)}`, pValue === null ? '' : w.p(pValue), w.interval(confLow, confHigh, options.confidence, 'unit'), `n = ${n}`)
  });
  if (pairs.length === 1) {
    const [pair] = pairs;
    const { a, b, numbers } = told(pair);
    const significant = pair.pValue !== null && pair.pValue < LEVEL;
    const sign = (pair.r ?? 0) > 0 ? { en: 'positively', zh: '显著正相关' } : { en: 'negatively', zh: '显著负相关' };
    return [significant ? { en: `${a.en} and ${b.en} were significantly and ${sign.en} correlated${given.en} (${numbers}).`, zh: `${a.zh}与${b.zh}${sign.zh}${given.zh}（${numbers}）。` } : { en: `${a.en} and ${b.en} were not significantly correlated${given.en} (${numbers}).`, zh: `${a.zh}与${b.zh}相关不显著${given.zh}（${numbers}）。` }];
  }
  const significant = pairs.filter(({ pValue }) => pValue !== null && pValue < LEVEL);
  const positive = significant.filter(({ r }) => (r ?? 0) > 0).length;
  const largest = pairs.reduce((top, pair) => (Math.abs(pair.r ?? 0) > Math.abs(top.r ?? 0) ? pair : top), pairs[0]);
  const { a, b, numbers } = told(largest);
  return [
    { en: `Of ${pairs.length} correlations${given.en}, ${significant.length} were significant at the .05 level (${positive} positive, ${significant.length - positive} negative), without adjustment for their number.`, zh: `${pairs.length} 个相关系数${given.zh}中有 ${significant.length} 个在 .05 水平上显著（正 ${positive} 个，负 ${significant.length - positive} 个），未作多重比较校正。` },
    { en: `The largest in size was that of ${a.en} and ${b.en} (${numbers}).`, zh: `绝对值最大的是${a.zh}与${b.zh}（${numbers}）。` }
  ];
}
