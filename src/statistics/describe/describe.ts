import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { finite, table } from '../../shared/table.js';
import { countValid, skipReader } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import type { Analysis } from '../analysis.js';
import { meanAndSquares } from '../../numerics/exact/accurateSums.js';
import { heading, variableColumns } from '../headings.js';
import { requireShare, resolveOptions } from '../options.js';
import { sortValues } from '../sortedValues.js';
import { expandConstructs, labelCells, numericVariables, present } from '../variables.js';
import { meanInterval, tQuantiles } from './meanInterval.js';
import { quantile, type QuantileType } from './quantile.js';
import { shape, type Shape } from './shape.js';

export interface DescribeOptions {
  /** Level of the mean's interval. */
  confidence: number;
  /** Interpolation of the quartiles: 6 as SPSS, 7 as R. */
  quantileType: QuantileType;
}

export interface VariableDescription extends Shape {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly n: number;
  /** Empty although asked. */
  readonly missing: number;
  /** Empty because the question was not put to the person. */
  readonly notAsked: number;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly mean: number | null;
  readonly standardError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** Divisor n − 1. */
  readonly sd: number | null;
  readonly variance: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
}

export interface Descriptives extends Analysis {
  readonly kind: 'descriptives';
  readonly options: Readonly<DescribeOptions>;
  readonly variables: readonly VariableDescription[];
  /** Rows without a missing value in any of the variables: SPSS's "valid N (listwise)". */
  readonly listwise: number;
  readonly rows: number;
}

/**
 * Descriptive statistics, each variable on its own answered rows. Names of
 * constructs stand for their items; no names means every numeric column.
 */
export function describe(survey: Survey, names?: readonly string[], options?: Partial<DescribeOptions>): Descriptives {
  const resolved = resolveOptions<DescribeOptions>('describe', options, { confidence: 0.95, quantileType: 6 }, { quantileType: [6, 7] });
  requireShare('describe', 'confidence', resolved.confidence);
  const columns = numericVariables(survey, names && expandConstructs(survey, names));
  const skips = skipReader(survey);
  const quantileOf = tQuantiles(resolved.confidence);
  const answered = new Uint8Array(survey.validCount).fill(1);
  const variables = columns.map(({ name, label, values }): VariableDescription => {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) answered[i] = 0;
    const described = describeValues(values, resolved, quantileOf);
    const notAsked = countValid(survey, skips(name)?.notAsked);
    return { variable: name, label, ...described, missing: described.missing - notAsked, notAsked };
  });
  const listwise = answered.reduce((sum, yes) => sum + yes, 0);
  return Object.freeze({
    kind: 'descriptives' as const,
    options: resolved,
    variables,
    listwise,
    rows: survey.validCount,
    warnings: [],
    tidy: () => tidyTable(variables),
    tables: () => [printedTable(variables, listwise, survey.validCount)]
  });
}

/** Descriptive statistics of one column; `NaN` is missing. */
export function describeValues(column: Float64Array, options: Readonly<DescribeOptions> = { confidence: 0.95, quantileType: 6 }, quantileOf: (df: number) => number = tQuantiles(options.confidence)): Omit<VariableDescription, 'variable' | 'label'> {
  const values = present(column);
  const n = values.length;
  const { mean, squares } = meanAndSquares(values);
  const variance = n > 1 ? squares / (n - 1) : null;
  const sd = variance === null ? null : Math.sqrt(variance);
  const sorted = sortValues(values);
  return {
    n,
    missing: column.length - n,
    notAsked: 0,
    minimum: n > 0 ? sorted[0] : null,
    maximum: n > 0 ? sorted[n - 1] : null,
    mean: finite(mean.high),
    standardError: sd === null ? null : sd / Math.sqrt(n),
    ...meanInterval(mean.high, sd, n, quantileOf),
    sd,
    variance,
    q1: quantile(sorted, 0.25, options.quantileType),
    median: quantile(sorted, 0.5, options.quantileType),
    q3: quantile(sorted, 0.75, options.quantileType),
    ...shape(sorted, mean.high, squares)
  };
}

function tidyTable(variables: readonly VariableDescription[]): Table {
  const keys = ['n', 'missing', 'minimum', 'maximum', 'mean', 'standardError', 'confLow', 'confHigh', 'sd', 'variance', 'median', 'skewness', 'skewnessError', 'kurtosis', 'kurtosisError'] as const;
  const extra = ['q1', 'q3', 'skewnessR', 'kurtosisR'] as const;
  const columns = [
    heading('variable'),
    ...keys.map((key) => heading(key)),
    ...extra.map((key) => ({ key, kind: 'number' as const, label: { en: key } }))
  ];
  return table({ en: 'Descriptive statistics', zh: '描述性统计' }, columns, variables.map(({ label: _label, ...numbers }): TableRow => numbers));
}

function printedTable(variables: readonly VariableDescription[], listwise: number, rows: number): Table {
  // ratings print as 1 and 5, measurements with decimals
  const whole = variables.every(({ minimum, maximum }) => (minimum === null || Number.isInteger(minimum)) && (maximum === null || Number.isInteger(maximum))) ? { digits: 0 } : {};
  const skipping = variables.some(({ notAsked }) => notAsked > 0);
  const skewness = { en: 'Skewness', zh: '偏度' };
  const kurtosis = { en: 'Kurtosis', zh: '峰度' };
  const statistic = { en: 'Statistic', zh: '统计量' };
  const columns = [
    ...variableColumns(variables.map((v) => v.label)),
    heading('n'),
    heading('missing'),
    ...(skipping ? [heading('notAsked')] : []),
    heading('minimum', whole),
    heading('maximum', whole),
    heading('mean'),
    heading('sd'),
    heading('skewness', { group: skewness, label: statistic, digits: 3 }),
    heading('skewnessError', { group: skewness, digits: 3 }),
    heading('kurtosis', { group: kurtosis, label: statistic, digits: 3 }),
    heading('kurtosisError', { group: kurtosis, digits: 3 })
  ];
  const printed = variables.map((v): TableRow => ({
    variable: v.variable,
    ...labelCells(v.label),
    n: v.n,
    missing: v.missing,
    ...(skipping ? { notAsked: v.notAsked } : {}),
    minimum: v.minimum,
    maximum: v.maximum,
    mean: v.mean,
    sd: v.sd,
    skewness: v.skewness,
    skewnessError: v.skewnessError,
    kurtosis: v.kurtosis,
    kurtosisError: v.kurtosisError
  }));
  return table({ en: 'Descriptive statistics', zh: '描述性统计' }, columns, printed, {
    notes: [
      { en: `Valid N (listwise) = ${listwise} of ${rows} rows; each row of the table uses all answers to its variable.`, zh: `有效个案数（成列）= ${listwise}（共 ${rows} 行）；各变量使用其全部有效回答。` },
      { en: 'SD has divisor n − 1; skewness G1 and excess kurtosis G2 as in SPSS.', zh: '标准差除数为 n − 1；偏度 G1 与超额峰度 G2 同 SPSS。' }
    ]
  });
}
