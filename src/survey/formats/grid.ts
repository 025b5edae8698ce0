import { warning, type Diagnostic } from '../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../rawSurvey.js';
import type { VariableInfo } from '../codebook.js';
import { temporalText } from '../valueText.js';
import { mergeVariable, plainVariable } from '../variableInfo.js';
import { distinctNames } from './columnNames.js';
import { MISSING_WORDS } from './csv/readCsv.js';
import { toNumber } from './csv/toNumber.js';
import { mixedColumn } from './mixedColumn.js';
import { printedNumbers, type PrintedNumbersOptions } from './printedNumbers.js';
import { finishPlatform } from './platforms/finishPlatform.js';
import { HEAD_RECORDS, planHeader } from './platforms/plainHeader.js';
import type { WenjuanxingTokens } from './platforms/wenjuanxing.js';
import type { ReadCell } from './workbook.js';

export interface GridOptions extends PrintedNumbersOptions {
  readonly header?: boolean;
  readonly missing?: readonly string[];
  readonly wenjuanxing?: WenjuanxingTokens;
}

type Row = readonly (ReadCell | undefined)[];

/** Days from 1899-12-30 (day 0 of spreadsheets) to 1970-01-01, and from there to the count that starts in 1904. */
const EPOCH_DAYS = 25_569;
const DAYS_1904 = 1462;
const DAY = 86_400_000;
const DECIMAL_POINT = 46;

/** A sheet as a survey: header rows by platform, typed columns, empty rows left out. */
export function surveyOfGrid(sheet: readonly Row[], since1904: boolean, options: GridOptions = {}): RawSurvey & { readonly platform: string } {
  const rowPlaces = sheet.flatMap((row, i) => (row.some((cell) => cell && cell.value !== null && cell.value !== '') ? [i] : []));
  const titles = titleRows(rowPlaces.map((i) => sheet[i]), options);
  rowPlaces.splice(0, titles);
  const rows = rowPlaces.map((i) => sheet[i]);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const text = (cell: ReadCell | undefined): string => (cell?.value == null ? '' : cell.date ? momentText(cell.value as number, since1904) : typeof cell.value === 'boolean' ? String(cell.value).toUpperCase() : String(cell.value));
  const head = rows.slice(0, HEAD_RECORDS).map((row) => Array.from({ length: width }, (_, j) => text(row[j])));
  const plan = planHeader(head, options);
  const body = rows.slice(plan.skip);
  // Columns without heading and without cells are the sheet's margin.
  const used = plan.names.map((_, j) => j).filter((j) => plan.names[j].trim() !== '' || body.some((row) => text(row[j]) !== ''));
  const { names, warnings: renamed } = distinctNames(used.map((j) => plan.names[j]));
  const missing = new Set(['', ...(options.missing ?? MISSING_WORDS)]);
  const noAnswer = new Set([...missing, ...(plan.noAnswer?.strings ?? [])]);
  const warnings: Diagnostic[] = [...(plan.warnings ?? []), ...renamed];
  if (titles > 0) warnings.push(warning('title-rows', `${titles === 1 ? 'one row' : `${titles} rows`} of text above the headings ${titles === 1 ? 'was' : 'were'} taken for a title and left out`, { zh: `表头上方的 ${titles} 行文字视为标题，未读入`, help: 'when it is a heading, say `header: true`', helpZh: '若其为表头，请写 `header: true`' }));
  const variables = new Map<string, VariableInfo>();
  const columns = used.map((j, k): RawColumn => {
    const name = names[k];
    const cells = body.map((row) => row[j]);
    const label = plan.labels[j];
    let info = mergeVariable(plainVariable(name), label ? { label } : {});
    const errors = cells.filter((cell) => cell?.error !== undefined && cell.error !== '#N/A');
    if (errors.length > 0) warnings.push(warning('error-cells', `${errors.length} cells of column \`${name}\` hold errors such as ${errors[0]?.error}; they are read as missing`, { zh: `列 \`${name}\` 有 ${errors.length} 个单元格为错误值（如 ${errors[0]?.error}），按缺失读入` }));
    const unknown = cells.filter((cell) => cell?.uncomputed).length;
    if (unknown > 0) warnings.push(warning('uncomputed-cells', `${unknown} formulas of column \`${name}\` have never been computed; they are read as missing`, { zh: `列 \`${name}\` 有 ${unknown} 个公式从未计算，按缺失读入`, help: 'open the workbook in a spreadsheet program and save it', helpZh: '请用电子表格软件打开并保存该文件' }));
    const filled = cells.filter((cell) => cell !== undefined && cell.value !== null && !missing.has(text(cell).trim()));
    const dates = filled.filter((cell) => cell?.date).length;
    if (dates > 0 && dates === filled.length) {
      const days = Float64Array.from(cells, (cell) => (cell?.date ? (cell.value as number) + (since1904 ? DAYS_1904 : 0) : NaN));
      const temporal = temporalOf(days);
      info = mergeVariable(info, { temporal });
      variables.set(name, info);
      // Whole milliseconds: days are stored in binary fractions.
      return { name, type: 'numeric', values: days.map((day) => Math.round((temporal === 'time' ? day : fromSerial(day)) * DAY)) };
    }
    if (label) variables.set(name, info);
    const numbers = new Float64Array(cells.length);
    const isNumeric = cells.every((cell, i) => {
      const value = cell?.value ?? null;
      const number = value === null ? NaN : typeof value === 'string' ? toNumber(value.trim(), DECIMAL_POINT, missing) : Number(value);
      numbers[i] = number ?? NaN;
      return number !== undefined;
    });
    if (isNumeric && dates === 0) return { name, type: 'numeric', values: numbers };
    const words: RawColumn = { name, type: 'string', values: cells.map((cell) => (cell?.value == null || missing.has(text(cell)) ? null : text(cell))) };
    // Numbers among the words are written with a decimal point.
    const printed = dates === 0 ? printedNumbers(words, '.', options.printedNumbers) : undefined;
    if (printed) {
      warnings.push(...printed.warnings);
      return printed.column;
    }
    warnings.push(...mixedColumn(name, filled.map((cell) => typeof cell?.value === 'number' || toNumber(text(cell).trim(), DECIMAL_POINT, noAnswer) !== undefined), (place) => {
      const cell = filled[place];
      return { text: text(cell), place: `row ${rowPlaces[cells.indexOf(cell) + plan.skip] + 1}` };
    }));
    return words;
  });
  const raw: RawSurvey = { rowCount: body.length, columns, variables, notes: plan.notes, warnings, ...(plan.noAnswer ? { noAnswer: plan.noAnswer } : {}) };
  return { platform: plan.platform, ...finishPlatform(plan.platform, raw, options.wenjuanxing) };
}

