import { displayWidth } from '../../shared/displayWidth.js';
import { columnGroups } from '../../shared/mime/surveyTable.js';
import type { Table, TableColumn } from '../../shared/table.js';
import { workbookFromSheets, type Sheet, type SheetCell } from '../../survey/formats/workbook.js';
import { printTable } from '../format/printTable.js';
import { resolveTableStyle, type ResolvedTableStyle, type TableStyle } from '../format/tableStyle.js';

/** A number format that shows what the page would show, while the cell keeps every digit. */
function numberFormat(column: TableColumn, style: ResolvedTableStyle): string {
  const zeros = (digits: number): string => (digits > 0 ? `0.${'0'.repeat(digits)}` : '0');
  switch (column.kind) {
    case 'integer':
      return column.digits === undefined ? '0' : zeros(column.digits);
    case 'percent':
      return `${zeros(column.digits ?? 1)}%`;
    case 'pValue':
      return zeros(column.digits ?? style.pDigits);
    case 'unit': {
      const plain = zeros(column.digits ?? style.digits);
      return style.leadingZero ? plain : plain.replace(/^0\./, '.');
    }
    case 'text':
      return 'General';
    default:
      return zeros(column.digits ?? style.digits);
  }
}

const WIDEST = 60;

function sheetOf(table: Table, style: ResolvedTableStyle): Sheet {
  const printed = printTable(table, style);
  const groups = columnGroups(printed.columns);
  const rows: SheetCell[][] = [[printed.title], []];
  const merges: { row: number; column: number; rows: number; columns: number }[] = [];
  if (groups.some(({ label }) => label !== '')) {
    const line: SheetCell[] = printed.columns.map(() => null);
    for (const { first, last, label } of groups) {
      if (label === '') continue;
      line[first] = label;
      if (last > first) merges.push({ row: rows.length, column: first, rows: 1, columns: last - first + 1 });
    }
    rows.push(line);
  }
  rows.push(printed.columns.map(({ heading }) => heading));
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  table.rows.forEach((row, i) => {
    const heading = sections.get(i);
    if (heading) rows.push([heading]);
    rows.push(
      table.columns.map((column, j): SheetCell => {
        const value = row[column.key];
        if (typeof value !== 'number') return printed.cells[i][j];
        const whole = column.kind !== 'integer' || Number.isInteger(value);
        return Number.isFinite(value) ? { value, format: whole ? numberFormat(column, style) : '0.00' } : null;
      })
    );
  });
  rows.push([], ...printed.notes.map((note) => [note]));
  const columnWidths = printed.columns.map(({ heading }, j) => Math.min(WIDEST, 2 + printed.cells.reduce((widest, cells) => Math.max(widest, displayWidth(cells[j])), displayWidth(heading))));
  return { name: printed.title, rows, columnWidths, merges };
}

/** One sheet per table: full precision under the page's number formats; text is never a formula. */
export async function tablesToXlsx(tables: readonly Table[], style: TableStyle = {}): Promise<Uint8Array> {
  const resolved = resolveTableStyle(style);
  return workbookFromSheets(tables.length === 0 ? [{ name: 'Results', rows: [] }] : tables.map((table) => sheetOf(table, resolved)));
}
