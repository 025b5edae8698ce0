import { columnGroups, type PrintedTable } from '../../shared/mime/surveyTable.js';
import type { Table } from '../../shared/table.js';
import { textWidth } from '../diagram/textWidth.js';
import { columnRooms, fittedWidths, type ColumnRoom } from '../export/columnWidths.js';
import { printTable } from '../format/printTable.js';
import type { TableStyle } from '../format/tableStyle.js';
import { escapeLatex, latexCell } from './escapeLatex.js';
import { isStatisticSymbol } from '../format/statisticSymbol.js';

/** Widths of a text line in points: A4 with margins of 2.5 cm, upright and turned. */
const LINE = 455;
const TURNED = 690;
/** The measured face is not LaTeX's, whose small sizes run wider: lines are planned this full. */
const SAFE = 0.92;
/** Points of type: usual size, and `\footnotesize`. */
const USUAL = 10;
const SMALL = 8;
/** Space to either side of a column, in points. */
const PADDING = { usual: 6, small: 3 } as const;
/** Tables of more lines break over pages. */
const ONE_PAGE = 38;
const ALIGN = { left: 'l', right: 'r', center: 'c' } as const;
const RAGGED = { left: '\\raggedright', right: '\\raggedleft', center: '\\centering' } as const;

/** How a table is set: columns as they are, small, with broken lines, or turned. */
interface Setting {
  readonly spec: string;
  /** Column type of one heading. */
  readonly headings: readonly string[];
  /** Shares of the line, where lines are broken. */
  readonly shares?: readonly number[];
  readonly small: boolean;
  readonly turned: boolean;
}

function roomsAt(printed: PrintedTable, size: number, padding: number): readonly ColumnRoom[] {
  const rooms = columnRooms(printed, { width: (text) => textWidth(text, size), unbroken: 5 * size, narrowest: 1.5 * size }).map(({ natural, least }, j) => {
    const heading = textWidth(printed.columns[j].heading, size);
    return { natural: Math.max(natural, heading) + 2 * padding, least: least + 2 * padding };
  });
  // a spanning heading that is wider than its columns widens the last of them
  for (const { first, last, label } of columnGroups(printed.columns)) {
    const lacking = textWidth(label, size) + 2 * padding - total(rooms.slice(first, last + 1), 'natural');
    if (lacking > 0) rooms[last] = { ...rooms[last], natural: rooms[last].natural + lacking };
  }
  return rooms;
}

const total = (rooms: readonly ColumnRoom[], key: keyof ColumnRoom): number => rooms.reduce((sum, room) => sum + room[key], 0);

function lineShare(share: number): string {
  return `${share.toFixed(4)}\\linewidth-2\\tabcolsep`;
}

function settingOf(printed: PrintedTable): Setting {
  const plain = printed.columns.map(({ align }) => ALIGN[align]);
  if (total(roomsAt(printed, USUAL, PADDING.usual), 'natural') <= SAFE * LINE) return { spec: plain.join(''), headings: plain, small: false, turned: false };
  const rooms = roomsAt(printed, SMALL, PADDING.small);
  if (total(rooms, 'natural') <= SAFE * LINE) return { spec: plain.join(''), headings: plain, small: true, turned: false };
  const turned = total(rooms, 'least') > LINE;
  if (turned && total(rooms, 'natural') <= SAFE * TURNED) return { spec: plain.join(''), headings: plain, small: true, turned };
  const line = turned ? TURNED : LINE;
  const shares = fittedWidths(rooms, line).map((width) => width / line);
  const widths = shares.map(lineShare);
  const column = (kind: 'p' | 'b', j: number): string => `>{${RAGGED[printed.columns[j].align]}\\arraybackslash}${kind}{\\dimexpr ${widths[j]}\\relax}`;
  return { spec: widths.map((_, j) => column('p', j)).join(''), headings: widths.map((_, j) => column('b', j)), shares, small: true, turned };
}

