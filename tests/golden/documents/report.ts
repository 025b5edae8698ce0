import { table, type Table } from '../../../src/shared/table.js';
import type { TableStyle } from '../../../src/report/format/tableStyle.js';

/** The styles in which the documents are written. */
export const STYLES: readonly { readonly name: string; readonly style: TableStyle }[] = [
  { name: 'apa', style: {} },
  { name: 'thesis', style: { style: 'thesis', lang: 'zh' } },
  { name: 'both', style: { lang: 'both' } }
];

const interval = { en: '95% CI', zh: '95% 置信区间' };

/** Tables of every kind of column, with groups, sections, notes, stars, absent numbers and texts that look like formulas or markup. */
export function tablesToWrite(): readonly Table[] {
  return [
    table(
      { en: 'Coefficients', zh: '系数' },
      [
        { key: 'term', label: { en: 'Predictor', zh: '自变量' }, kind: 'text', zhFrom: 'termZh' },
        { key: 'n', label: { en: 'n', zh: '样本量' }, kind: 'integer' },
        { key: 'b', label: { en: 'B', zh: '非标准化系数' }, kind: 'estimate', starsFrom: 'p' },
        { key: 'low', label: { en: 'Lower', zh: '下限' }, kind: 'estimate', group: interval },
        { key: 'high', label: { en: 'Upper', zh: '上限' }, kind: 'estimate', group: interval },
        { key: 'beta', label: { en: 'β', zh: '标准化系数' }, kind: 'unit' },
        { key: 'p', label: { en: 'p', zh: '显著性' }, kind: 'pValue' },
        { key: 'share', label: { en: 'Share', zh: '百分比' }, kind: 'percent' }
      ],
      [
        { term: '(Constant)', termZh: '（常量）', n: 455, b: -1.2345678, low: -2.25, high: -0.2191356, beta: null, p: 0.0179, share: 0.5 },
        { term: 'Trust', termZh: '信任', n: 1234567, b: 0.4999999, low: 0.31, high: 0.69, beta: 0.4412, p: 0.0000004, share: 0.12345 },
        { term: '=SUM(A1:A9) & <b>', termZh: '=HYPERLINK("x")', n: 0, b: 12345.678, low: null, high: null, beta: -0.0449, p: 0.0499, share: 1 },
        { term: '-2 log L "quoted"', termZh: '@文本，逗号', n: 7, b: 1e-9, low: -1e-9, high: 3e-9, beta: 1, p: 1, share: 0 }
      ],
      { sections: [{ beforeRow: 0, label: { en: 'Model 1', zh: '模型 1' } }, { beforeRow: 2, label: { en: 'Model 2', zh: '模型 2' } }], notes: [{ en: 'n = 455; 12 rows dropped (listwise).', zh: 'n = 455；按列表删除 12 行。' }, { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' }] }
    ),
    table({ en: 'Words', zh: '文字' }, [{ key: 'a', label: { en: 'Answer', zh: '回答' }, kind: 'text' }, { key: 'k', label: { en: 'Count', zh: '频数' }, kind: 'integer' }], [{ a: '+86 138', k: 3 }, { a: '0012', k: null }, { a: '满意 😀 ≥ 4', k: 12 }]),
    table({ en: 'Many columns', zh: '多列' }, Array.from({ length: 14 }, (_, j) => ({ key: `c${j}`, label: { en: `Column ${j + 1}`, zh: `第 ${j + 1} 列` }, kind: 'number' as const, digits: 3 })), Array.from({ length: 3 }, (_, i) => Object.fromEntries(Array.from({ length: 14 }, (_, j) => [`c${j}`, (i + 1) * (j - 6) * 1.0371]))))
  ];
}
