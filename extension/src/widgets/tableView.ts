import { columnGroups, type PrintedTable, type SurveyTablePayload } from '../../../src/shared/mime/surveyTable.js';
import type { Cell } from '../../../src/shared/table.js';
import { button, element } from './element.js';
import { copyText, fileName, saveFile } from './takeAway.js';

/** Longer tables show this many rows first; the rest on demand. */
const FIRST_ROWS = 500;

type Order = { readonly column: number; readonly direction: 1 | -1 } | null;

/** Numbers by size, text by the reader's alphabet, what does not exist last. */
function compare(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** Rows of tab-separated text, as spreadsheets take it from the clipboard. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/** RFC 4180; a byte order mark lets Excel read Chinese; text that a spreadsheet would run as a formula is marked as text. */
export function commaSeparated(rows: readonly (readonly Cell[])[]): string {
  const quoted = (cell: Cell): string => {
    const text = cell === null ? '' : typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return `\ufeff${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/**
 * A printed table in three lines, as journals set it. A click on a heading sorts
 * by the exact numbers; tables with sections keep their order.
 */
export class TableView {
  readonly node: HTMLElement;
  private readonly bodyHost: HTMLTableElement;
  private readonly message: HTMLElement;
  private order: Order = null;
  private limit = FIRST_ROWS;

  constructor(private readonly payload: SurveyTablePayload, options: { readonly titled?: boolean } = {}) {
    const { printed } = payload;
    this.message = element('span', { class: 'semlab-message', role: 'status', 'aria-live': 'polite' });
    this.bodyHost = element('table', { class: 'semlab-table', ...(payload.lang === 'en' ? {} : { lang: 'zh' }) });
    if ((options.titled ?? true) && printed.title !== '') this.bodyHost.append(element('caption', {}, printed.title));
    this.bodyHost.append(this.head(printed));
    this.fill();
    this.node = element(
      'div',
      { class: 'semlab-table-box' },
      element('div', { class: 'semlab-scroll', tabindex: 0, role: 'region', 'aria-label': printed.title || 'table' }, this.bodyHost),
      ...printed.notes.map((note) => element('p', { class: 'semlab-note' }, note)),
      element(
        'div',
        { class: 'semlab-toolbar', role: 'toolbar', 'aria-label': 'Table' },
        button('Copy', 'Copy the table as printed, for a spreadsheet or a text', () => this.copy()),
        button('CSV', 'Save the exact numbers as a CSV file', () => this.save()),
        this.message
      )
    );
  }

  private get sortable(): boolean {
    return this.payload.printed.sections.length === 0 && this.payload.printed.cells.length > 1;
  }

  private head({ columns }: PrintedTable): HTMLTableSectionElement {
    const head = element('thead');
    const groups = columnGroups(columns);
    if (groups.some(({ label }) => label !== '')) {
      head.append(element('tr', { class: 'semlab-groups' }, ...groups.map(({ first, last, label }) => element('th', { colspan: last - first + 1, scope: 'colgroup', ...(label === '' ? {} : { class: 'semlab-group' }) }, label))));
    }
    head.append(element('tr', {}, ...columns.map(({ heading, align }, column) => {
      const cell = element('th', { scope: 'col', class: `semlab-${align}` });
      if (this.sortable) {
        const sort = element('button', { type: 'button', class: 'semlab-sort', title: 'Sort by this column' }, heading);
        sort.addEventListener('click', () => this.sortBy(column));
        cell.append(sort);
      } else cell.append(heading);
      return cell;
    })));
    return head;
  }

  /** Up, down, as it came. */
  private sortBy(column: number): void {
    const { order } = this;
    this.order = order?.column !== column ? { column, direction: 1 } : order.direction === 1 ? { column, direction: -1 } : null;
    this.bodyHost.querySelectorAll('thead tr:last-child > th').forEach((cell, j) => {
      if (this.order?.column === j) cell.setAttribute('aria-sort', this.order.direction === 1 ? 'ascending' : 'descending');
      else cell.removeAttribute('aria-sort');
    });
    this.fill();
  }

  private rowOrder(): readonly number[] {
    const { table, printed } = this.payload;
    const rows = printed.cells.map((_, i) => i);
    if (!this.order) return rows;
    const { column, direction } = this.order;
    const key = printed.columns[column].key;
    const value = (i: number): Cell => (Object.hasOwn(table.rows[i], key) ? table.rows[i][key] : printed.cells[i][column]);
    return rows.sort((i, j) => {
      const a = value(i);
      const b = value(j);
      return a === null || b === null ? compare(a, b) : direction * compare(a, b);
    });
  }

  private fill(): void {
    const { printed } = this.payload;
    const headings = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
    const body = element('tbody');
    const rows = this.rowOrder();
    for (const i of rows.slice(0, this.limit)) {
      const heading = this.order ? undefined : headings.get(i);
      if (heading !== undefined) body.append(element('tr', { class: 'semlab-section' }, element('th', { colspan: printed.columns.length, scope: 'rowgroup' }, heading)));
      body.append(element('tr', {}, ...printed.cells[i].map((cell, j) => element('td', { class: `semlab-${printed.columns[j].align}` }, cell))));
    }
    if (rows.length > this.limit) {
      const more = button(`${rows.length - this.limit} more rows`, 'Show all rows', () => {
        this.limit = rows.length;
        this.fill();
      });
      body.append(element('tr', {}, element('td', { colspan: printed.columns.length }, more)));
    }
    this.bodyHost.tBodies[0]?.remove();
    this.bodyHost.append(body);
  }

  private copy(): void {
    const { columns, cells, title, notes } = this.payload.printed;
    const text = [...(title === '' ? [] : [title]), tabSeparated([columns.map(({ heading }) => heading), ...this.rowOrder().map((i) => cells[i])]), ...notes].join('\n');
    copyText(text).then(
      () => (this.message.textContent = 'table copied'),
      (problem: unknown) => (this.message.textContent = `that did not work: ${problem instanceof Error ? problem.message : String(problem)}`)
    );
  }

  private save(): void {
    const { table } = this.payload;
    const rows = this.rowOrder().map((i) => table.columns.map(({ key }): Cell => table.rows[i][key] ?? null));
    saveFile(fileName(table.title.en, 'csv'), new Blob([commaSeparated([table.columns.map(({ label }) => label.en), ...rows])], { type: 'text/csv' }));
  }
}
