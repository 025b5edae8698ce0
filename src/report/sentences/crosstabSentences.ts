import type { Crosstab } from '../../statistics/categorical/crosstab.js';
import { clause, LEVEL, type NumberWriter, type Sentence } from './sentence.js';

/** χ² decides where its counts allow it, Fisher's exact test where they do not. */
export function crosstabSentences({ row, column, test, fisher, n, counts }: Crosstab, w: NumberWriter): readonly Sentence[] {
  const doubtful = test.smallestExpected < 1 || test.smallCells / counts.length > 0.2;
  const exact = doubtful && fisher.pValue !== null;
  const p = exact ? fisher.pValue : test.pearson.pValue;
  if (p === null) return [];
  const numbers = clause(`χ²(${w.count(test.pearson.df)}, n = ${n}) = ${w.statistic(test.pearson.chiSquare)}`, w.p(test.pearson.pValue), exact ? `Fisher’s exact ${w.p(fisher.pValue)}` : '', `V = ${w.unit(test.cramerV)}`, w.interval(test.confLow, test.confHigh, 0.95, 'unit'));
  const by = exact ? { en: ' (by Fisher’s exact test, since expected counts are small)', zh: '（因期望频数过小，以 Fisher 精确检验为准）' } : { en: '', zh: '' };
  return [p < LEVEL ? { en: `${row} and ${column} were significantly associated${by.en}, ${numbers}.`, zh: `${row} 与 ${column} 显著相关${by.zh}，${numbers}。` } : { en: `${row} and ${column} were not significantly associated${by.en}, ${numbers}.`, zh: `${row} 与 ${column} 的关联不显著${by.zh}，${numbers}。` }];
}
