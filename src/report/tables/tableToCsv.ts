import { inLanguage } from '../../shared/mime/surveyTable.js';
import type { Cell, Table } from '../../shared/table.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';

export interface CsvOptions extends TableStyle {
  /** `full` writes every digit of a number; `printed` writes what the page shows. */
  readonly numbers?: 'full' | 'printed';
}

/**
 * A text that a spreadsheet would run as a formula gets an apostrophe in
 * front, which shows it as text (CWE-1236).
 */
export function guardFormula(text: string): string {
  return /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function field(value: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return quoted(guardFormula(String(value)));
}

/** RFC 4180 lines (CRLF) with one heading row; notes are left out. */
export function tableToCsv(table: Table, options: CsvOptions = {}): string {
  const { numbers = 'full', ...style } = options;
  const { lang } = resolveTableStyle(style);
  const head = table.columns.map(({ group, label }) => quoted(guardFormula(`${group ? `${inLanguage(group, lang)}: ` : ''}${inLanguage(label, lang)}`)));
  const printed = printTable(table, style).cells;
  const rows = table.rows.map((row, i) =>
    table.columns.map((column, j) => {
      const raw = row[column.key];
      if (typeof raw === 'number' && numbers === 'full') return field(raw);
      const text = printed[i][j].replace(/\u00a0+$/, '');
      return typeof raw === 'number' ? quoted(text.replace('\u2212', '-')) : field(text);
    })
  );
  return [head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}
