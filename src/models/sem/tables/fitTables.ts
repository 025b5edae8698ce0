import { table, type Bilingual, type Cell, type Table, type TableColumn } from '../../../shared/table.js';
import type { ParameterEstimate, SemFit } from '../results.js';
import { levelCount } from '../structure/blocks.js';
import { fitNotes } from './fitNotes.js';
import { testTable } from './testTable.js';
import { fitIndexTable } from './fitIndexTable.js';
import { levelName } from './levelName.js';

const ESTIMATE_COLUMNS: readonly TableColumn[] = [
  { key: 'estimate', label: { en: 'Estimate', zh: '估计值' }, kind: 'estimate' },
  { key: 'stdError', label: { en: 'SE', zh: '标准误' }, kind: 'estimate' },
  { key: 'statistic', label: { en: 'z', zh: 'z 值' }, kind: 'number' },
  { key: 'pValue', label: { en: 'p', zh: 'p 值' }, kind: 'pValue' },
  { key: 'confLow', label: { en: 'CI lower', zh: '置信下限' }, kind: 'estimate' },
  { key: 'confHigh', label: { en: 'CI upper', zh: '置信上限' }, kind: 'estimate' },
  { key: 'stdLatent', label: { en: 'Std. latent', zh: '潜变量标准化' }, kind: 'estimate' },
  { key: 'stdAll', label: { en: 'Std. all', zh: '完全标准化' }, kind: 'estimate' }
];

function estimateCells(row: ParameterEstimate): Record<string, Cell> {
  return {
    estimate: row.estimate, stdError: row.stdError, statistic: row.statistic, pValue: row.pValue,
    confLow: row.confLow, confHigh: row.confHigh, stdLatent: row.stdLatent, stdAll: row.stdAll
  };
}

function placeColumns(fit: SemFit): readonly TableColumn[] {
  return [
    ...(fit.table.groupLabels.length > 1 ? [{ key: 'group', label: { en: 'Group', zh: '组' }, kind: 'text' } as const] : []),
    ...(fit.table.levelLabels ? [{ key: 'level', label: { en: 'Level', zh: '层次' }, kind: 'text', zhFrom: 'levelZh' } as const] : [])
  ];
}

function placeCells(fit: SemFit, { group, level, op }: Pick<ParameterEstimate, 'group' | 'level' | 'op'>): Record<string, Cell> {
  const { groupLabels, levelLabels } = fit.table;
  const name = levelLabels && op !== ':=' ? levelName(levelLabels, level) : { en: '' };
  return { ...(groupLabels.length > 1 ? { group: groupLabels[group - 1] ?? '' } : {}), ...(levelLabels ? { level: name.en, levelZh: name.zh ?? name.en } : {}) };
}

/** One row per parameter, in the order of the parameter table. */
export function tidyTable(fit: SemFit): Table {
  return table(
    { en: 'Parameter estimates', zh: '参数估计' },
    [
      { key: 'term', label: { en: 'Term', zh: '项' }, kind: 'text' },
      { key: 'lhs', label: { en: 'lhs', zh: '左' }, kind: 'text' },
      { key: 'op', label: { en: 'op', zh: '运算' }, kind: 'text' },
      { key: 'rhs', label: { en: 'rhs', zh: '右' }, kind: 'text' },
      ...placeColumns(fit),
      { key: 'label', label: { en: 'Label', zh: '标签' }, kind: 'text' },
      ...ESTIMATE_COLUMNS
    ],
    fit.parameters.map((row) => ({ term: row.term, lhs: row.lhs, op: row.op, rhs: row.rhs, ...placeCells(fit, row), label: row.label, ...estimateCells(row) })),
    { notes: fitNotes(fit) }
  );
}

/** One row: the fit measures, convergence and the options that matter. */
export function glanceTable(fit: SemFit): Table {
  const options = fit.options as { estimator?: string; se?: string; test?: string; missing?: string };
  const facts: Record<string, Cell> = {
    converged: fit.convergence.converged, admissible: fit.admissible, iterations: fit.convergence.iterations, gradient: fit.convergence.gradient,
    estimator: options.estimator ?? '', se: options.se ?? '', test: options.test ?? '', missing: options.missing ?? '', nobs: fit.sample.used, norig: fit.sample.total, ngroups: fit.table.groupLabels.length
  };
  const row: Record<string, Cell> = { ...facts, ...fit.measures };
  return table(
    { en: 'Model at a glance', zh: '模型概览' },
    Object.keys(row).map((key) => ({ key, label: { en: key }, kind: kindOf(key, row[key]) })),
    [row],
    { notes: fitNotes(fit) }
  );
}

