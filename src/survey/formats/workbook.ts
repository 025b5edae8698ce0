import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { fail } from '../../shared/diagnostic.js';
import { secureCompoundFile } from './compoundFile.js';
import { repackStored } from './inflate.js';
import { listened } from './listened.js';
import { MOST_COLUMNS, MOST_ROWS } from './xlsx/workbookFromSheets.js';

/** A cell that is read: `date` says that its number is shown as a moment. */
export interface ReadCell {
  readonly value: string | number | boolean | null;
  readonly date?: boolean;
  /** The cell holds an error such as `#DIV/0!`. */
  readonly error?: string;
  /** The cell holds a formula whose result the file does not have. */
  readonly uncomputed?: boolean;
}

export interface ReadSheet {
  readonly name: string;
  /** Rows may have holes and different lengths. */
  readonly rows: readonly (readonly (ReadCell | undefined)[])[];
}

export interface ReadWorkbook {
  readonly sheets: readonly ReadSheet[];
  /** Days are counted from 1904 (old Macintosh files) and not from 1900. */
  readonly since1904: boolean;
  /** Parts that belong to no workbook and were passed over: the mark of a damaged file. */
  readonly foreignRecords: number;
}

/** Packed workbooks (.xlsx, .ods) start like this. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Old workbooks (.xls) start like this. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** A megabyte of program that most sessions never need: loaded when the first workbook is met. */
const spreadsheets = (): Promise<typeof import('@e965/xlsx')> => import('@e965/xlsx');

/** All sheets of an .xlsx, .xls or .ods file. Formulas are not kept, only what they last gave. */
export async function readWorkbook(bytes: Uint8Array, limit?: number): Promise<ReadWorkbook> {
  const packed = ZIP.every((byte, i) => bytes[i] === byte);
  let content = packed ? undefined : bytes;
  if (COMPOUND.every((byte, i) => bytes[i] === byte)) {
    content = bytes.slice();
    const fault = secureCompoundFile(content);
    if (fault !== undefined) fail('damaged-file', `the workbook is damaged: ${fault}`, { help: 'fetch it again, or save it as .xlsx' });
  }
  const library = await spreadsheets();
  const isDate: IsDate = (format) => library.SSF.is_date(format);
  let book: WorkBook;
  let complaints: readonly string[];
  try {
    ({ value: book, told: complaints } = listened(() => library.read(content ?? repackStored(bytes, '.xlsx', limit), { type: 'array', dense: true, cellDates: false, cellNF: true, cellFormula: true, sheetStubs: true, cellHTML: false, cellText: false })));
  } catch (cause) {
    if ((cause as Error).name === 'SurveyError') throw cause;
    return fail('damaged-file', `the workbook cannot be read: ${(cause as Error).message}`, { help: 'open it in a spreadsheet program and save it again, perhaps without a password' });
  }
  const sheets = book.SheetNames.map((name): ReadSheet => {
    const sheet: WorkSheet | undefined = book.Sheets[name];
    if (!sheet) fail('damaged-file', `sheet \`${name}\` of the workbook cannot be read`, { help: 'open it in a spreadsheet program and save it again' });
    const data = sheet['!data'] ?? [];
    if (data.length > MOST_ROWS || data.some((row) => (row?.length ?? 0) > MOST_COLUMNS)) fail('damaged-file', `sheet \`${name}\` claims cells outside the ${MOST_ROWS} rows and ${MOST_COLUMNS} columns of a sheet`, { help: 'open it in a spreadsheet program and save it again' });
    return { name, rows: Array.from(data, (row) => Array.from(row ?? [], (cell) => cell && readCell(cell, isDate))) };
  });
  return { sheets, since1904: book.Workbook?.WBProps?.date1904 === true, foreignRecords: complaints.length };
}

type IsDate = (format: string) => boolean;

function readCell(cell: CellObject, isDate: IsDate): ReadCell | undefined {
  if (cell.t === 'z') return cell.f === undefined ? undefined : { value: null, uncomputed: true };
  switch (cell.t) {
    case 'n':
      return { value: cell.v as number, ...(typeof cell.z === 'string' && isDate(cell.z) ? { date: true } : {}) };
    case 's':
      return { value: cell.v as string };
    case 'b':
      return { value: cell.v as boolean };
    case 'e':
      return { value: null, error: cell.w ?? 'error' };
    default:
      return undefined;
  }
}
