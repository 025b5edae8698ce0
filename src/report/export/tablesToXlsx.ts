import { displayWidth } from '../../shared/displayWidth.js';
import { columnGroups } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import type { Sheet, SheetCell } from '../../survey/formats/xlsx/sheet.js';
import { workbookFromSheets } from '../../survey/formats/xlsx/workbookFromSheets.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type ResolvedTableStyle, type TableStyle } from '../format/tableStyle.js';

/** `−1.20**`, `.034`, `45.0%`, `2.1e−8`: sign, whole part, decimals, power, per cent, stars and the room for more of them. */
const PRINTED = /^(\u2212?)(\d*)(?:\.(\d+))?(e[+\u2212]?\d+)?(%?)(\**)(\u00a0*)$/;

/**
 * The spreadsheet number format under which a number shows as it was printed,
 * while the cell keeps every digit: `0.000`, `.00"**"`, `0.0%`; a text such as
 * `< .001` is shown as it stands.
 */
export function formatShowing(printed: string, value: number): string {
  const match = PRINTED.exec(printed);
  if (!match) return `"${printed.replace(/"/g, '')}"`;
  const [, minus, whole, decimals, power, percent, stars, room] = match;
  const zeros = decimals === undefined ? '' : `.${'0'.repeat(decimals.length)}`;
  const digits = power === undefined ? `${whole === '' ? '' : '0'}${zeros}${percent}` : `0${zeros}E+0`;
  // Stars hang to the right of aligned digits.
  const marks = `${stars === '' ? '' : `"${stars}"`}${'_*'.repeat(room.length)}`;
  const positive = digits + marks;
  // A number that rounds to zero carries no sign.
  return value < 0 && minus === '' ? `${positive};${positive}` : positive;
}

const NARROWEST = 8;
const WIDEST = 60;
/** Height of a line of notes in points. */
const NOTE_LINE = 14;

function sheetOf(table: Table, style: ResolvedTableStyle): Sheet {
  const printed = printTable(table, style);
  const { columns, cells } = printed;
  const widest = columns.map(({ heading }, j) => Math.min(WIDEST, Math.max(NARROWEST, 2 + cells.reduce((most, row) => Math.max(most, displayWidth(row[j])), displayWidth(heading)))));
  const groups = columnGroups(columns);
  const isGrouped = groups.some(({ label }) => label !== '');
  const rows: SheetCell[][] = [[{ value: printed.title, bold: true }]];
  const merges: { row: number; column: number; rows: number; columns: number }[] = [];
  const rowHeights = new Map<number, number>();
  const wholeRow = (look: Partial<Exclude<SheetCell, string | number | boolean | null>>, first: SheetCell = null): SheetCell[] => columns.map((_, j) => ({ value: j === 0 ? (first as string | null) : null, ...look }));
  if (isGrouped) {
    const line: SheetCell[] = columns.map(() => ({ value: null, top: 'medium' }));
    for (const { first, last, label } of groups) {
      if (label === '') continue;
      for (let j = first; j <= last; j++) line[j] = { value: j === first ? label : null, align: 'center', top: 'medium', bottom: 'thin' };
      if (last > first) merges.push({ row: rows.length, column: first, rows: 1, columns: last - first + 1 });
      const lacking = displayWidth(label) + 2 - widest.slice(first, last + 1).reduce((sum, width) => sum + width, 0);
      if (lacking > 0) widest[last] += lacking;
    }
    rows.push(line);
  }
  rows.push(columns.map(({ heading, align }) => ({ value: heading, bold: true, align, bottom: 'thin', ...(isGrouped ? {} : { top: 'medium' as const }) })));
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  table.rows.forEach((row, i) => {
    const heading = sections.get(i);
    const rule = heading !== undefined && i > 0 ? ({ top: 'thin' } as const) : {};
    if (heading) rows.push(wholeRow({ bold: true, ...rule }, heading));
    rows.push(
      table.columns.map((column, j): SheetCell => {
        const value = row[column.key];
        const text = cells[i][j];
        const look = { align: columns[j].align, ...(heading ? {} : rule) };
        if (typeof value !== 'number' || column.kind === 'text') return { value: text === '' ? null : text, ...look };
        return Number.isFinite(value) ? { value, format: formatShowing(text, value), ...look } : { value: null, ...look };
      })
    );
  });
  const total = Math.max(1, widest.reduce((sum, width) => sum + width, 0));
  const notes = printed.notes.length === 0 && columns.length > 0 ? [''] : printed.notes;
  notes.forEach((note, i) => {
    const rule = i === 0 ? ({ top: 'medium' } as const) : {};
    if (columns.length > 1) merges.push({ row: rows.length, column: 0, rows: 1, columns: columns.length });
    // Merged cells do not grow with their text.
    rowHeights.set(rows.length, NOTE_LINE * Math.max(1, Math.ceil(displayWidth(note) / total)));
    rows.push(wholeRow({ small: true, wrap: true, ...rule }, note === '' ? null : note));
  });
  return { name: printed.title, rows, columnWidths: widest, rowHeights, merges, printed: true };
}

/** One sheet per table, ruled and set as on the page: full precision under number formats that show what the page shows; text is never a formula. */
export function tablesToXlsx(tables: readonly Table[], style: TableStyle = {}): Promise<Uint8Array> {
  const resolved = resolveTableStyle(style);
  return Promise.resolve(workbookFromSheets(tables.length === 0 ? [{ name: 'Results', rows: [] }] : tables.map((table) => sheetOf(table, resolved))));
}