function kindOf(key: string, value: Cell): TableColumn['kind'] {
  if (typeof value === 'string' || typeof value === 'boolean') return 'text';
  if (key.includes('pvalue')) return 'pValue';
  return ['npar', 'df', 'baseline.df', 'ntotal', 'nobs', 'norig', 'ngroups', 'iterations'].includes(key) ? 'integer' : 'number';
}

function section(fit: SemFit, title: Bilingual, rows: readonly ParameterEstimate[], heads: readonly [Bilingual, Bilingual]): readonly Table[] {
  if (rows.length === 0) return [];
  return [
    table(
      title,
      [
        ...placeColumns(fit),
        { key: 'lhs', label: heads[0], kind: 'text' },
        { key: 'rhs', label: heads[1], kind: 'text' },
        ...ESTIMATE_COLUMNS.map((column) => (column.key === 'estimate' ? { ...column, starsFrom: 'pValue' } : column))
      ],
      rows.map((row) => ({ ...placeCells(fit, row), lhs: row.lhs, rhs: row.rhs, ...estimateCells(row) })),
      { notes: fitNotes(fit) }
    )
  ];
}

/** R² of every dependent variable. */
function rSquaredTable(fit: SemFit): readonly Table[] {
  const levels = levelCount(fit.table);
  const rows = fit.rSquared.flatMap((map, block) => [...map].map(([name, value]) => ({ ...placeCells(fit, { group: Math.floor(block / levels) + 1, level: (block % levels) + 1, op: '~' }), variable: name, rSquared: value })));
  if (rows.length === 0) return [];
  return [
    table(
      { en: 'Explained variance', zh: '解释方差' },
      [...placeColumns(fit), { key: 'variable', label: { en: 'Variable', zh: '变量' }, kind: 'text' }, { key: 'rSquared', label: { en: 'R²', zh: 'R²' }, kind: 'unit' }],
      rows,
      { notes: fitNotes(fit) }
    )
  ];
}

/** Intraclass correlations of a two-level fit. */
function intraclassTable(fit: SemFit): readonly Table[] {
  if (!fit.levels) return [];
  const groups = fit.table.groupLabels;
  const rows = fit.levels.intraclass.flatMap((map, g) => [...map].map(([name, value]) => ({ ...(groups.length > 1 ? { group: groups[g] } : {}), variable: name, icc: value })));
  return [
    table(
      { en: 'Intraclass correlations', zh: '组内相关系数' },
      [...placeColumns(fit).filter(({ key }) => key === 'group'), { key: 'variable', label: { en: 'Variable', zh: '变量' }, kind: 'text' }, { key: 'icc', label: { en: 'ICC', zh: 'ICC' }, kind: 'unit' }],
      rows,
      { notes: fitNotes(fit) }
    )
  ];
}

/** The tables of a results section: fit, loadings, paths, defined effects, covariances, R². */
export function fitTables(fit: SemFit): readonly Table[] {
  const covariances = fit.parameters.filter((row) => row.op === '~~' && row.lhs !== row.rhs);
  const variances = fit.parameters.filter((row) => row.op === '~~' && row.lhs === row.rhs);
  const intercepts = fit.parameters.filter((row) => row.op === '~1');
  const thresholds = fit.parameters.filter((row) => row.op === '|');
  const variable: Bilingual = { en: 'Variable', zh: '变量' };
  return [
    fitIndexTable(fit),
    ...testTable(fit),
    ...section(fit, { en: 'Regression paths', zh: '路径系数' }, fit.paths, [{ en: 'Outcome', zh: '因变量' }, { en: 'Predictor', zh: '自变量' }]),
    ...section(fit, { en: 'Defined effects', zh: '定义的效应' }, fit.defined, [{ en: 'Effect', zh: '效应' }, { en: 'Formula', zh: '公式' }]),
    ...section(fit, { en: 'Factor loadings', zh: '因子载荷' }, fit.loadings, [{ en: 'Latent variable', zh: '潜变量' }, { en: 'Indicator', zh: '测量指标' }]),
    ...section(fit, { en: 'Covariances', zh: '协方差' }, covariances, [variable, { en: 'with', zh: '与' }]),
    ...section(fit, { en: 'Variances', zh: '方差' }, variances, [variable, variable]).map(withoutRhs),
    ...section(fit, { en: 'Intercepts and means', zh: '截距与均值' }, intercepts, [variable, variable]).map(withoutRhs),
    ...section(fit, { en: 'Thresholds', zh: '阈值' }, thresholds, [variable, { en: 'Threshold', zh: '阈值' }]),
    ...rSquaredTable(fit),
    ...intraclassTable(fit)
  ];
}

function withoutRhs(whole: Table): Table {
  return { ...whole, columns: whole.columns.filter((column) => column.key !== 'rhs') };
}
