import { withCodes, withStrings } from '../declaredMissing.js';
import type { Survey } from '../survey.js';
import { valueText } from '../valueText.js';
import { workbookFromSheets, type Sheet, type SheetCell } from './workbook.js';

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
/** Built-in formats 14, 22 and 46: every reader knows them, and they follow the reader's country. */
const FORMATS = { date: 'm/d/yy', datetime: 'm/d/yy h:mm', time: '[h]:mm:ss' } as const;

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
    if (temporal) return (row) => ({ value: values[row] / DAY + (temporal === 'time' ? 0 : EPOCH_DAYS), format: FORMATS[temporal] });
    if (answers === 'labels' && info.valueLabels.size > 0) return (row) => valueText(values[row], info);
    return (row) => values[row];
  });
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const rows: SheetCell[][] = [survey.names().slice()];
  for (let row = 0; row < survey.rowCount; row++) if (!excluded || excluded[row] === 0) rows.push(cells.map((cell) => cell(row)));
  const sheets: Sheet[] = [{ name: 'data', rows }];
  if (codebook) sheets.push({ name: 'codebook', rows: codebookRows(survey), columnWidths: [16, 40, 40, 10, 50, 16] });
  return workbookFromSheets(sheets);
}

function codebookRows(survey: Survey): SheetCell[][] {
  const rows = survey.names().map((name): SheetCell[] => {
    const { label, level, valueLabels, missing } = survey.info(name);
    const answers = [...valueLabels].map(([value, text]) => `${value} = ${text.en}${text.zh === undefined || text.zh === text.en ? '' : ` | ${text.zh}`}`).join('; ');
    const codes = [...missing.codes.map(String), ...(missing.range ? [`${missing.range.low} to ${missing.range.high}`] : []), ...(missing.strings ?? [])].join(', ');
    return [name, label?.en ?? null, label?.zh ?? null, level ?? null, answers || null, codes || null];
  });
  return [['variable', 'label', '标签', 'level', 'answers', 'missing'], ...rows];
}
