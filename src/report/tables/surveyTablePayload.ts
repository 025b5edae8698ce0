import type { SurveyTablePayload } from '../../shared/mime/surveyTable.js';
import { finite, type Table, type TableRow } from '../../shared/table.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';

/** Rows that a notebook shows; the value itself keeps them all. */
export const MOST_SHOWN_ROWS = 200;

/** NaN and infinities are no JSON; a column the glossary does not know is left behind. */
function jsonRow(row: TableRow): TableRow {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? finite(value) : (value ?? null)]));
}

/** The table cut to what a notebook can show, with a note that says so. */
export function shortened(table: Table, most: number = MOST_SHOWN_ROWS): Table {
  const total = table.rows.length;
  if (total <= most) return table;
  return {
    ...table,
    rows: table.rows.slice(0, most),
    ...(table.sections ? { sections: table.sections.filter(({ beforeRow }) => beforeRow < most) } : {}),
    notes: [...table.notes, { en: `The first ${most} of ${total} rows are shown.`, zh: `仅显示 ${total} 行中的前 ${most} 行。` }]
  };
}

/** The payload of a table: numbers for sorting and checking, print for showing. */
export function surveyTablePayload(table: Table, style: TableStyle = {}): SurveyTablePayload {
  const { lang, style: name } = resolveTableStyle(style);
  const shown = shortened(table);
  const clean: Table = { ...shown, rows: shown.rows.map(jsonRow) };
  return { kind: 'surveyTable', version: 1, lang, style: name, table: clean, printed: printTable(clean, style) };
}
