import { displayWidth, padDisplay } from '../displayWidth.js';
import type { Bilingual, Table } from '../table.js';
import { allOf, isBilingual, listOf, numberIn, objectOf, oneOf, textUpTo, type Check } from './check.js';

/** A table with its printed form. */
export const SURVEY_TABLE_MIME = 'application/vnd.semlab.survey-table.v1+json';

export type Language = 'en' | 'zh' | 'both';
export type Align = 'left' | 'right' | 'center';

/** A column as printed: headings and alignment are settled. */
export interface PrintedColumn {
  readonly key: string;
  readonly heading: string;
  /** Heading over neighbouring columns with the same group; '' for none. */
  readonly group: string;
  readonly align: Align;
}

/** A table whose numbers are written out: what a renderer shows, a file prints and a text twin aligns. */
export interface PrintedTable {
  readonly title: string;
  readonly columns: readonly PrintedColumn[];
  /** Row by row, one text per column. */
  readonly cells: readonly (readonly string[])[];
  /** A rule, and a heading unless '', before a row. */
  readonly sections: readonly { readonly beforeRow: number; readonly heading: string }[];
  readonly notes: readonly string[];
}

/** What goes over the wire: the numbers (to sort, copy, verify) and the print (to show). */
export interface SurveyTablePayload {
  readonly kind: 'surveyTable';
  readonly version: 1;
  readonly lang: Language;
  readonly style: 'apa' | 'thesis';
  /** Full precision, both languages; `table.rows[i]` belongs to `printed.cells[i]`. */
  readonly table: Table;
  readonly printed: PrintedTable;
}

/** Most columns, rows and text that a renderer is asked to draw. */
const MOST_COLUMNS = 500;
const MOST_ROWS = 20_000;
const LONGEST_TEXT = 4_000;

const isCell: Check = (value, where) =>
  value === null || typeof value === 'boolean' || (typeof value === 'string' && value.length <= LONGEST_TEXT) || (typeof value === 'number' && Number.isFinite(value))
    ? null
    : `${where} is no cell (text, finite number, true, false or null)`;

/** Column keys are identifiers made by the library; names that reach an object's prototype are refused. */
const isKey: Check = (value, where) =>
  typeof value === 'string' && /^[A-Za-z_$][\w$.-]{0,79}$/.test(value) && value !== '__proto__' && value !== 'constructor' && value !== 'prototype'
    ? null
    : `${where} is no column key`;

