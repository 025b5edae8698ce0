import type { ParameterEstimate, SemFit } from '../models/sem/results.js';
import { levelName } from '../models/sem/tables/levelName.js';
import { formatFixed } from './format/formatNumber.js';
import { table, type Bilingual, type Table, type TableColumn, type TableRow } from '../shared/table.js';

/** Wordings of variables, from a codebook or a study. */
export type VariableLabels = ReadonlyMap<string, Bilingual>;

interface Block {
  readonly title: Bilingual;
  readonly left: Bilingual;
  readonly right: Bilingual;
  readonly has: (row: ParameterEstimate) => boolean;
  /** Which side of the row stands in the first column. */
  readonly order: 'lhs' | 'rhs';
}

const BLOCKS: readonly Block[] = [
  { title: { en: 'Loadings', zh: '因子载荷' }, left: { en: 'Latent', zh: '潜变量' }, right: { en: 'Indicator', zh: '题项' }, has: ({ op }) => op === '=~', order: 'lhs' },
  { title: { en: 'Composite weights', zh: '组合权重' }, left: { en: 'Composite', zh: '组合变量' }, right: { en: 'Indicator', zh: '题项' }, has: ({ op }) => op === '<~', order: 'lhs' },
  { title: { en: 'Regressions', zh: '路径系数' }, left: { en: 'Predictor', zh: '自变量' }, right: { en: 'Outcome', zh: '因变量' }, has: ({ op }) => op === '~', order: 'rhs' },
  { title: { en: 'Defined parameters', zh: '定义参数' }, left: { en: 'Name', zh: '名称' }, right: { en: 'Definition', zh: '定义' }, has: ({ op }) => op === ':=', order: 'lhs' },
  { title: { en: 'Covariances', zh: '协方差' }, left: { en: 'Variable', zh: '变量' }, right: { en: 'Variable', zh: '变量' }, has: ({ op, lhs, rhs }) => op === '~~' && lhs !== rhs, order: 'lhs' },
  { title: { en: 'Variances', zh: '方差' }, left: { en: 'Variable', zh: '变量' }, right: { en: '', zh: '' }, has: ({ op, lhs, rhs }) => op === '~~' && lhs === rhs, order: 'lhs' },
  { title: { en: 'Intercepts', zh: '截距' }, left: { en: 'Variable', zh: '变量' }, right: { en: '', zh: '' }, has: ({ op }) => op === '~1', order: 'lhs' },
  { title: { en: 'Thresholds', zh: '阈值' }, left: { en: 'Variable', zh: '变量' }, right: { en: 'Threshold', zh: '阈值' }, has: ({ op }) => op === '|', order: 'lhs' }
];

const LEVEL_COLUMN: TableColumn = { key: 'level', label: { en: 'Level', zh: '层次' }, kind: 'text', zhFrom: 'levelZh' };

const numberColumns = (level: string): readonly TableColumn[] => [
  { key: 'estimate', label: { en: 'Estimate', zh: '估计值' }, kind: 'estimate', digits: 3 },
  { key: 'stdError', label: { en: 'SE', zh: '标准误' }, kind: 'estimate', digits: 3 },
  { key: 'statistic', label: { en: 'z' }, kind: 'number', digits: 2 },
  { key: 'pValue', label: { en: 'p' }, kind: 'pValue' },
  { key: 'confLow', label: { en: 'lower', zh: '下限' }, kind: 'estimate', digits: 3, group: { en: `${level}% CI`, zh: `${level}% 置信区间` } },
  { key: 'confHigh', label: { en: 'upper', zh: '上限' }, kind: 'estimate', digits: 3, group: { en: `${level}% CI`, zh: `${level}% 置信区间` } },
  { key: 'stdAll', label: { en: 'Std. all', zh: '标准化' }, kind: 'unit', digits: 3, starsFrom: 'pValue' }
];

function wording(name: string, labels: VariableLabels | undefined, side: 'en' | 'zh'): string {
  const label = labels?.get(name);
  if (!label) return side === 'en' ? name : '';
  const words = side === 'en' ? label.en : label.zh;
  return words === undefined || words === '' || words === name ? (side === 'en' ? name : '') : `${name} ${words}`;
}

/** What a fixed or constrained row says of itself in the last column. */
function remark(row: ParameterEstimate): Bilingual {
  if (row.op === ':=') return { en: '' };
  if (row.free !== 0) return { en: row.label };
  return row.origin === 'fixed.x' ? { en: 'sample value', zh: '样本值' } : { en: 'fixed', zh: '固定' };
}

