import { printedTableText } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import { printTable } from '../format/printTable.js';
import type { TableStyle } from '../format/tableStyle.js';

/** Monospaced text, aligned by display width. */
export function tableToText(table: Table, style: TableStyle = {}): string {
  return printedTableText(printTable(table, style));
}
