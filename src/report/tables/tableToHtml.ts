import { displayWidth } from '../../shared/displayWidth.js';
import { columnGroups, type PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import { printTable } from '../format/printTable.js';
import type { TableStyle } from '../format/tableStyle.js';
import { isStatisticSymbol } from '../format/statisticSymbol.js';

/** Text as HTML character data or attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
}

/** Rules name no colour: they take the text's, so that a dark theme shows them too. */
const HEAVY = '1.5px solid';
const LIGHT = '1px solid';
const CELL = 'padding:3px 10px';
/** In tables of more columns than this, headings wider than this many characters run over lines, so that the table fits the page. */
const FEW = 5;
const LONG = 14;
const BROKEN = ';white-space:normal;min-width:7em;vertical-align:bottom';
const PLAIN_ROW = 'background:transparent;border:none';

function headingHtml(heading: string): string {
  return isStatisticSymbol(heading) ? `<i>${escapeHtml(heading)}</i>` : escapeHtml(heading);
}

function groupRow(printed: PrintedTable): string {
  const groups = columnGroups(printed.columns);
  if (groups.every(({ label }) => label === '')) return '';
  const cells = groups.map(({ first, last, label }) => {
    const rule = label === '' ? '' : `;border-bottom:${LIGHT}`;
    return `<th colspan="${last - first + 1}" style="${CELL};text-align:center;font-weight:normal${rule}">${escapeHtml(label)}</th>`;
  });
  return `<tr style="${PLAIN_ROW}">${cells.join('')}</tr>`;
}

/** A printed table as one `<table>`; every style is inline, so that notebooks' exports keep it. */
export function printedTableHtml(printed: PrintedTable): string {
  const { columns, cells } = printed;
  const headings = columns.map(({ heading, align }) => `<th scope="col" style="${CELL};text-align:${align};font-weight:normal;border-bottom:${LIGHT}${columns.length > FEW && displayWidth(heading) > LONG ? BROKEN : ''}">${headingHtml(heading)}</th>`);
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  const body = cells.flatMap((row, i) => {
    const heading = sections.get(i);
    const rule = heading !== undefined && i > 0 ? `;border-top:${LIGHT}` : '';
    const lines: string[] = [];
    if (heading) lines.push(`<tr style="${PLAIN_ROW}"><th colspan="${columns.length}" style="${CELL};text-align:left;font-weight:bold${rule}">${escapeHtml(heading)}</th></tr>`);
    const top = heading ? '' : rule;
    lines.push(`<tr style="${PLAIN_ROW}">${row.map((cell, j) => `<td style="${CELL};text-align:${columns[j].align}${top}">${escapeHtml(cell)}</td>`).join('')}</tr>`);
    return lines;
  });
  const notes = printed.notes.map(escapeHtml).join('<br>');
  const foot = `<tfoot><tr style="${PLAIN_ROW}"><td colspan="${Math.max(1, columns.length)}" style="${CELL};white-space:normal;text-align:left;font-size:90%;border-top:${HEAVY}">${notes}</td></tr></tfoot>`;
  return [
    `<table style="color:inherit;border-collapse:collapse;border:none;border-top:${HEAVY};margin:8px 0;white-space:nowrap;font-variant-numeric:tabular-nums">`,
    printed.title === '' ? '' : `<caption style="caption-side:top;text-align:left;font-weight:bold;padding:4px 0">${escapeHtml(printed.title)}</caption>`,
    `<thead>${groupRow(printed)}<tr style="${PLAIN_ROW}">${headings.join('')}</tr></thead>`,
    `<tbody>${body.join('')}</tbody>`,
    foot,
    '</table>'
  ].join('');
}

/** HTML of a table (three-line, escaped, theme-neutral). */
export function tableToHtml(table: Table, style: TableStyle = {}): string {
  return printedTableHtml(printTable(table, style));
}