/** A fixed value has no standard error and no interval. */
function uncertainty(row: ParameterEstimate): TableRow {
  const fixed = row.free === 0 && row.op !== ':=';
  const { stdError, statistic, pValue, confLow, confHigh } = row;
  return fixed ? { stdError: null, statistic: null, pValue: null, confLow: null, confHigh: null } : { stdError, statistic, pValue, confLow, confHigh };
}

/** The confidence level that the fit's options name, in per cent. */
function levelOf(fit: SemFit): string {
  const { level } = fit.options;
  return formatFixed(typeof level === 'number' && level > 0 && level < 1 ? level * 100 : 95, 0);
}

function blockTable(rows: readonly ParameterEstimate[], block: Block, fit: SemFit, labels: VariableLabels | undefined): Table {
  const manyGroups = fit.table.groupLabels.length > 1;
  const { levelLabels } = fit.table;
  const cells = rows.map((row): TableRow => {
    const [first, second] = block.order === 'lhs' ? [row.lhs, row.rhs] : [row.rhs, row.lhs];
    return {
      group: manyGroups && row.group > 0 ? (fit.table.groupLabels[row.group - 1] ?? String(row.group)) : '',
      ...(levelLabels && row.group > 0 ? { level: levelName(levelLabels, row.level).en, levelZh: levelName(levelLabels, row.level).zh ?? '' } : {}),
      first: wording(first, labels, 'en'),
      firstZh: wording(first, labels, 'zh'),
      second: wording(second, labels, 'en'),
      secondZh: wording(second, labels, 'zh'),
      estimate: row.estimate,
      ...uncertainty(row),
      stdAll: row.stdAll,
      remark: remark(row).en,
      remarkZh: remark(row).zh ?? ''
    };
  });
  const columns: TableColumn[] = [];
  if (manyGroups && block.title.en !== 'Defined parameters') columns.push({ key: 'group', label: { en: 'Group', zh: '组别' }, kind: 'text' });
  if (levelLabels && block.title.en !== 'Defined parameters') columns.push(LEVEL_COLUMN);
  columns.push({ key: 'first', label: block.left, kind: 'text', zhFrom: 'firstZh' });
  if (block.right.en !== '') columns.push({ key: 'second', label: block.right, kind: 'text', zhFrom: 'secondZh' });
  columns.push(...numberColumns(levelOf(fit)).filter(({ key }) => cells.some((row) => row[key] !== null)));
  if (cells.some((row) => row.remark !== '')) columns.push({ key: 'remark', label: { en: 'Label', zh: '标记' }, kind: 'text', zhFrom: 'remarkZh' });
  return table(block.title, columns, cells);
}

/** One table per kind of parameter, in the order in which a paper reports them; kinds that the model lacks are left out. */
export function parameterTables(fit: SemFit, labels?: VariableLabels): readonly Table[] {
  return BLOCKS.flatMap((block) => {
    const rows = fit.parameters.filter(block.has);
    return rows.length === 0 ? [] : [blockTable(rows, block, fit, labels)];
  });
}

/** R² per dependent variable (and group, and level). */
export function rSquaredTable(fit: SemFit, labels?: VariableLabels): Table | null {
  const { groupLabels, levelLabels } = fit.table;
  const levels = levelLabels?.length ?? 1;
  const place = (block: number): TableRow => ({
    group: groupLabels[Math.floor(block / levels)] ?? String(block + 1),
    ...(levelLabels ? { level: levelName(levelLabels, (block % levels) + 1).en, levelZh: levelName(levelLabels, (block % levels) + 1).zh ?? '' } : {})
  });
  const rows = fit.rSquared.flatMap((map, block) => [...map].map(([name, rSquared]): TableRow => ({ ...place(block), first: wording(name, labels, 'en'), firstZh: wording(name, labels, 'zh'), rSquared })));
  if (rows.length === 0) return null;
  const columns: TableColumn[] = [{ key: 'first', label: { en: 'Variable', zh: '变量' }, kind: 'text', zhFrom: 'firstZh' }, { key: 'rSquared', label: { en: 'R²' }, kind: 'unit', digits: 3 }];
  if (levelLabels) columns.unshift(LEVEL_COLUMN);
  if (groupLabels.length > 1) columns.unshift({ key: 'group', label: { en: 'Group', zh: '组别' }, kind: 'text' });
  return table({ en: 'Variance explained', zh: '解释方差' }, columns, rows);
}