const isRow: Check = (value, where) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${where} is not a row`;
  const keys = Object.keys(value);
  if (keys.length > MOST_COLUMNS) return `${where} holds more than ${MOST_COLUMNS} cells`;
  for (const key of keys) {
    const problem = isKey(key, `${where}.${key.slice(0, 40)}`) ?? isCell((value as Record<string, unknown>)[key], `${where}.${key}`);
    if (problem !== null) return problem;
  }
  return null;
};

export const isTableValue: Check = objectOf(
  {
    kind: oneOf('table'),
    title: isBilingual,
    columns: listOf(
      objectOf(
        { key: isKey, label: isBilingual, kind: oneOf('text', 'integer', 'number', 'estimate', 'unit', 'pValue', 'percent') },
        { digits: numberIn(0, 20), group: isBilingual, starsFrom: isKey, zhFrom: isKey }
      ),
      MOST_COLUMNS
    ),
    rows: listOf(isRow, MOST_ROWS),
    notes: listOf(objectOf({ en: textUpTo(LONGEST_TEXT) }, { zh: textUpTo(LONGEST_TEXT) }), 200)
  },
  { sections: listOf(objectOf({ beforeRow: numberIn(0, MOST_ROWS) }, { label: isBilingual }), MOST_ROWS) }
);

const isPrintedShape: Check = objectOf({
  title: textUpTo(2000),
  columns: listOf(objectOf({ key: isKey, heading: textUpTo(1000), group: textUpTo(1000), align: oneOf('left', 'right', 'center') }), MOST_COLUMNS),
  cells: listOf(listOf(textUpTo(LONGEST_TEXT), MOST_COLUMNS), MOST_ROWS),
  sections: listOf(objectOf({ beforeRow: numberIn(0, MOST_ROWS), heading: textUpTo(1000) }), MOST_ROWS),
  notes: listOf(textUpTo(2 * LONGEST_TEXT), 200)
});

const isRectangular: Check = (value, where) => {
  const printed = value as PrintedTable;
  const bad = printed.cells.findIndex((row) => row.length !== printed.columns.length);
  return bad < 0 ? null : `${where}.cells[${bad}] has another number of cells than there are columns`;
};

export const isPrintedTable: Check = allOf(isPrintedShape, isRectangular);

const sameRowCount: Check = (value, where) => {
  const payload = value as SurveyTablePayload;
  return payload.table.rows.length === payload.printed.cells.length ? null : `${where}.printed.cells has another number of rows than ${where}.table.rows`;
};

/** Both halves of a payload; also used for the tables inside a fit summary. */
export const isSurveyTableValue: Check = allOf(
  objectOf({ kind: oneOf('surveyTable'), version: oneOf(1), lang: oneOf('en', 'zh', 'both'), style: oneOf('apa', 'thesis'), table: isTableValue, printed: isPrintedTable }),
  sameRowCount
);

/** Why `value` is no payload of this MIME type, or `null` when it is one. */
export function surveyTableProblem(value: unknown): string | null {
  return isSurveyTableValue(value, 'table');
}

export function isSurveyTable(value: unknown): value is SurveyTablePayload {
  return surveyTableProblem(value) === null;
}

/** Blank columns between two columns of text output. */
const GAP = '  ';

/** Heading rows of group labels: each run of neighbouring columns with one group, as [first, last, label]. */
export function columnGroups(columns: readonly PrintedColumn[]): readonly { readonly first: number; readonly last: number; readonly label: string }[] {
  const runs: { first: number; last: number; label: string }[] = [];
  columns.forEach(({ group }, i) => {
    const open = runs.at(-1);
    if (open && open.label === group && group !== '') open.last = i;
    else runs.push({ first: i, last: i, label: group });
  });
  return runs;
}

/** The text twin: columns aligned by display width (Chinese characters count two), three rules, notes below. */
export function printedTableText(printed: PrintedTable): string {
  const { columns, cells } = printed;
  const widths = columns.map((column, j) => cells.reduce((widest, row) => Math.max(widest, displayWidth(row[j])), displayWidth(column.heading)));
  const spanWidth = (first: number, last: number): number => widths.slice(first, last + 1).reduce((sum, width) => sum + width, 0) + GAP.length * (last - first);
  const groups = columnGroups(columns);
  for (const { first, last, label } of groups) {
    const missing = displayWidth(label) - spanWidth(first, last);
    if (missing > 0) widths[last] += missing;
  }
  const total = columns.length === 0 ? 0 : spanWidth(0, columns.length - 1);
  const rule = '─'.repeat(total);
  const lines = printed.title === '' ? [] : [printed.title];
  lines.push(rule);
  if (groups.some(({ label }) => label !== '')) lines.push(groups.map(({ first, last, label }) => padDisplay(label, spanWidth(first, last), 'center')).join(GAP));
  lines.push(columns.map((column, j) => padDisplay(column.heading, widths[j], column.align)).join(GAP), rule);
  const headings = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  cells.forEach((row, i) => {
    const heading = headings.get(i);
    if (heading !== undefined) {
      if (i > 0) lines.push(rule);
      if (heading !== '') lines.push(heading);
    }
    lines.push(row.map((cell, j) => padDisplay(cell, widths[j], columns[j].align)).join(GAP));
  });
  lines.push(rule, ...printed.notes);
  return lines.map((line) => line.trimEnd()).join('\n');
}

export function surveyTableText(payload: SurveyTablePayload): string {
  return printedTableText(payload.printed);
}

/** The words of a heading in the wanted language(s); Chinese falls back to English. */
export function inLanguage(words: Bilingual, lang: Language): string {
  if (lang === 'en' || words.zh === undefined || words.zh === words.en) return words.en;
  return lang === 'zh' ? words.zh : `${words.zh} ${words.en}`;
}


