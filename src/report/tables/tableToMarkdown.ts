import type { PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import { isStatisticSymbol } from '../format/statisticSymbol.js';
import { printTable } from '../format/printTable.js';
import type { TableStyle } from '../format/tableStyle.js';

/** Characters that Markdown or inline HTML would read as markup. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~$]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : `\\${mark}`)).replace(/\u00a0+$/, '');
}

const RULE = { left: ':---', right: '---:', center: ':---:' } as const;

/** GitHub's pipe table; group headings go in front of the column's own. */
export function printedTableMarkdown(printed: PrintedTable): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const lines = printed.title === '' ? [] : [`**${escapeMarkdown(printed.title)}**`, ''];
  const heading = (text: string): string => (isStatisticSymbol(text) ? `*${escapeMarkdown(text)}*` : escapeMarkdown(text));
  lines.push(`| ${printed.columns.map((column) => `${column.group === '' ? '' : `${escapeMarkdown(column.group)}: `}${heading(column.heading)}`).join(' | ')} |`);
  lines.push(`| ${printed.columns.map(({ align }) => RULE[align]).join(' | ')} |`);
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  printed.cells.forEach((cells, i) => {
    const section = sections.get(i);
    if (section) lines.push(`| **${escapeMarkdown(section)}** |${' |'.repeat(printed.columns.length - 1)}`);
    lines.push(row(cells));
  });
  for (const note of printed.notes) lines.push('', escapeMarkdown(note));
  return `${lines.join('\n')}\n`;
}

export function tableToMarkdown(table: Table, style: TableStyle = {}): string {
  return printedTableMarkdown(printTable(table, style));
}
