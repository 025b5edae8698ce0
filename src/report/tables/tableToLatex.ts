import { columnGroups, type PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import { printTable } from '../format/printTable.js';
import type { TableStyle } from '../format/tableStyle.js';

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['{', '\\{'],
  ['}', '\\}'],
  ['$', '\\$'],
  ['&', '\\&'],
  ['#', '\\#'],
  ['%', '\\%'],
  ['_', '\\_'],
  ['^', '\\textasciicircum{}'],
  ['~', '\\textasciitilde{}'],
  ['<', '$<$'],
  ['>', '$>$'],
  ['\u2212', '$-$'],
  ['≤', '$\\le$'],
  ['≥', '$\\ge$'],
  ['→', '$\\rightarrow$'],
  ['×', '$\\times$'],
  ['Δ', '$\\Delta$'],
  ['χ', '$\\chi$'],
  ['α', '$\\alpha$'],
  ['β', '$\\beta$'],
  ['λ', '$\\lambda$'],
  ['ω', '$\\omega$'],
  ['η', '$\\eta$'],
  ['ρ', '$\\rho$'],
  ['²', '\\textsuperscript{2}'],
  ['\u00a0', '']
]);

/** Text that LaTeX prints as it stands. */
export function escapeLatex(text: string): string {
  let escaped = '';
  for (const character of text) escaped += COMMANDS.get(character) ?? character;
  return escaped.replace(/\*{1,3}$/, '\\textsuperscript{$&}');
}

/** A floating `table` with booktabs rules and notes below (packages booktabs; ctex or xeCJK for Chinese). */
export function printedTableLatex(printed: PrintedTable): string {
  const { columns } = printed;
  const spec = columns.map(({ align }) => ({ left: 'l', right: 'r', center: 'c' })[align]).join('');
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const lines = ['\\begin{table}[htbp]', '\\centering'];
  if (printed.title !== '') lines.push(`\\caption{${escapeLatex(printed.title)}}`);
  lines.push(`\\begin{tabular}{${spec}}`, '\\toprule');
  const groups = columnGroups(columns);
  if (groups.some(({ label }) => label !== '')) {
    lines.push(`${groups.map(({ first, last, label }) => `\\multicolumn{${last - first + 1}}{c}{${escapeLatex(label)}}`).join(' & ')} \\\\`);
    lines.push(groups.filter(({ label }) => label !== '').map(({ first, last }) => `\\cmidrule(lr){${first + 1}-${last + 1}}`).join(' '));
  }
  lines.push(line(columns.map(({ heading }) => heading)), '\\midrule');
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  printed.cells.forEach((cells, i) => {
    const heading = sections.get(i);
    if (heading !== undefined && i > 0) lines.push('\\addlinespace');
    if (heading) lines.push(`\\multicolumn{${columns.length}}{l}{\\textbf{${escapeLatex(heading)}}} \\\\`);
    lines.push(line(cells));
  });
  lines.push('\\bottomrule', '\\end{tabular}');
  if (printed.notes.length > 0) lines.push('', '\\smallskip', `\\parbox{\\linewidth}{\\footnotesize ${printed.notes.map((note) => escapeLatex(note)).join(' \\\\ ')}}`);
  lines.push('\\end{table}');
  return `${lines.join('\n')}\n`;
}

export function tableToLatex(table: Table, style: TableStyle = {}): string {
  return printedTableLatex(printTable(table, style));
}
