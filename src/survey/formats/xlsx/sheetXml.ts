import { joinBytes } from '../csv/writeCsv.js';
import type { CellValue, Sheet, SheetCell } from './sheet.js';
import type { StyleBook } from './styleBook.js';
import { xmlText } from './xmlText.js';

const LONGEST_TEXT = 32_767;
/** Rows turned into bytes together. */
const ROWS_AT_ONCE = 5_000;
const WIDEST_COLUMN = 255;

/** Texts of a workbook, each stored once. */
export class SharedStrings {
  readonly #places: Map<string, number> = new Map();
  #uses = 0;

  place(text: string): number {
    this.#uses++;
    let place = this.#places.get(text);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(text, place);
    }
    return place;
  }

  bytes(): Uint8Array {
    const encoder = new TextEncoder();
    const parts = [encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${this.#uses}" uniqueCount="${this.#places.size}">`)];
    let items: string[] = [];
    for (const text of this.#places.keys()) {
      items.push(`<si><t${/^\s|\s$|[\n\t]| {2}/.test(text) ? ' xml:space="preserve"' : ''}>${xmlText(text)}</t></si>`);
      if (items.length < ROWS_AT_ONCE) continue;
      parts.push(encoder.encode(items.join('')));
      items = [];
    }
    parts.push(encoder.encode(`${items.join('')}</sst>`));
    return joinBytes(parts);
  }
}

/** `A`, `B`, …, `Z`, `AA`, … */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters;
  return letters;
}

const valueOf = (cell: SheetCell): CellValue => (typeof cell === 'object' && cell !== null ? cell.value : cell);

/** One worksheet part. @see ECMA-376-1, 18.3 */
export function sheetXml(sheet: Sheet, styles: StyleBook, texts: SharedStrings): Uint8Array {
  const { rows, columnWidths, rowHeights, merges = [], frozenRows = 0, printed = false } = sheet;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const letters = Array.from({ length: width }, (_, j) => columnLetters(j));
  const encoder = new TextEncoder();
  const pane = frozenRows > 0 ? `<pane ySplit="${frozenRows}" topLeftCell="A${frozenRows + 1}" activePane="bottomLeft" state="frozen"/>` : '';
  const cols = columnWidths?.map((characters, j) => `<col min="${j + 1}" max="${j + 1}" width="${Math.min(WIDEST_COLUMN, characters)}" customWidth="1"/>`) ?? [];
  const parts = [
    encoder.encode(
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${printed ? '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' : ''}` +
        `<dimension ref="A1${rows.length > 0 && width > 0 ? `:${letters[width - 1]}${rows.length}` : ''}"/><sheetViews><sheetView workbookViewId="0"${printed ? ' showGridLines="0"' : ''}>${pane}</sheetView></sheetViews>` +
        `<sheetFormatPr defaultRowHeight="15"/>${cols.length > 0 ? `<cols>${cols.join('')}</cols>` : ''}<sheetData>`
    )
  ];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    let xml = '';
    for (let i = start; i < Math.min(rows.length, start + ROWS_AT_ONCE); i++) {
      const height = rowHeights?.get(i);
      xml += `<row r="${i + 1}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`;
      const row = rows[i];
      for (let j = 0; j < row.length; j++) xml += cellXml(row[j], `${letters[j]}${i + 1}`, styles, texts);
      xml += '</row>';
    }
    parts.push(encoder.encode(xml));
  }
  const merged = merges.map(({ row, column, rows: high, columns }) => `<mergeCell ref="${columnLetters(column)}${row + 1}:${columnLetters(column + columns - 1)}${row + high}"/>`);
  parts.push(encoder.encode(`</sheetData>${merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.join('')}</mergeCells>` : ''}${printed ? '<pageSetup fitToHeight="0"/>' : ''}</worksheet>`));
  return joinBytes(parts);
}

/** A cell; text is text whatever it starts with, a number that does not exist is an empty cell. */
function cellXml(cell: SheetCell, place: string, styles: StyleBook, texts: SharedStrings): string {
  const value = valueOf(cell);
  const style = typeof cell === 'object' && cell !== null ? styles.style(cell) : 0;
  const look = style === 0 ? '' : ` s="${style}"`;
  switch (typeof value) {
    case 'string':
      return `<c r="${place}"${look} t="s"><v>${texts.place(value.slice(0, LONGEST_TEXT))}</v></c>`;
    case 'boolean':
      return `<c r="${place}"${look} t="b"><v>${value ? 1 : 0}</v></c>`;
    case 'number':
      if (Number.isFinite(value)) return `<c r="${place}"${look}><v>${value}</v></c>`;
  }
  return style === 0 ? '' : `<c r="${place}"${look}/>`;
}
