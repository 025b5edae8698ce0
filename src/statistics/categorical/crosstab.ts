import { fail, warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual, Cell, Table, TableRow } from '../../shared/table.js';
import { finite, table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import { sampleNote, warningNotes, type Analysis } from '../analysis.js';
import { grouping, type Grouping } from '../groups/grouping.js';
import { column, heading } from '../headings.js';
import { chiSquareTest, type ChiSquareTest } from './chiSquareTest.js';
import { fisherExact, type FisherExact } from './fisherExact.js';
import { oddsRatio, type OddsRatio } from './oddsRatio.js';

export interface Crosstab extends Analysis {
  readonly kind: 'crosstab';
  readonly row: string;
  readonly column: string;
  readonly rowLabels: readonly Bilingual[];
  readonly columnLabels: readonly Bilingual[];
  /** Row-major. */
  readonly counts: Float64Array;
  readonly n: number;
  readonly rows: number;
  readonly test: ChiSquareTest;
  readonly fisher: FisherExact;
  /** 2 × 2 only. */
  readonly oddsRatio: OddsRatio | null;
}

/** Level of the intervals. */
const CONFIDENCE = 0.95;
/** More than this share of cells with an expected count below 5 makes χ² doubtful (Cochran's rule). */
const COCHRAN_SHARE = 0.2;

/** Cross table of two variables with χ², Fisher's exact test and Cramér's V. @throws SurveyError `too-few-groups`, `too-many-groups` */
export function crosstab(survey: Survey, row: string, columnName: string): Crosstab {
  const a = grouping(survey, row);
  const b = grouping(survey, columnName);
  const { counts, keptA, keptB } = count(a, b);
  if (keptA.length < 2 || keptB.length < 2) fail('too-few-groups', `a cross table needs two values of each variable, found ${keptA.length} of \`${row}\` and ${keptB.length} of \`${columnName}\``);
  const test = chiSquareTest(counts, keptA.length, keptB.length, CONFIDENCE);
  const fisher = fisherExact(counts, keptA.length, keptB.length);
  const warnings: Diagnostic[] = [];
  const share = test.smallCells / counts.length;
  if (share > COCHRAN_SHARE || test.smallestExpected < 1) warnings.push(warning('small-expected', `${test.smallCells} of ${counts.length} cells have an expected count below 5 (smallest ${test.smallestExpected.toFixed(2)}), so χ² is doubtful`, { zh: `${counts.length} 个单元格中有 ${test.smallCells} 个期望频数小于 5（最小 ${test.smallestExpected.toFixed(2)}），χ² 存疑`, help: 'read Fisher’s exact test, or join classes', helpZh: '以 Fisher 精确检验为准，或合并类别' }));
  const facts = { kind: 'crosstab' as const, row, column: columnName, rowLabels: keptA.map((i) => a.groups[i].label), columnLabels: keptB.map((j) => b.groups[j].label), counts, n: test.n, rows: survey.validCount, test, fisher, oddsRatio: counts.length === 4 ? oddsRatio(counts, CONFIDENCE) : null, warnings };
  return Object.freeze({ ...facts, tidy: () => tidyTable(facts), tables: () => [countTable(facts, a, b), testTable(facts)] });
}

/** Counts of the classes that occur together with an answer to the other variable. */
function count(a: Grouping, b: Grouping): { readonly counts: Float64Array; readonly keptA: readonly number[]; readonly keptB: readonly number[] } {
  const width = b.groups.length;
  const all = new Float64Array(a.groups.length * width);
  for (let i = 0; i < a.indices.length; i++) if (a.indices[i] >= 0 && b.indices[i] >= 0) all[a.indices[i] * width + b.indices[i]]++;
  const keptA = a.groups.map((_, i) => i).filter((i) => all.subarray(i * width, (i + 1) * width).some((value) => value > 0));
  const keptB = b.groups.map((_, j) => j).filter((j) => a.groups.some((_, i) => all[i * width + j] > 0));
  return { counts: Float64Array.from(keptA.flatMap((i) => keptB.map((j) => all[i * width + j]))), keptA, keptB };
}

type Facts = Omit<Crosstab, 'tidy' | 'tables'>;

function tidyTable(facts: Facts): Table {
  const c = facts.columnLabels.length;
  const rows = Array.from(facts.counts, (value, at): TableRow => ({ row: facts.rowLabels[Math.floor(at / c)].en, column: facts.columnLabels[at % c].en, frequency: value, expected: facts.test.expected[at], residual: finite(facts.test.residuals[at]) }));
  return table({ en: `${facts.row} by ${facts.column}` }, [column('row', 'text', { en: facts.row }), column('column', 'text', { en: facts.column }), heading('frequency'), column('expected', 'number', { en: 'Expected', zh: '期望频数' }), column('residual', 'number', { en: 'Adjusted residual', zh: '调整残差' })], rows);
}

function countTable(facts: Facts, a: Grouping, b: Grouping): Table {
  const c = facts.columnLabels.length;
  const rows: TableRow[] = facts.rowLabels.flatMap((label, i) => {
    const own = Array.from({ length: c }, (_, j) => facts.counts[i * c + j]);
    const total = own.reduce((sum, value) => sum + value, 0);
    const row: Record<string, Cell> = { row: label.en, rowZh: label.zh ?? label.en, total };
    own.forEach((value, j) => {
      row[`n${j + 1}`] = value;
      row[`s${j + 1}`] = value / total;
    });
    return [row];
  });
  const columns = [
    column('row', 'text', { en: a.label?.en ?? facts.row, zh: a.label?.zh ?? facts.row }, { zhFrom: 'rowZh' }),
    ...facts.columnLabels.flatMap((label, j) => [column(`n${j + 1}`, 'integer', { en: 'n', zh: '频数' }, { group: label }), column(`s${j + 1}`, 'percent', { en: 'Row %', zh: '行百分比' }, { group: label })]),
    column('total', 'integer', { en: 'Total', zh: '合计' })
  ];
  return table({ en: `${a.label?.en ?? facts.row} by ${b.label?.en ?? facts.column}`, zh: `${a.label?.zh ?? facts.row} × ${b.label?.zh ?? facts.column} 交叉表` }, columns, rows, { notes: [sampleNote(facts.n, facts.rows)] });
}

function testTable(facts: Facts): Table {
  const odds = facts.oddsRatio !== null;
  const { pearson, yates, likelihoodRatio, cramerV, confLow, confHigh, smallCells } = facts.test;
  const rows: TableRow[] = [
    { test: 'Pearson χ²', testZh: '皮尔逊卡方', value: pearson.chiSquare, df: pearson.df, pValue: pearson.pValue },
    ...(yates ? [{ test: 'Continuity correction (Yates)', testZh: '连续性校正（Yates）', value: yates.chiSquare, df: yates.df, pValue: yates.pValue }] : []),
    { test: 'Likelihood ratio', testZh: '似然比', value: likelihoodRatio.chiSquare, df: likelihoodRatio.df, pValue: likelihoodRatio.pValue },
    ...(facts.fisher.method === 'none' ? [] : [fisherRow(facts.fisher)]),
    { test: 'Cramér’s V', testZh: 'Cramér V', value: cramerV, df: null, pValue: null, confLow, confHigh },
    ...oddsRows(facts.oddsRatio)
  ];
  return table({ en: 'Chi-square tests', zh: '卡方检验' }, [heading('test', { zhFrom: 'testZh' }), column('value', 'number', { en: 'Value', zh: '值' }, { digits: 3 }), heading('df', { kind: 'integer' }), heading('pValue'), heading('confLow', { kind: odds ? 'number' : 'unit', digits: 3 }), heading('confHigh', { kind: odds ? 'number' : 'unit', digits: 3 })], rows.map((row) => ({ confLow: null, confHigh: null, ...row })), {
    notes: [{ en: `${smallCells} of ${facts.counts.length} cells have an expected count below 5; 95% interval of V from the noncentral χ².${odds ? ' Odds ratio of the first row to the second: sample value with Woolf’s interval, and conditional estimate with the exact one.' : ''}`, zh: `${smallCells} 个单元格（共 ${facts.counts.length} 个）期望频数小于 5；V 的 95% 置信区间基于非中心卡方。${odds ? '优势比为第一行对第二行：样本值用 Woolf 区间，条件估计用精确区间。' : ''}` }, ...warningNotes(facts.warnings)]
  });
}

function fisherRow({ method, tables, pValue }: FisherExact): TableRow {
  const drawn = method === 'simulated';
  return { test: drawn ? `Fisher’s exact test (simulated, ${tables} draws)` : 'Fisher’s exact test', testZh: drawn ? `Fisher 精确检验（模拟 ${tables} 次）` : 'Fisher 精确检验', value: null, df: null, pValue };
}

function oddsRows(odds: OddsRatio | null): readonly TableRow[] {
  if (!odds) return [];
  return [
    ...(odds.sample === null ? [] : [{ test: 'Odds ratio', testZh: '优势比', value: odds.sample, df: null, pValue: null, confLow: odds.sampleLow, confHigh: odds.sampleHigh }]),
    { test: 'Odds ratio (conditional)', testZh: '优势比（条件）', value: odds.conditional, df: null, pValue: null, confLow: odds.conditionalLow, confHigh: odds.conditionalHigh }
  ];
}
