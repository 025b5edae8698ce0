import { table, type Table } from '../../../shared/table.js';
import type { SemFit } from '../results.js';
import { fitNotes } from './fitNotes.js';

/** The tests of the model side by side, where more were asked for than the fit indices show. */
export function testTable(fit: SemFit): readonly Table[] {
  const scaled = fit.tests.filter(({ scalingFactor }) => scalingFactor !== null).length;
  if (fit.tests.length - scaled < 2 && scaled < 2) return [];
  return [
    table(
      { en: 'Tests of the model', zh: '模型检验' },
      [
        { key: 'test', label: { en: 'Test', zh: '检验' }, kind: 'text' },
        { key: 'statistic', label: { en: 'Statistic', zh: '统计量' }, kind: 'number' },
        { key: 'df', label: { en: 'df', zh: '自由度' }, kind: 'number' },
        { key: 'pValue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue' },
        { key: 'scalingFactor', label: { en: 'Scaling', zh: '校正因子' }, kind: 'number', digits: 3 },
        { key: 'shift', label: { en: 'Shift', zh: '平移' }, kind: 'number', digits: 3 }
      ],
      fit.tests.map(({ test, statistic, df, pValue, scalingFactor, shift }) => ({ test, statistic, df, pValue, scalingFactor, shift })),
      { notes: fitNotes(fit) }
    )
  ];
}
