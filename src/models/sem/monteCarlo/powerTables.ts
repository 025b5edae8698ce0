import { table, type Bilingual, type Table, type TableColumn } from '../../../shared/table.js';
import type { PowerResult } from './powerResult.js';

type Facts = Omit<PowerResult, 'tidy' | 'tables'>;

const COLUMNS: readonly TableColumn[] = [
  { key: 'population', label: { en: 'Population', zh: '总体值' }, kind: 'estimate', digits: 3 },
  { key: 'mean', label: { en: 'Mean estimate', zh: '平均估计值' }, kind: 'estimate', digits: 3 },
  { key: 'relativeBias', label: { en: 'Relative bias', zh: '相对偏差' }, kind: 'percent', digits: 1 },
  { key: 'spread', label: { en: 'SD of estimates', zh: '估计值标准差' }, kind: 'estimate', digits: 3 },
  { key: 'stdErrorBias', label: { en: 'SE bias', zh: '标准误偏差' }, kind: 'percent', digits: 1 },
  { key: 'coverage', label: { en: 'Coverage', zh: '覆盖率' }, kind: 'unit', digits: 3 },
  { key: 'power', label: { en: 'Power', zh: '检验力' }, kind: 'unit', digits: 3 }
];
const LIMITS: readonly TableColumn[] = [
  { key: 'powerLow', label: { en: 'lower', zh: '下限' }, kind: 'unit', digits: 3, group: { en: '95% Monte Carlo', zh: '95% 蒙特卡罗区间' } },
  { key: 'powerHigh', label: { en: 'upper', zh: '上限' }, kind: 'unit', digits: 3, group: { en: '95% Monte Carlo', zh: '95% 蒙特卡罗区间' } }
];

export function powerTidy({ parameters }: Facts): Table {
  const text = (key: string, en: string): TableColumn => ({ key, label: { en }, kind: 'text' });
  return table({ en: 'Power' }, [{ key: 'n', label: { en: 'n' }, kind: 'integer' }, text('term', 'term'), text('lhs', 'lhs'), text('op', 'op'), text('rhs', 'rhs'), { key: 'group', label: { en: 'group' }, kind: 'integer' }, text('label', 'label'), ...COLUMNS, ...LIMITS], parameters.map((row) => ({ ...row })));
}

/** Regressions, loadings, covariances and defined parameters for print; variances and intercepts are in `tidy()`. */
export function powerTables(facts: Facts): readonly Table[] {
  const { parameters, sampleSizes, alpha, seed, replications } = facts;
  const shown = parameters.filter(({ op, lhs, rhs }) => op !== '~1' && op !== '|' && !(op === '~~' && lhs === rhs));
  const many = new Set(shown.map(({ group }) => group)).size > 1;
  const rows = shown.map((row) => ({ ...row, term: row.op === ':=' ? row.lhs : `${row.lhs} ${row.op} ${row.rhs}`, group: row.group }));
  const sections = sampleSizes.length < 2 ? undefined : sampleSizes.map(({ n }) => ({ beforeRow: rows.findIndex((row) => row.n === n), label: { en: `n = ${n}`, zh: `n = ${n}` } })).filter(({ beforeRow }) => beforeRow >= 0);
  const size = sampleSizes.length === 1 ? `n = ${sampleSizes[0].n}; ` : '';
  const notes: Bilingual[] = [
    { en: `${size}${replications} replications, seed ${seed}, two-sided tests at ${alpha}.`, zh: `${size.replace('; ', '；')}重复 ${replications} 次，种子 ${seed}，双侧检验水平 ${alpha}。` },
    { en: 'Where the population value is 0, power is the rate of false alarms.', zh: '总体值为 0 时，检验力即第一类错误率。' }
  ];
  return [
    table({ en: 'Power and accuracy', zh: '检验力与估计精度' }, [{ key: 'term', label: { en: 'Parameter', zh: '参数' }, kind: 'text' }, ...(many ? [{ key: 'group', label: { en: 'Group', zh: '组' }, kind: 'integer' } as const] : []), ...COLUMNS, ...LIMITS], rows, { notes, ...(sections ? { sections } : {}) }),
    table(
      { en: 'Replications', zh: '重复抽样情况' },
      [
        { key: 'n', label: { en: 'n', zh: 'n' }, kind: 'integer' },
        { key: 'used', label: { en: 'Used', zh: '使用' }, kind: 'integer' },
        { key: 'notConverged', label: { en: 'Not converged', zh: '未收敛' }, kind: 'integer' },
        { key: 'failed', label: { en: 'Not fitted', zh: '无法估计' }, kind: 'integer' },
        { key: 'inadmissible', label: { en: 'Improper', zh: '不当解' }, kind: 'integer' },
        { key: 'rejected', label: { en: `Model rejected (p < ${alpha})`, zh: '模型被拒比例' }, kind: 'unit', digits: 3 },
        { key: 'cfi', label: { en: 'Mean CFI', zh: '平均 CFI' }, kind: 'unit', digits: 3 },
        { key: 'rmsea', label: { en: 'Mean RMSEA', zh: '平均 RMSEA' }, kind: 'unit', digits: 3 }
      ],
      sampleSizes.map((row) => ({ ...row }))
    )
  ];
}
