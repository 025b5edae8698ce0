import type { LittleMcar } from '../../statistics/missingness/littleMcar.js';
import type { MissingReport } from '../../statistics/missingness/missingReport.js';
import { clause, LEVEL, plural, type NumberWriter, type Sentence } from './sentence.js';

export function missingSentences({ rows, variables, completeRows, missingCells, missingShare }: MissingReport, w: NumberWriter): readonly Sentence[] {
  if (missingCells === 0) return [{ en: `No answer is missing: all ${rows} rows are complete on ${plural(variables.length, 'variable')}.`, zh: `没有缺失：${rows} 行在 ${variables.length} 个变量上均完整。` }];
  const most = variables.reduce((top, one) => (one.missing > top.missing ? one : top), variables[0]);
  return [{ en: `${w.percent(missingShare)} of the cells are missing, most of them in ${most.name} (${w.percent(most.share)}); ${completeRows} of ${rows} rows are complete.`, zh: `缺失单元格占 ${w.percent(missingShare)}，最多的是 ${most.name}（${w.percent(most.share)}）；${rows} 行中 ${completeRows} 行完整。` }];
}

export function littleSentences({ chiSquare, df, pValue, converged }: LittleMcar, w: NumberWriter): readonly Sentence[] {
  if (chiSquare === null || pValue === null || !converged) return [];
  const numbers = clause(`χ²(${w.count(df)}) = ${w.statistic(chiSquare)}`, w.p(pValue));
  return [pValue < LEVEL ? { en: `Little’s test rejects that answers are missing completely at random, ${numbers}.`, zh: `Little 检验拒绝完全随机缺失，${numbers}。` } : { en: `Little’s test does not reject that answers are missing completely at random, ${numbers}; this is no proof of it.`, zh: `Little 检验未拒绝完全随机缺失，${numbers}；这并不能证明完全随机缺失。` }];
}
