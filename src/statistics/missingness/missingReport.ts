import { table, type Table } from '../../shared/table.js';
import type { Diagnostic } from '../../shared/diagnostic.js';
import { skipReader } from '../../survey/skip/skipsOf.js';
import { skipTable } from '../../survey/skip/skipTable.js';
import type { SurveyColumn, Survey } from '../../survey/survey.js';
import type { Analysis } from '../analysis.js';
import { column, heading } from '../headings.js';
import { missingPatterns, type MissingPattern } from './patterns.js';

export interface VariableMissing {
  readonly name: string;
  readonly label: string | null;
  readonly labelZh: string | null;
  readonly valid: number;
  /** Empty although asked. */
  readonly missing: number;
  /** Empty because the question was not put to the person. */
  readonly notAsked: number;
  /** Of the rows to which the question was put. */
  readonly share: number | null;
  /** Code, tag or word → cells among the valid rows; what is left of `missing` was simply empty. */
  readonly reasons: ReadonlyMap<number | string, number>;
}

export interface MissingReport extends Analysis {
  readonly kind: 'missingReport';
  readonly rows: number;
  readonly variables: readonly VariableMissing[];
  /** Rows that answered everything that they were asked. */
  readonly completeRows: number;
  readonly missingCells: number;
  readonly notAskedCells: number;
  readonly missingShare: number | null;
  readonly patterns: readonly MissingPattern[];
}

/** Patterns that the table shows. */
const MOST_PATTERNS = 20;

/**
 * How many answers are missing, of what, why (declared codes), in how many
 * rows, in which patterns. Only rows that passed screening count.
 *
 * @param names by default all columns
 */
export function missingReport(survey: Survey, names: readonly string[] = survey.names()): MissingReport {
  const columns = names.map((name) => survey.column(name));
  const indicators = names.map((name, j) => (columns[j].type === 'numeric' ? survey.numeric(name) : Float64Array.from(survey.labels(name), (word) => (word === null ? NaN : 0))));
  const rows = survey.validCount;
  const skips = skipReader(survey);
  const skipped = names.map((name) => validFlags(survey, skips(name)?.notAsked));
  const variables = names.map((name, j): VariableMissing => {
    const empty = indicators[j].reduce((count, x) => count + (Number.isNaN(x) ? 1 : 0), 0);
    const notAsked = skipped[j]?.reduce((count, flag) => count + flag, 0) ?? 0;
    const missing = empty - notAsked;
    const { label } = survey.info(name);
    return { name, label: label?.en ?? null, labelZh: label?.zh ?? null, valid: rows - empty, missing, notAsked, share: rows > notAsked ? missing / (rows - notAsked) : null, reasons: reasonsOf(survey, columns[j]) };
  });
  const patterns = missingPatterns(indicators, skipped);
  const completeRows = patterns.reduce((sum, { answered, notAsked, rows: members }) => (answered.length + notAsked.length === names.length ? sum + members.length : sum), 0);
  const missingCells = variables.reduce((sum, { missing }) => sum + missing, 0);
  const notAskedCells = variables.reduce((sum, { notAsked }) => sum + notAsked, 0);
  const cells = rows * names.length - notAskedCells;
  const skipping = skipTable(survey, names);
  const warnings: readonly Diagnostic[] = [];
  const report = { kind: 'missingReport' as const, rows, variables, completeRows, missingCells, notAskedCells, missingShare: cells > 0 ? missingCells / cells : null, patterns, warnings };
  return Object.freeze({ ...report, tidy: () => variableTable(report), tables: () => [variableTable(report), patternTable(report), ...(skipping ? [skipping] : [])] });
}

/** Flags of these rows of the file, over the valid rows. */
function validFlags({ screening, rowCount }: Survey, rows: Uint32Array | undefined): Uint8Array | undefined {
  if (!rows || rows.length === 0) return undefined;
  const flags = new Uint8Array(rowCount);
  for (const row of rows) flags[row] = 1;
  return screening ? flags.filter((_, row) => screening.excludedBy[row] === 0) : flags;
}

type Report = Omit<MissingReport, 'tidy' | 'tables'>;

function reasonsOf(survey: Survey, { missingReasons }: SurveyColumn): ReadonlyMap<number | string, number> {
  const excluded = survey.screening?.excludedBy;
  const counts = new Map<number | string, number>();
  for (const [reason, rows] of missingReasons ?? []) {
    const count = excluded ? rows.reduce((sum, row) => sum + (excluded[row] === 0 ? 1 : 0), 0) : rows.length;
    if (count > 0) counts.set(reason, count);
  }
  return counts;
}

function variableTable({ variables, rows, completeRows, missingCells, notAskedCells, missingShare }: Report): Table {
  const shown = variables.map(({ name, label, labelZh, valid, missing, notAsked, share, reasons }) => ({ variable: name, label, labelZh, valid, missing, notAsked, share, reasons: [...reasons].map(([reason, count]) => `${reason}: ${count}`).join(', ') || null }));
  const percent = missingShare === null ? '' : ` (${(100 * missingShare).toFixed(1)}%)`;
  return table(
    { en: 'Missing answers', zh: '缺失值情况' },
    [heading('variable'), heading('label', { zhFrom: 'labelZh' }), heading('valid'), heading('missing'), ...(notAskedCells > 0 ? [heading('notAsked')] : []), column('share', 'percent', { en: 'Share missing', zh: '缺失比例' }), column('reasons', 'text', { en: 'Declared codes', zh: '缺失代码' })],
    shown,
    {
      notes: [
        notAskedCells === 0
          ? { en: `${rows} rows, ${completeRows} complete; ${missingCells} cells missing${percent}.`, zh: `共 ${rows} 行，完整 ${completeRows} 行；缺失单元格 ${missingCells} 个${percent}。` }
          : {
              en: `${rows} rows, ${completeRows} answered everything they were asked; ${missingCells} cells missing${percent} of those that were to be answered, ${notAskedCells} not asked.`,
              zh: `共 ${rows} 行，${completeRows} 行答完全部应答题；应答单元格中缺失 ${missingCells} 个${percent}，未询问 ${notAskedCells} 个。`
            }
      ]
    }
  );
}

function patternTable({ patterns, variables, rows }: Report): Table {
  const skipping = patterns.some(({ notAsked }) => notAsked.length > 0);
  const shown = patterns.slice(0, MOST_PATTERNS).map(({ answered, notAsked, rows: members }) => {
    const has = new Set([...answered, ...notAsked]);
    const missing = variables.filter((_, j) => !has.has(j)).map(({ name }) => name);
    return { missing: missing.join(', ') || '—', ...(skipping ? { notAsked: notAsked.map((j) => variables[j].name).join(', ') || '—' } : {}), count: missing.length, n: members.length, share: rows > 0 ? members.length / rows : null };
  });
  return table(
    { en: 'Patterns of missing answers', zh: '缺失模式' },
    [column('missing', 'text', { en: 'Missing variables', zh: '缺失变量' }), ...(skipping ? [column('notAsked', 'text', { en: 'Not asked', zh: '未询问' })] : []), column('count', 'integer', { en: 'Variables', zh: '变量数' }), heading('n'), column('share', 'percent', { en: 'Share of rows', zh: '行比例' })],
    shown,
    { notes: patterns.length > MOST_PATTERNS ? [{ en: `The ${MOST_PATTERNS} most frequent of ${patterns.length} patterns.`, zh: `共 ${patterns.length} 种模式，仅列出最常见的 ${MOST_PATTERNS} 种。` }] : [] }
  );
}
