import type { Bilingual, TableColumn } from '../../../shared/table.js';

type Heading =
  | 'term' | 'b' | 'se' | 'robustSe' | 'beta' | 't' | 'p' | 'tolerance'
  | 'vif' | 'zeroOrder' | 'partial' | 'part' | 'lower' | 'upper' | 'model' | 'r'
  | 'rSquared' | 'adjRSquared' | 'sigma' | 'rSquaredChange' | 'fChange' | 'df' | 'df1' | 'df2'
  | 'pChange' | 'durbinWatson' | 'sumOfSquares' | 'meanSquare' | 'f' | 'source';

/** Headings of regression tables, said once. */
export const HEADING: Readonly<Record<Heading, Bilingual>> = {
  term: { en: 'Predictor', zh: '自变量' },
  b: { en: 'B', zh: '非标准化系数' },
  se: { en: 'SE', zh: '标准误' },
  robustSe: { en: 'Robust SE', zh: '稳健标准误' },
  beta: { en: 'Beta', zh: '标准化系数' },
  t: { en: 't', zh: 't' },
  p: { en: 'p', zh: '显著性' },
  tolerance: { en: 'Tolerance', zh: '容差' },
  vif: { en: 'VIF', zh: 'VIF' },
  zeroOrder: { en: 'Zero-order', zh: '零阶' },
  partial: { en: 'Partial', zh: '偏' },
  part: { en: 'Part', zh: '部分' },
  lower: { en: 'Lower', zh: '下限' },
  upper: { en: 'Upper', zh: '上限' },
  model: { en: 'Model', zh: '模型' },
  r: { en: 'R', zh: 'R' },
  rSquared: { en: 'R²', zh: 'R 方' },
  adjRSquared: { en: 'Adjusted R²', zh: '调整后 R 方' },
  sigma: { en: 'SE of the estimate', zh: '估计标准误差' },
  rSquaredChange: { en: 'R² change', zh: 'R 方变化量' },
  fChange: { en: 'F change', zh: 'F 变化量' },
  df: { en: 'df', zh: '自由度' },
  df1: { en: 'df1', zh: '自由度 1' },
  df2: { en: 'df2', zh: '自由度 2' },
  pChange: { en: 'p of F change', zh: 'F 变化量显著性' },
  durbinWatson: { en: 'Durbin–Watson', zh: '德宾-沃森' },
  sumOfSquares: { en: 'Sum of squares', zh: '平方和' },
  meanSquare: { en: 'Mean square', zh: '均方' },
  f: { en: 'F', zh: 'F' },
  source: { en: 'Source', zh: '来源' }
};

export const GROUP: Readonly<Record<'collinearity' | 'correlations' | 'change', Bilingual>> = {
  collinearity: { en: 'Collinearity statistics', zh: '共线性统计' },
  correlations: { en: 'Correlations', zh: '相关性' },
  change: { en: 'Change statistics', zh: '更改统计' }
};

export const CONSTANT: Required<Bilingual> = { en: '(Constant)', zh: '（常量）' };

/** `95 % CI`. */
export function confidenceGroup(level: number): Bilingual {
  const percent = Number((100 * level).toFixed(2));
  return { en: `${percent}% CI`, zh: `${percent}% 置信区间` };
}

export function column(key: string, label: Bilingual, kind: TableColumn['kind'], rest: Partial<TableColumn> = {}): TableColumn {
  return { key, label, kind, ...rest };
}
