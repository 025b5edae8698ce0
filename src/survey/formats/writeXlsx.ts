import { withCodes, withStrings } from '../declaredMissing.js';
import type { Survey } from '../survey.js';
import { valueText } from '../valueText.js';
import { displayWidth } from '../../shared/displayWidth.js';
import type { Sheet, SheetCell } from './xlsx/sheet.js';
import { workbookFromSheets } from './xlsx/workbookFromSheets.js';

export interface WriteXlsxOptions {
  /** `values` writes numbers, `labels` writes value labels where there are any. */
  readonly answers?: 'values' | 'labels';
  /** Declared missing codes as they stood in the source (default), or empty cells. */
  readonly missingCodes?: 'keep' | 'empty';
  readonly validOnly?: boolean;
  /** A second sheet that describes the variables (default). */
  readonly codebook?: boolean;
}

const EPOCH_DAYS = 25_569;
const DAY = 86_400_000;
/** Columns are as wide as their heading and the first answers need, within these. */
const NARROWEST = 6;
const WIDEST = 40;
const ROWS_MEASURED = 200;
/** Characters of a date, of a moment, of a time of day. */
const MOMENT_WIDTH = { date: 11, datetime: 16, time: 9 } as const;
/** Built-in formats 14, 22 and 46: every reader knows them, and they follow the reader's country. */
const FORMATS = { date: 'm/d/yy', datetime: 'm/d/yy h:mm', time: '[h]:mm:ss' } as const;

const heading = (name: string, align: 'left' | 'right' = 'left'): SheetCell => ({ value: name, bold: true, bottom: 'thin', align });

/** The survey as .xlsx: answers on the first sheet, the codebook on the second. Text never becomes a formula. */
export async function writeXlsx(survey: Survey, options: WriteXlsxOptions = {}): Promise<Uint8Array> {
  const { answers = 'values', missingCodes = 'keep', validOnly = false, codebook = true } = options;
  const cells = survey.columns.map((column): ((row: number) => SheetCell) => {
    if (column.type === 'string') {
      const words = missingCodes === 'keep' ? withStrings(column) : column.values;
      return (row) => words[row];
    }
    const info = survey.info(column.name);
    const values = missingCodes === 'keep' ? withCodes(column) : column.values;
    const { temporal } = info;
    if (temporal) return (row) => (Number.isNaN(values[row]) ? null : { value: values[row] / DAY + (temporal === 'time' ? 0 : EPOCH_DAYS), format: FORMATS[temporal] });
    if (answers === 'labels' && info.valueLabels.size > 0) return (row) => valueText(values[row], info);
    return (row) => values[row];
  });
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const rows: SheetCell[][] = [survey.columns.map(({ name, type }) => heading(name, type === 'numeric' && (answers === 'values' || survey.info(name).valueLabels.size === 0) ? 'right' : 'left'))];
  for (let row = 0; row < survey.rowCount; row++) if (!excluded || excluded[row] === 0) rows.push(cells.map((cell) => cell(row)));
  const columnWidths = survey.columns.map(({ name }, j) => {
    const { temporal } = survey.info(name);
    let widest = temporal ? MOMENT_WIDTH[temporal] : NARROWEST;
    for (let row = 1; row <= Math.min(ROWS_MEASURED, rows.length - 1); row++) {
      const cell = rows[row][j];
      if (cell !== null && typeof cell !== 'object') widest = Math.max(widest, displayWidth(String(cell)));
    }
    return Math.min(WIDEST, 2 + Math.max(widest, displayWidth(name)));
  });
  const sheets: Sheet[] = [{ name: 'data', rows, columnWidths, frozenRows: 1 }];
  if (codebook) sheets.push({ name: 'codebook', rows: codebookRows(survey), columnWidths: [16, 40, 40, 10, 50, 16], frozenRows: 1 });
  return workbookFromSheets(sheets);
}

function codebookRows(survey: Survey): SheetCell[][] {
  const rows = survey.names().map((name): SheetCell[] => {
    const { label, level, valueLabels, missing } = survey.info(name);
    const answers = [...valueLabels].map(([value, text]) => `${value} = ${text.en}${text.zh === undefined || text.zh === text.en ? '' : ` | ${text.zh}`}`).join('; ');
    const codes = [...missing.codes.map(String), ...(missing.range ? [`${missing.range.low} to ${missing.range.high}`] : []), ...(missing.strings ?? [])].join(', ');
    return [name, label?.en ?? null, label?.zh ?? null, level ?? null, answers || null, codes || null].map((value) => ({ value, wrap: true }));
  });
  return [['variable', 'label', '标签', 'level', 'answers', 'missing'].map((name) => heading(name)), ...rows];
}
