import { shapiroWilk, type ShapiroWilk } from '../../numerics/shapiroWilk.js';
import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import type { Analysis } from '../analysis.js';
import { column, heading, variableColumns } from '../headings.js';
import { labelCells, present, scoredVariables } from '../variables.js';
import { describeValues } from './describe.js';
import { lilliefors, type Lilliefors } from './lilliefors.js';

export interface VariableNormality {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly n: number;
  /** Null below 5 values or without variation. */
  readonly lilliefors: Lilliefors | null;
  /** Null outside 3 … 5000 values. */
  readonly shapiroWilk: ShapiroWilk | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** Skewness and kurtosis over their standard errors. */
  readonly skewnessZ: number | null;
  readonly kurtosisZ: number | null;
}

export interface Normality extends Analysis {
  readonly kind: 'normality';
  readonly variables: readonly VariableNormality[];
}

/** Tests of normality as SPSS's Explore prints them, beside skewness and kurtosis. A construct stands for its score. */
export function normality(survey: Survey, names?: readonly string[]): Normality {
  const variables = scoredVariables(survey, names).map(({ name, label, values }): VariableNormality => {
    const answered = present(values);
    const { n, skewness, skewnessError, kurtosis, kurtosisError } = describeValues(values);
    const ratio = (value: number | null, error: number | null): number | null => (value === null || error === null ? null : value / error);
    return { variable: name, label, n, lilliefors: lilliefors(answered), shapiroWilk: shapiroWilk(answered) ?? null, skewness, kurtosis, skewnessZ: ratio(skewness, skewnessError), kurtosisZ: ratio(kurtosis, kurtosisError) };
  });
  const made = (): Table => normalityTable(variables);
  return Object.freeze({ kind: 'normality' as const, variables, warnings: [], tidy: made, tables: () => [made()] });
}

function normalityTable(variables: readonly VariableNormality[]): Table {
  const ks = { en: 'Kolmogorov-Smirnov (Lilliefors)', zh: 'Kolmogorov–Smirnov（Lilliefors）' };
  const sw = { en: 'Shapiro-Wilk', zh: 'Shapiro–Wilk' };
  const rows = variables.map(
    (v): TableRow => ({ variable: v.variable, ...labelCells(v.label), n: v.n, d: v.lilliefors?.d ?? null, dP: v.lilliefors?.pValue ?? null, w: v.shapiroWilk?.statistic ?? null, wP: v.shapiroWilk?.pValue ?? null, skewness: v.skewness, skewnessZ: v.skewnessZ, kurtosis: v.kurtosis, kurtosisZ: v.kurtosisZ })
  );
  const columns = [
    ...variableColumns(variables.map((v) => v.label)),
    heading('n'),
    column('d', 'unit', { en: 'D' }, { group: ks, digits: 3 }),
    heading('pValue', { key: 'dP', group: ks }),
    column('w', 'unit', { en: 'W' }, { group: sw, digits: 3 }),
    heading('pValue', { key: 'wP', group: sw }),
    heading('skewness', { digits: 3 }),
    column('skewnessZ', 'number', { en: 'z', zh: 'z' }),
    heading('kurtosis', { digits: 3 }),
    column('kurtosisZ', 'number', { en: 'z', zh: 'z' })
  ];
  return table({ en: 'Tests of normality', zh: '正态性检验' }, columns, rows, { notes: [{ en: 'Lilliefors p above .10 is from a simulated table (SPSS prints .200 for every p above .20). Large samples reject trivial departures: read skewness and kurtosis beside the tests.', zh: '大于 .10 的 Lilliefors p 取自模拟表（SPSS 对大于 .20 者一律显示 .200）。大样本下微小偏离也会显著，应结合偏度与峰度判断。' }] });
}
