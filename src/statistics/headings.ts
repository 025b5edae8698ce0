/** The one glossary of column headings of this folder's tables. */
import type { Bilingual, ColumnKind, TableColumn } from '../shared/table.js';

export type Heading =
  | 'variable' | 'item' | 'label' | 'scale' | 'term' | 'source' | 'statisticName' | 'test' | 'method' | 'group' | 'groupI' | 'groupJ' | 'value' | 'n'
  | 'items' | 'valid' | 'missing' | 'notAsked' | 'minimum' | 'maximum' | 'mean' | 'median' | 'sd' | 'variance' | 'standardError' | 'skewness' | 'skewnessError'
  | 'kurtosis' | 'kurtosisError' | 'frequency' | 'percent' | 'validPercent' | 'cumulativePercent' | 'estimate' | 'difference' | 'stdError'
  | 'confLow' | 'confHigh' | 'statistic' | 't' | 'f' | 'z' | 'chiSquare' | 'df' | 'df1' | 'df2' | 'pValue' | 'sumOfSquares' | 'meanSquare' | 'alpha'
  | 'alphaIfDeleted' | 'itemTotal' | 'squaredMultiple' | 'r';

const GLOSSARY: Readonly<Record<Heading, readonly [string, string, ColumnKind]>> = {
  variable: ['Variable', '变量', 'text'],
  item: ['Item', '题项', 'text'],
  label: ['Label', '标签', 'text'],
  scale: ['Scale', '量表', 'text'],
  term: ['Term', '项', 'text'],
  source: ['Source', '变异来源', 'text'],
  statisticName: ['Statistic', '统计量', 'text'],
  test: ['Test', '检验', 'text'],
  method: ['Method', '方法', 'text'],
  group: ['Group', '组别', 'text'],
  groupI: ['(I) Group', '(I) 组别', 'text'],
  groupJ: ['(J) Group', '(J) 组别', 'text'],
  value: ['Value', '取值', 'text'],
  n: ['N', 'N', 'integer'],
  items: ['Items', '项数', 'integer'],
  valid: ['Valid', '有效', 'integer'],
  missing: ['Missing', '缺失', 'integer'],
  notAsked: ['Not asked', '未询问', 'integer'],
  minimum: ['Min', '最小值', 'number'],
  maximum: ['Max', '最大值', 'number'],
  mean: ['M', '均值', 'number'],
  median: ['Mdn', '中位数', 'number'],
  sd: ['SD', '标准差', 'number'],
  variance: ['Variance', '方差', 'number'],
  standardError: ['SE', '标准误', 'number'],
  skewness: ['Skewness', '偏度', 'number'],
  skewnessError: ['SE', '标准误', 'number'],
  kurtosis: ['Kurtosis', '峰度', 'number'],
  kurtosisError: ['SE', '标准误', 'number'],
  frequency: ['Frequency', '频数', 'integer'],
  percent: ['Percent', '百分比', 'percent'],
  validPercent: ['Valid percent', '有效百分比', 'percent'],
  cumulativePercent: ['Cumulative percent', '累积百分比', 'percent'],
  estimate: ['Estimate', '估计值', 'estimate'],
  difference: ['Mean difference', '均值差', 'estimate'],
  stdError: ['SE', '标准误', 'estimate'],
  confLow: ['CI lower', '置信下限', 'estimate'],
  confHigh: ['CI upper', '置信上限', 'estimate'],
  statistic: ['Statistic', '统计量', 'number'],
  t: ['t', 't', 'number'],
  f: ['F', 'F', 'number'],
  z: ['z', 'Z', 'number'],
  chiSquare: ['χ²', 'χ²', 'number'],
  df: ['df', '自由度', 'integer'],
  df1: ['df1', '自由度1', 'integer'],
  df2: ['df2', '自由度2', 'integer'],
  pValue: ['p', 'p', 'pValue'],
  sumOfSquares: ['Sum of squares', '平方和', 'number'],
  meanSquare: ['Mean square', '均方', 'number'],
  alpha: ['Cronbach’s α', 'Cronbach’s α', 'unit'],
  alphaIfDeleted: ['α if item deleted', '删除项后的 α', 'unit'],
  itemTotal: ['Corrected item-total r', '修正后的项与总计相关性', 'unit'],
  squaredMultiple: ['Squared multiple r', '平方多重相关性', 'unit'],
  r: ['r', 'r', 'unit']
};

/** A column by its glossary name; `rest` changes key, kind, digits or the spanning group. */
export function heading(name: Heading, rest: Partial<TableColumn> = {}): TableColumn {
  const [en, zh, kind] = GLOSSARY[name];
  return { key: name, label: { en, zh }, kind, ...rest };
}

/** A column that only one table has. */
export function column(key: string, kind: ColumnKind, label: Bilingual, rest: Partial<TableColumn> = {}): TableColumn {
  return { key, label, kind, ...rest };
}

/** Name and label columns of variables, the second only where a label exists. */
export function variableColumns(labels: readonly unknown[], name: 'variable' | 'item' | 'scale' = 'variable'): readonly TableColumn[] {
  return labels.some((label) => label != null) ? [heading(name), heading('label', { zhFrom: 'labelZh' })] : [heading(name)];
}
