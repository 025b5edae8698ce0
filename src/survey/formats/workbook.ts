import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { fail } from '../../shared/diagnostic.js';
import { secureCompoundFile } from './compoundFile.js';
import { repackStored } from './inflate.js';

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
  try {
    book = library.read(content ?? repackStored(bytes, '.xlsx', limit), { type: 'array', dense: true, cellDates: false, cellNF: true, cellFormula: true, sheetStubs: true, cellHTML: false, cellText: false });
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
  return { sheets, since1904: book.Workbook?.WBProps?.date1904 === true };
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

/** A cell to write; `format` is a spreadsheet number format such as `0.000`. */
export type SheetCell = string | number | boolean | null | { readonly value: number; readonly format: string };

export interface Sheet {
  /** Made fit for a spreadsheet: at most 31 characters, none of `\ / ? * : [ ]`, distinct. */
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
  /** Widths in characters. */
  readonly columnWidths?: readonly number[];
  /** Cells drawn as one, counted from 0. */
  readonly merges?: readonly { readonly row: number; readonly column: number; readonly rows: number; readonly columns: number }[];
}

const LONGEST_SHEET_NAME = 31;
/** Rows and columns that a sheet holds. */
export const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const LONGEST_TEXT = 32_767;

/**
 * An .xlsx file of these sheets. Text is written as text and never as a
 * formula, whatever it starts with; numbers that do not exist are empty cells.
 *
 * @throws SurveyError `too-large` past the rows and columns of a sheet
 */
export async function workbookFromSheets(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const { utils, write } = await spreadsheets();
  const book = utils.book_new();
  const taken = new Set<string>();
  for (const sheet of sheets) {
    const columns = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (sheet.rows.length > MOST_ROWS || columns > MOST_COLUMNS) fail('too-large', `sheet \`${sheet.name}\` has ${sheet.rows.length} rows and ${columns} columns, an .xlsx sheet holds ${MOST_ROWS} × ${MOST_COLUMNS}`, { help: 'write .csv or .sav' });
    const worksheet: WorkSheet = {
      // Holes are cells that are not there.
      '!data': sheet.rows.map((row) => row.map(writtenCell)) as CellObject[][],
      '!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: { r: Math.max(0, sheet.rows.length - 1), c: Math.max(0, columns - 1) } })
    };
    if (sheet.columnWidths) worksheet['!cols'] = sheet.columnWidths.map((wch) => ({ wch }));
    if (sheet.merges) worksheet['!merges'] = sheet.merges.map(({ row, column, rows, columns: wide }) => ({ s: { r: row, c: column }, e: { r: row + rows - 1, c: column + wide - 1 } }));
    utils.book_append_sheet(book, worksheet, sheetName(sheet.name, taken));
  }
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true, bookSST: true }) as ArrayBuffer);
}

function writtenCell(cell: SheetCell): CellObject | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'string') return { t: 's', v: cell.slice(0, LONGEST_TEXT) };
  if (typeof cell === 'boolean') return { t: 'b', v: cell };
  const value = typeof cell === 'number' ? cell : cell.value;
  if (!Number.isFinite(value)) return undefined;
  return { t: 'n', v: value, ...(typeof cell === 'number' ? {} : { z: cell.format }) };
}

function sheetName(wanted: string, taken: Set<string>): string {
  const base = wanted.replace(/[\\/?*:[\]]/g, '_').replace(/^'+|'+$/g, '').trim() || 'Sheet';
  let name = base.slice(0, LONGEST_SHEET_NAME);
  for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${base.slice(0, LONGEST_SHEET_NAME - 4)} ${copy}`;
  taken.add(name.toLowerCase());
  return name;
}
