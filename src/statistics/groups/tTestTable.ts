import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { column, heading } from '../headings.js';
import type { CompareOptions, TwoGroupComparison } from './comparison.js';
import type { TTest } from './tTest.js';

const LEVENE: Bilingual = { en: 'Levene’s test', zh: 'Levene 检验' };
const EFFECT: Bilingual = { en: 'Effect size', zh: '效应量' };

/** SPSS's independent-samples table: two rows per variable, equal variances assumed and not assumed. */
export function tTestTable(variables: readonly TwoGroupComparison[], title: Bilingual, { options }: { readonly options: Readonly<CompareOptions> }): Table {
  const rows = variables.flatMap((v): TableRow[] => [
    { variable: v.variable, variableZh: v.label?.zh ?? v.variable, variances: 'assumed equal', variancesZh: '假定等方差', leveneF: v.leveneMean?.f ?? null, leveneP: v.leveneMean?.pValue ?? null, ...cells(v.student), d: v.effect?.d ?? null, dLow: v.effect?.confLow ?? null, dHigh: v.effect?.confHigh ?? null, g: v.effect?.g ?? null, gLow: v.effect?.gLow ?? null, gHigh: v.effect?.gHigh ?? null },
    { variable: null, variableZh: null, variances: 'not assumed equal (Welch)', variancesZh: '不假定等方差（Welch）', leveneF: null, leveneP: null, ...cells(v.welch), d: null, dLow: null, dHigh: null, g: null, gLow: null, gHigh: null }
  ]);
  const columns = [
    heading('variable', { zhFrom: 'variableZh' }),
    column('variances', 'text', { en: 'Variances', zh: '方差' }, { zhFrom: 'variancesZh' }),
    heading('f', { key: 'leveneF', group: LEVENE }),
    heading('pValue', { key: 'leveneP', group: LEVENE }),
    heading('t', { digits: 3, starsFrom: 'pValue' }),
    heading('df'),
    heading('pValue'),
    heading('difference'),
    heading('stdError'),
    heading('confLow'),
    heading('confHigh'),
    column('d', 'number', { en: 'Cohen’s d', zh: 'Cohen’s d' }, { group: EFFECT }),
    column('dLow', 'number', { en: 'd CI lower', zh: 'd 置信下限' }, { group: EFFECT }),
    column('dHigh', 'number', { en: 'd CI upper', zh: 'd 置信上限' }, { group: EFFECT }),
    column('g', 'number', { en: 'Hedges’s g', zh: 'Hedges’s g' }, { group: EFFECT }),
    column('gLow', 'number', { en: 'g CI lower', zh: 'g 置信下限' }, { group: EFFECT }),
    column('gHigh', 'number', { en: 'g CI upper', zh: 'g 置信上限' }, { group: EFFECT })
  ];
  const percent = `${Math.round(options.confidence * 1000) / 10}%`;
  const first = variables[0].groups;
  return table({ en: `Independent-samples t tests: ${title.en}`, zh: `独立样本 t 检验：${title.zh ?? title.en}` }, columns, rows, {
    notes: [
      { en: `Two-sided; ${percent} intervals; differences are ${first[0].group.en} minus ${first[1].group.en}; Levene’s test on deviations from the mean; d on the pooled SD, its interval from the noncentral t.`, zh: `双侧检验；${percent} 置信区间；差值为 ${first[0].group.zh ?? first[0].group.en} 减 ${first[1].group.zh ?? first[1].group.en}；Levene 检验基于均值；d 以合并标准差计算，其区间基于非中心 t 分布。` },
      { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' }
    ]
  });
}

function cells(test: TTest): TableRow {
  return { t: test.t, df: test.df, pValue: test.pValue, difference: test.difference, stdError: test.stdError, confLow: test.confLow, confHigh: test.confHigh };
}
