import { fail } from '../../../shared/diagnostic.js';
import { packedArchive } from '../inflate.js';
import type { Sheet } from './sheet.js';
import { SharedStrings, sheetXml } from './sheetXml.js';
import { StyleBook } from './styleBook.js';
import { xmlText } from './xmlText.js';

const LONGEST_SHEET_NAME = 31;
/** Rows and columns that a sheet holds. */
export const MOST_ROWS = 1_048_576;
export const MOST_COLUMNS = 16_384;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * An .xlsx file of these sheets. Text is written as text and never as a
 * formula, whatever it starts with; numbers that do not exist are empty cells.
 * The same sheets give the same bytes.
 *
 * @throws SurveyError `too-large` past the rows and columns of a sheet
 * @see ECMA-376-1, 18 (SpreadsheetML)
 */
export function workbookFromSheets(sheets: readonly Sheet[]): Uint8Array {
  const styles = new StyleBook();
  const texts = new SharedStrings();
  const taken = new Set<string>();
  const names = sheets.map(({ name }) => sheetName(name, taken));
  const encoder = new TextEncoder();
  const parts = new Map<string, Uint8Array>();
  const add = (path: string, xml: string): void => void parts.set(path, encoder.encode(HEAD + xml));
  const override = (path: string, type: string): string => `<Override PartName="/xl/${path}.xml" ContentType="${CONTENT}.${type}+xml"/>`;
  add(
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
      `${override('workbook', 'sheet.main')}${sheets.map((_, i) => override(`worksheets/sheet${i + 1}`, 'worksheet')).join('')}${override('styles', 'styles')}${override('sharedStrings', 'sharedStrings')}</Types>`
  );
  const relation = (id: number, type: string, target: string): string => `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  add('_rels/.rels', `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`);
  add(
    'xl/workbook.xml',
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><sheets>${names.map((name, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, i) => relation(i + 1, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('')}${relation(sheets.length + 1, 'styles', 'styles.xml')}${relation(sheets.length + 2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`
  );
  sheets.forEach((sheet, i) => {
    const columns = sheet.rows.reduce((most, row) => Math.max(most, row.length), 0);
    if (sheet.rows.length > MOST_ROWS || columns > MOST_COLUMNS) fail('too-large', `sheet \`${sheet.name}\` has ${sheet.rows.length} rows and ${columns} columns, an .xlsx sheet holds ${MOST_ROWS} × ${MOST_COLUMNS}`, { help: 'write .csv or .sav' });
    parts.set(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet, styles, texts));
  });
  parts.set('xl/styles.xml', encoder.encode(styles.xml()));
  parts.set('xl/sharedStrings.xml', texts.bytes());
  return packedArchive(parts);
}

function sheetName(wanted: string, taken: Set<string>): string {
  // eslint-disable-next-line no-control-regex
  const base = wanted.replace(/[\\/?*:[\]\u0000-\u001f]/g, '_').replace(/^'+|'+$/g, '').trim() || 'Sheet';
  const cut = (room: number): string => Array.from(base.slice(0, room + 1)).reduce((name, character) => (name.length + character.length <= room ? name + character : name), '');
  let name = cut(LONGEST_SHEET_NAME);
  for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${cut(LONGEST_SHEET_NAME - 1 - String(copy).length)} ${copy}`;
  taken.add(name.toLowerCase());
  return name;
}