function headLines(printed: PrintedTable, setting: Setting): readonly string[] {
  const { columns } = printed;
  const lines: string[] = [];
  const groups = columnGroups(columns);
  if (groups.some(({ label }) => label !== '')) {
    const kind = (first: number, last: number): string => (setting.shares ? `>{\\centering\\arraybackslash}b{\\dimexpr ${lineShare(setting.shares.slice(first, last + 1).reduce((sum, share) => sum + share, 0))}\\relax}` : 'c');
    lines.push(`${groups.map(({ first, last, label }) => (label === '' ? Array.from({ length: last - first }, () => '&').join(' ') : `\\multicolumn{${last - first + 1}}{${kind(first, last)}}{${escapeLatex(label)}}`)).join(' & ')} \\\\`);
    lines.push(groups.filter(({ label }) => label !== '').map(({ first, last }) => `\\cmidrule(lr){${first + 1}-${last + 1}}`).join(' '));
  }
  const broken = setting.headings.some((kind) => kind.length > 1);
  lines.push(`${columns.map(({ heading }, j) => (broken ? `\\multicolumn{1}{${setting.headings[j]}}{${headingLatex(heading)}}` : headingLatex(heading))).join(' & ')} \\\\`);
  return lines;
}

function bodyLines(printed: PrintedTable): readonly string[] {
  const sections = new Map(printed.sections.map(({ beforeRow, heading }) => [beforeRow, heading]));
  return printed.cells.flatMap((cells, i) => {
    const heading = sections.get(i);
    return [
      ...(heading !== undefined && i > 0 ? ['\\addlinespace'] : []),
      ...(heading ? [`\\multicolumn{${printed.columns.length}}{l}{\\textbf{${escapeLatex(heading)}}} \\\\`] : []),
      `${cells.map(latexCell).join(' & ')} \\\\`
    ];
  });
}

function noteLines(printed: PrintedTable): readonly string[] {
  return printed.notes.length === 0 ? [] : ['', '\\smallskip', `\\parbox{\\linewidth}{\\footnotesize ${printed.notes.map((note) => escapeLatex(note)).join(' \\par ')}}`];
}

/** Lines that the rows take, broken cells counted. */
function lineCount(printed: PrintedTable, { shares }: Setting): number {
  if (!shares) return printed.cells.length;
  return printed.cells.reduce((sum, cells) => sum + Math.max(1, ...cells.map((text, j) => Math.ceil(textWidth(text, SMALL) / (shares[j] * LINE - 2 * PADDING.small)))), 0);
}

function headingLatex(heading: string): string {
  return isStatisticSymbol(heading) ? `\\textit{${escapeLatex(heading)}}` : escapeLatex(heading);
}

/** A table that breaks over pages; its headings are repeated. */
function longTable(printed: PrintedTable, setting: Setting): string {
  const head = ['\\toprule', ...headLines(printed, setting), '\\midrule'];
  return [
    `{${setting.small ? `\\footnotesize\\setlength{\\tabcolsep}{${PADDING.small}pt}` : ''}`,
    `\\begin{longtable}{${setting.spec}}`,
    ...(printed.title === '' ? [] : [`\\caption{${escapeLatex(printed.title)}} \\\\`]),
    ...head, '\\endfirsthead', ...head, '\\endhead', '\\bottomrule', '\\endfoot',
    ...bodyLines(printed),
    '\\end{longtable}}',
    ...noteLines(printed).slice(2).map((line) => `\\noindent${line}\n`)
  ].join('\n');
}

/**
 * A floating table with booktabs rules and notes below. One that is too wide
 * is set small, then with broken lines, then turned; one that is too long
 * breaks over pages. Packages: booktabs, array, longtable, rotating; ctex for
 * Chinese.
 *
 * @param placement `H` keeps it where it stands (package float)
 */
export function printedTableLatex(printed: PrintedTable, placement: 'htbp' | 'H' = 'htbp'): string {
  const setting = settingOf(printed);
  if (lineCount(printed, setting) > ONE_PAGE && !setting.turned) return `${longTable(printed, setting)}\n`;
  const float = setting.turned ? 'sidewaystable' : 'table';
  const lines = [`\\begin{${float}}${setting.turned ? '' : `[${placement}]`}`, '\\centering'];
  if (printed.title !== '') lines.push(`\\caption{${escapeLatex(printed.title)}}`);
  if (setting.small) lines.push(`\\footnotesize\\setlength{\\tabcolsep}{${PADDING.small}pt}`);
  lines.push(`\\begin{tabular}{${setting.spec}}`, '\\toprule', ...headLines(printed, setting), '\\midrule', ...bodyLines(printed), '\\bottomrule', '\\end{tabular}', ...noteLines(printed), `\\end{${float}}`);
  return `${lines.join('\n')}\n`;
}

export function tableToLatex(table: Table, style: TableStyle = {}): string {
  return printedTableLatex(printTable(table, style));
}
