import { table, type Bilingual, type Table, type TableColumn, type TableRow } from '../../../shared/table.js';
import type { BootstrapEstimate, BootstrapResult } from './bootstrapResult.js';

type Facts = Omit<BootstrapResult, 'tidy' | 'tables'>;

const TYPE_WORDS: Readonly<Record<BootstrapResult['type'], Bilingual>> = {
  nonparametric: { en: 'rows drawn with replacement', zh: '有放回抽样' },
  parametric: { en: 'samples drawn from the fitted model', zh: '参数自助抽样' },
  'bollen.stine': { en: 'rows transformed to obey the model, drawn with replacement', zh: 'Bollen–Stine 自助抽样' }
};

/** What every table of a bootstrap says below itself. */
function notes({ type, draws, used, notConverged, failed, inadmissible, seed, level, testPValue }: Facts): readonly Bilingual[] {
  const lost = notConverged + failed;
  const all: Bilingual[] = [
    { en: `${draws} draws (${TYPE_WORDS[type].en}), seed ${seed}; ${used} used${lost > 0 ? `, ${notConverged} not converged, ${failed} could not be fitted` : ''}${inadmissible > 0 ? `, ${inadmissible} of those used improper` : ''}.`, zh: `抽样 ${draws} 次（${TYPE_WORDS[type].zh ?? ''}），种子 ${seed}；使用 ${used} 次${lost > 0 ? `，未收敛 ${notConverged} 次，无法估计 ${failed} 次` : ''}${inadmissible > 0 ? `，其中不当解 ${inadmissible} 次` : ''}。` },
    { en: `${Math.round(level * 1000) / 10}% intervals; z and p from the standard deviation of the draws.`, zh: `${Math.round(level * 1000) / 10}% 置信区间；z 与 p 由抽样标准差计算。` }
  ];
  if (testPValue !== null) all.push({ en: `Bollen–Stine p of the model test = ${testPValue.toFixed(3)}.`, zh: `Bollen–Stine 模型检验 p = ${testPValue.toFixed(3)}。` });
  return all;
}

const limit = (key: string, label: Bilingual, group: Bilingual): TableColumn => ({ key, label, kind: 'estimate', digits: 3, group });
const LOW: Bilingual = { en: 'lower', zh: '下限' };
const HIGH: Bilingual = { en: 'upper', zh: '上限' };
const PERCENTILE: Bilingual = { en: 'Percentile', zh: '百分位' };
const BC: Bilingual = { en: 'Bias-corrected', zh: '偏差校正' };
const STANDARDIZED: Bilingual = { en: 'Standardized, percentile', zh: '标准化（百分位）' };

function cells(row: BootstrapEstimate): TableRow {
  const { percentile, bc } = row.intervals;
  return {
    estimate: row.estimate, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue,
    percentileLow: percentile?.[0] ?? null, percentileHigh: percentile?.[1] ?? null,
    bcLow: bc?.[0] ?? null, bcHigh: bc?.[1] ?? null,
    stdAll: row.stdAll, stdLow: row.stdAllPercentile?.[0] ?? null, stdHigh: row.stdAllPercentile?.[1] ?? null
  };
}

const VALUES: readonly TableColumn[] = [
  { key: 'estimate', label: { en: 'Estimate', zh: '估计值' }, kind: 'estimate', digits: 3 },
  { key: 'stdError', label: { en: 'Boot SE', zh: '自助标准误' }, kind: 'estimate', digits: 3 },
  { key: 'pValue', label: { en: 'p', zh: 'p' }, kind: 'pValue' },
  limit('percentileLow', LOW, PERCENTILE),
  limit('percentileHigh', HIGH, PERCENTILE),
  limit('bcLow', LOW, BC),
  limit('bcHigh', HIGH, BC),
  { key: 'stdAll', label: { en: 'Std. all', zh: '标准化' }, kind: 'unit', digits: 3, group: STANDARDIZED },
  limit('stdLow', LOW, STANDARDIZED),
  limit('stdHigh', HIGH, STANDARDIZED)
];

