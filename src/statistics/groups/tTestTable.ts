import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { column, heading } from '../headings.js';
import type { CompareOptions, TwoGroupComparison } from './comparison.js';
import type { TTest } from './tTest.js';

const LEVENE: Bilingual = { en: 'Levene’s test', zh: 'Levene 检验' };

/** SPSS's independent-samples tables: two rows per variable, equal variances assumed and not assumed; then d and g with their intervals. */
export function tTestTables(variables: readonly TwoGroupComparison[], title: Bilingual, shown: { readonly options: Readonly<CompareOptions> }): readonly Table[] {
  return [tTestTable(variables, title, shown), effectTable(variables, title, shown)];
}

function tTestTable(variables: readonly TwoGroupComparison[], title: Bilingual, { options }: { readonly options: Readonly<CompareOptions> }): Table {
  const rows = variables.flatMap((v): TableRow[] => [
    { variable: v.variable, variableZh: v.label?.zh ?? v.variable, variances: 'assumed equal', variancesZh: '假定等方差', leveneF: v.leveneMean?.f ?? null, leveneP: v.leveneMean?.pValue ?? null, ...cells(v.student), d: v.effect?.d ?? null },
    { variable: null, variableZh: null, variances: 'not assumed equal (Welch)', variancesZh: '不假定等方差（Welch）', leveneF: null, leveneP: null, ...cells(v.welch), d: null }
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
    column('d', 'number', { en: 'd', zh: 'd' })
  ];
  const percent = `${Math.round(options.confidence * 1000) / 10}%`;
  const first = variables[0].groups;
  return table({ en: `Independent-samples t tests: ${title.en}`, zh: `独立样本 t 检验：${title.zh ?? title.en}` }, columns, rows, {
    notes: [
      { en: `Two-sided; ${percent} intervals; differences are ${first[0].group.en} minus ${first[1].group.en}; Levene’s test on deviations from the mean; d on the pooled SD.`, zh: `双侧检验；${percent} 置信区间；差值为 ${first[0].group.zh ?? first[0].group.en} 减 ${first[1].group.zh ?? first[1].group.en}；Levene 检验基于均值；d 以合并标准差计算。` },
      { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' }
    ]
  });
}

/** Cohen's d and Hedges's g of each variable, as SPSS prints them beside the tests. */
function effectTable(variables: readonly TwoGroupComparison[], title: Bilingual, { options }: { readonly options: Readonly<CompareOptions> }): Table {
  const rows = variables.flatMap(({ variable, label, effect }): TableRow[] => [
    { variable, variableZh: label?.zh ?? variable, effect: 'Cohen’s d', estimate: effect?.d ?? null, confLow: effect?.confLow ?? null, confHigh: effect?.confHigh ?? null },
    { variable: null, variableZh: null, effect: 'Hedges’s g', estimate: effect?.g ?? null, confLow: effect?.gLow ?? null, confHigh: effect?.gHigh ?? null }
  ]);
  const percent = `${Math.round(options.confidence * 1000) / 10}%`;
  const columns = [heading('variable', { zhFrom: 'variableZh' }), column('effect', 'text', { en: 'Effect size', zh: '效应量' }), heading('estimate', { kind: 'number', digits: 3 }), heading('confLow', { kind: 'number', digits: 3 }), heading('confHigh', { kind: 'number', digits: 3 })];
  return table({ en: `Effect sizes: ${title.en}`, zh: `效应量：${title.zh ?? title.en}` }, columns, rows, { notes: [{ en: `Standardized by the pooled SD; g corrects d for small samples. ${percent} intervals from the noncentral t.`, zh: `以合并标准差标准化；g 为小样本校正。${percent} 置信区间基于非中心 t 分布。` }] });
}

function cells(test: TTest): TableRow {
  return { t: test.t, df: test.df, pValue: test.pValue, difference: test.difference, stdError: test.stdError, confLow: test.confLow, confHigh: test.confHigh };
}
