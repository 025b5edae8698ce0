import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { exportReport } from '../../../src/report/export/exportReport.js';
import { printTable } from '../../../src/report/format/printTable.js';
import { columnGroups, type PrintedTable } from '../../../src/shared/mime/surveyTable.js';
import { STYLES, tablesToWrite } from './report.js';

type SpannedCell = readonly [text: string, columns: number];
type Sheets = Readonly<Record<string, readonly (readonly string[])[]>>;
const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as {
  readonly docx: Readonly<Record<string, readonly (readonly (readonly SpannedCell[])[])[]>>;
  readonly xlsx: Readonly<Record<string, { readonly shown: Sheets; readonly held: Sheets }>>;
};
const fixture = (name: string): Uint8Array => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));
/** The room of stars, the true minus sign and the E of spreadsheets are matters of print. */
const plain = (text: string): string => text.replace(/[\u00a0\s]+/g, ' ').replace(/\u2212/g, '-').replace(/(\d)E(?=[+-]?\d)/g, '$1e').trim();

/** Rows of a printed table as a reader sees them: spanning headings, headings, then sections and cells. */
function printedRows({ columns, cells, sections }: PrintedTable): string[][] {
  const groups = columnGroups(columns);
  const blank = (first: string): string[] => columns.map((_, j) => (j === 0 ? plain(first) : ''));
  const rows: string[][] = [];
  if (groups.some(({ label }) => label !== '')) rows.push(columns.map((_, j) => plain(groups.find(({ first, label }) => first === j && label !== '')?.label ?? '')));
  rows.push(columns.map(({ heading }) => plain(heading)));
  cells.forEach((row, i) => {
    const section = sections.find(({ beforeRow }) => beforeRow === i);
    if (section && section.heading !== '') rows.push(blank(section.heading));
    rows.push(row.map(plain));
  });
  return rows;
}

/** Parts of an Office file without the moment at which it was written. */
function parts(bytes: Uint8Array): Record<string, string> {
  return Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => name !== 'docProps/core.xml').map(([name, part]) => [name, new TextDecoder().decode(part)]));
}

describe.each(STYLES)('documents in style $name, as LibreOffice opens them', ({ name, style }) => {
  const tables = tablesToWrite();
  const printed = tables.map((table) => printTable(table, style));

  it.each(['docx', 'xlsx'] as const)('the .%s that we write is the one that LibreOffice has read', async (format) => {
    const { bytes } = await exportReport(tables, format, { style });
    expect(parts(bytes)).toEqual(parts(fixture(`${name}.${format}`)));
  });

  it('the Word document shows every heading and cell in its column', () => {
    const found = expected.docx[name].map((rows) => rows.map((row) => row.flatMap(([text, columns]) => [plain(text), ...Array.from({ length: columns - 1 }, () => '')])));
    expect(found).toEqual(printed.map(printedRows));
  });

  it('the workbook shows what the page shows, and notes below', () => {
    const { shown } = expected.xlsx[name];
    expect(new Set(Object.keys(shown))).toEqual(new Set(printed.map(({ title }) => title)));
    for (const table of printed) {
      const [title, ...rows] = shown[table.title].map((row) => row.map(plain));
      expect(title[0]).toBe(plain(table.title));
      const body = printedRows(table);
      expect(rows.slice(0, body.length)).toEqual(body);
      expect(rows.slice(body.length).map(([first]) => first).filter((note) => note !== '')).toEqual(table.notes.map(plain));
    }
  });

  it('the workbook holds every digit, and texts as texts', () => {
    const { held } = expected.xlsx[name];
    tables.forEach((table, t) => {
      const values = held[printed[t].title];
      let compared = 0;
      for (const [i, row] of table.rows.entries()) {
        // the row that starts with the printed first cell
        const line = values.find(([first]) => plain(first) === plain(printed[t].cells[i][0]) || Number(first) === row[table.columns[0].key]) ?? [];
        table.columns.forEach(({ key, kind }, j) => {
          const value = row[key];
          if (typeof value !== 'number' || kind === 'text') return;
          const cell = line[j];
          expect(cell.endsWith('%') ? Number(cell.slice(0, -1)) / 100 : Number(cell), `${key} of row ${i + 1}`).toBeCloseTo(value, 9);
          compared++;
        });
      }
      expect(compared).toBeGreaterThan(1);
    });
  });
});