/** A table of at least this many columns has no single heading. */
const TITLE_WIDTH = 3;
const MOST_TITLES = 5;

/** Rows above the headings that hold one text only, such as the name of the survey over merged cells. */
function titleRows(rows: readonly Row[], { header }: GridOptions): number {
  if (header !== undefined) return 0;
  const filled = (row: Row): readonly (ReadCell | undefined)[] => row.filter((cell) => cell && cell.value !== null && cell.value !== '');
  const first = rows.slice(0, MOST_TITLES + 1).findIndex((row) => filled(row).length > 1);
  const isTitle = (row: Row): boolean => filled(row).every((cell) => typeof cell?.value === 'string');
  return first > 0 && filled(rows[first]).length >= TITLE_WIDTH && rows.slice(0, first).every(isTitle) ? first : 0;
}

/** Spreadsheets count a 29 February 1900 that never was: days before it are one off. */
function fromSerial(day: number): number {
  return (day < 60 ? day + 1 : day) - EPOCH_DAYS;
}

/** What a reader of the sheet sees for a date among other things. */
function momentText(serial: number, since1904: boolean): string {
  const day = serial + (since1904 ? DAYS_1904 : 0);
  const temporal = temporalOf(Float64Array.of(day));
  return temporalText(Math.round((temporal === 'time' ? day : fromSerial(day)) * DAY), temporal) ?? String(serial);
}

function temporalOf(days: Float64Array): 'date' | 'datetime' | 'time' {
  const known = days.filter((day) => !Number.isNaN(day));
  if (known.every((day) => Number.isInteger(day))) return 'date';
  return known.every((day) => day < 1) ? 'time' : 'datetime';
}
