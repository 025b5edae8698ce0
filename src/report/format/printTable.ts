import { inLanguage, type Align, type Language, type PrintedColumn, type PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Bilingual, Cell, Table, TableColumn, TableRow } from '../../shared/table.js';
import { formatEstimate, formatFixed, formatInteger, formatP, formatPercent, formatUnit, stars, starsNote } from './formatNumber.js';
import { resolveTableStyle, type ResolvedTableStyle, type TableStyle } from './tableStyle.js';

function words(value: boolean, lang: Language): string {
  return inLanguage(value ? { en: 'yes', zh: '是' } : { en: 'no', zh: '否' }, lang);
}

/** Line breaks and control characters would break a row of every format. */
function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
}

/** One cell as text; a missing value is an empty cell. */
export function formatCell(value: Cell | undefined, column: TableColumn, style: ResolvedTableStyle): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return oneLine(value);
  if (typeof value === 'boolean') return words(value, style.lang);
  if (!Number.isFinite(value)) return '';
  const digits = column.digits ?? style.digits;
  switch (column.kind) {
    case 'text':
      return String(value);
    case 'integer':
      return column.digits === undefined ? formatInteger(value) : formatFixed(value, column.digits);
    case 'number':
      return formatFixed(value, digits);
    case 'estimate':
      return formatEstimate(value, digits);
    case 'unit':
      return formatUnit(value, digits, style.leadingZero);
    case 'pValue':
      return formatP(value, column.digits ?? style.pDigits, style.leadingZero);
    case 'percent':
      return formatPercent(value, column.digits ?? 1);
  }
}

function textOf(row: TableRow, column: TableColumn, style: ResolvedTableStyle): string {
  const own = row[column.key];
  const chinese = column.zhFrom === undefined ? undefined : row[column.zhFrom];
  if (typeof own === 'string' && typeof chinese === 'string' && chinese !== '') return oneLine(inLanguage({ en: own, zh: chinese }, style.lang));
  return formatCell(own, column, style);
}

const NO_BREAK_SPACE = '\u00a0';

/** Cells of one column; stars hang to the right of aligned digits. */
function columnCells(table: Table, column: TableColumn, style: ResolvedTableStyle): readonly string[] {
  const { starsFrom } = column;
  if (starsFrom === undefined || !style.stars) return table.rows.map((row) => textOf(row, column, style));
  const marks = table.rows.map((row) => {
    const p = row[starsFrom];
    return typeof p === 'number' && row[column.key] !== null && row[column.key] !== undefined ? stars(p) : '';
  });
  const room = Math.max(0, ...marks.map((mark) => mark.length));
  return table.rows.map((row, i) => {
    const text = textOf(row, column, style);
    return text === '' ? '' : text + marks[i] + NO_BREAK_SPACE.repeat(room - marks[i].length);
  });
}

function noteLines(notes: readonly Bilingual[], lang: Language): string[] {
  if (lang === 'both') return notes.flatMap(({ en, zh }) => (zh === undefined || zh === en ? [en] : [zh, en])).map(oneLine);
  return notes.map((note) => oneLine(inLanguage(note, lang)));
}

/** Writes out a table: the one step between numbers and every printed form. */
export function printTable(table: Table, style: TableStyle = {}): PrintedTable {
  const resolved = resolveTableStyle(style);
  const { lang } = resolved;
  const byColumn = table.columns.map((column) => columnCells(table, column, resolved));
  const columns = table.columns.map(
    (column): PrintedColumn => ({
      key: column.key,
      heading: oneLine(inLanguage(column.label, lang)),
      group: column.group ? oneLine(inLanguage(column.group, lang)) : '',
      align: (column.kind === 'text' ? 'left' : 'right') satisfies Align
    })
  );
  const notes = noteLines(table.notes, lang);
  const starred = byColumn.some((cells, j) => table.columns[j].starsFrom !== undefined && cells.some((cell) => cell.includes('*')));
  if (starred && !notes.some((note) => note.includes('***'))) notes.push(starsNote(resolved.leadingZero));
  return {
    title: oneLine(inLanguage(table.title, lang)),
    columns,
    cells: table.rows.map((_, i) => byColumn.map((cells) => cells[i])),
    sections: (table.sections ?? []).map(({ beforeRow, label }) => ({ beforeRow, heading: label ? oneLine(inLanguage(label, lang)) : '' })),
    notes
  };
}