/** Whether an interval without zero speaks for the effect; only where both intervals exist. */
function speaksFor(row: BootstrapEstimate): Bilingual | null {
  const { percentile, bc } = row.intervals;
  if (!percentile || !bc) return null;
  const away = ([low, high]: readonly [number, number]): boolean => low > 0 || high < 0;
  return away(percentile) && away(bc) ? { en: 'yes', zh: '是' } : away(percentile) || away(bc) ? { en: 'one only', zh: '不一致' } : { en: 'no', zh: '否' };
}

/** Defined effects first (what a mediation asks for), then the regressions. */
export function bootstrapTables(result: Facts): readonly Table[] {
  const out: Table[] = [];
  const defined = result.estimates.filter((row) => row.op === ':=');
  const paths = result.estimates.filter((row) => row.op === '~');
  if (defined.length > 0) {
    out.push(
      table(
        { en: 'Bootstrapped effects', zh: '效应的自助法检验' },
        [{ key: 'effect', label: { en: 'Effect', zh: '效应' }, kind: 'text' }, { key: 'formula', label: { en: 'Formula', zh: '公式' }, kind: 'text' }, ...VALUES, { key: 'zeroOutside', label: { en: 'Zero outside', zh: '区间不含零' }, kind: 'text', zhFrom: 'zeroOutsideZh' }],
        defined.map((row) => ({ effect: row.lhs, formula: row.rhs, ...cells(row), zeroOutside: speaksFor(row)?.en ?? null, zeroOutsideZh: speaksFor(row)?.zh ?? null })),
        { notes: notes(result) }
      )
    );
  }
  if (paths.length > 0) {
    out.push(
      table(
        { en: 'Bootstrapped paths', zh: '路径系数的自助法检验' },
        [{ key: 'lhs', label: { en: 'Outcome', zh: '因变量' }, kind: 'text' }, { key: 'rhs', label: { en: 'Predictor', zh: '自变量' }, kind: 'text' }, ...VALUES],
        paths.map((row) => ({ lhs: row.lhs, rhs: row.rhs, ...cells(row) })),
        { notes: notes(result) }
      )
    );
  }
  return out.length > 0 ? out : [bootstrapTidy(result)];
}

/** One row per parameter, every interval. */
export function bootstrapTidy(result: Facts): Table {
  const kinds = ['percentile', 'basic', 'normal', 'bc', 'bca'] as const;
  return table(
    { en: 'Bootstrap', zh: '自助法' },
    [
      ...(['term', 'lhs', 'op', 'rhs', 'label'] as const).map((key): TableColumn => ({ key, label: { en: key }, kind: 'text' })),
      ...(['estimate', 'bias', 'stdError', 'statistic'] as const).map((key): TableColumn => ({ key, label: { en: key }, kind: 'estimate' })),
      { key: 'pValue', label: { en: 'p' }, kind: 'pValue' },
      ...kinds.flatMap((kind): TableColumn[] => [limit(`${kind}Low`, LOW, { en: kind }), limit(`${kind}High`, HIGH, { en: kind })]),
      ...(['stdAll', 'stdAllError', 'stdLow', 'stdHigh'] as const).map((key): TableColumn => ({ key, label: { en: key }, kind: 'estimate' }))
    ],
    result.estimates.map((row) => ({
      ...cells(row), term: row.term, lhs: row.lhs, op: row.op, rhs: row.rhs, label: row.label, bias: row.bias, stdAllError: row.stdAllError,
      ...Object.fromEntries(kinds.flatMap((kind) => [[`${kind}Low`, row.intervals[kind]?.[0] ?? null], [`${kind}High`, row.intervals[kind]?.[1] ?? null]]))
    })),
    { notes: notes(result) }
  );
}
