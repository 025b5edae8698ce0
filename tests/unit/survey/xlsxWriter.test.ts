import { describe, expect, it } from 'vitest';
import { strFromU8, unzipSync } from 'fflate';
import { formatShowing, tablesToXlsx } from '../../../src/report/export/tablesToXlsx.js';
import { table } from '../../../src/shared/table.js';
import { readWorkbook } from '../../../src/survey/formats/workbook.js';
import { xmlFault } from '../../../src/survey/formats/xmlFault.js';
import { columnLetters } from '../../../src/survey/formats/xlsx/sheetXml.js';
import { workbookFromSheets } from '../../../src/survey/formats/xlsx/workbookFromSheets.js';

const partsOf = (bytes: Uint8Array): Map<string, string> => new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));

describe('a written workbook', () => {
  it('holds well-formed parts, and the same sheets give the same bytes', () => {
    const sheets = [{ name: 'a<&>"b', rows: [['x & <y>', { value: 1.5, format: '0.0"<>&"', bold: true, top: 'thin' as const }], [null, true]], merges: [{ row: 0, column: 0, rows: 1, columns: 2 }], columnWidths: [10, 300], rowHeights: new Map([[0, 30]]), frozenRows: 1, printed: true }];
    const bytes = workbookFromSheets(sheets);
    for (const [name, part] of Object.entries(unzipSync(bytes))) expect(xmlFault(part), name).toBeUndefined();
    expect(Buffer.compare(bytes, workbookFromSheets(sheets))).toBe(0);
    const sheet = partsOf(bytes).get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet).toContain('<mergeCell ref="A1:B1"/>');
    expect(sheet).toContain('width="255"');
    expect(sheet).toContain('<row r="1" ht="30" customHeight="1">');
    expect(sheet).toContain('ySplit="1"');
  });

  it('gives back every kind of cell, text of any characters among them', async () => {
    const texts = ['=1+1', ' blanks ', 'line\nbreak', 'tab\tx', '\u0001\u001f', '_x0041_', '中文 😀', '<b>&amp;</b>', "it's", ''];
    const bytes = workbookFromSheets([{ name: 's', rows: [texts, [0.1, -1e300, 1e-300, 123456789012345, true, false, NaN, Infinity, null]] }]);
    const [first, second] = (await readWorkbook(bytes)).sheets[0].rows;
    expect(first.map((cell) => cell?.value)).toEqual(texts);
    expect(second.map((cell) => cell?.value)).toEqual([0.1, -1e300, 1e-300, 123456789012345, true, false]);
    expect(partsOf(bytes).get('xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('names sheets so that spreadsheets accept them', async () => {
    const names = ['a/b:c', 'A/B:C', 'x'.repeat(40), 'x'.repeat(50), "'q'", '😀'.repeat(20), '', '[1]?*\\'];
    const { sheets } = await readWorkbook(workbookFromSheets(names.map((name) => ({ name, rows: [[1]] }))));
    expect(sheets.map(({ name }) => name)).toEqual(['a_b_c', 'A_B_C 2', 'x'.repeat(31), `${'x'.repeat(29)} 2`, 'q', '😀'.repeat(15), 'Sheet', '_1____']);
  });

  it('counts columns in letters', () => {
    expect([0, 25, 26, 51, 52, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA', 'XFD']);
  });

  it('refuses what a sheet cannot hold', () => {
    expect(() => workbookFromSheets([{ name: 's', rows: [new Array<number>(16_385).fill(1)] }])).toThrow('an .xlsx sheet holds');
  });
});

describe('a table in a workbook', () => {
  it.each([
    ['.39***', 0.392, '.00"***"'],
    ['.39*\u00a0\u00a0', 0.392, '.00"*"_*_*'],
    ['0.392', 0.392, '0.000'],
    ['−1.20', -1.2, '0.00'],
    ['0.00', -0.0004, '0.00;0.00'],
    ['12', 12, '0'],
    ['97.7%', 0.977, '0.0%'],
    ['2.1e−8', 2.1e-8, '0.0E+0'],
    ['< .001', 1e-7, '"< .001"']
  ])('shows `%s`', (printed, value, format) => expect(formatShowing(printed, value)).toBe(format));

  it('has three rules, bold headings, groups over their columns and notes below', async () => {
    const t = table(
      { en: 'Fit', zh: '拟合' },
      [
        { key: 'term', label: { en: 'Term' }, kind: 'text' },
        { key: 'b', label: { en: 'B' }, kind: 'estimate', group: { en: 'Model 1' } },
        { key: 'p', label: { en: 'p' }, kind: 'pValue', group: { en: 'Model 1' } }
      ],
      [{ term: 'x', b: 1.23456, p: 0.0004 }, { term: 'y', b: -0.001, p: 0.2 }],
      { notes: [{ en: 'n = 10.' }], sections: [{ beforeRow: 1 }] }
    );
    const parts = partsOf(await tablesToXlsx([t]));
    const sheet = parts.get('xl/worksheets/sheet1.xml') ?? '';
    const styles = parts.get('xl/styles.xml') ?? '';
    const fonts = [...styles.matchAll(/<font>.*?<\/font>/g)].map(([xml]) => xml);
    const borders = [...styles.matchAll(/<border>.*?<\/border>/g)].map(([xml]) => xml);
    const looks = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf [^>]*fontId="(\d+)"[^>]*borderId="(\d+)"/g)].map(([, font, border]) => ({ bold: fonts[Number(font)].includes('<b/>'), top: /<top style="(\w+)"/.exec(borders[Number(border)])?.[1], bottom: /<bottom style="(\w+)"/.exec(borders[Number(border)])?.[1] }));
    const look = (place: string) => looks[Number(new RegExp(`r="${place}" s="(\\d+)"`).exec(sheet)?.[1] ?? 0)];
    // Title, groups, headings, two rows (a section rule before the second), notes.
    expect(look('A1')).toEqual({ bold: true });
    expect(['A2', 'B2', 'C2'].map(look)).toEqual([{ bold: false, top: 'medium' }, { bold: false, top: 'medium', bottom: 'thin' }, { bold: false, top: 'medium', bottom: 'thin' }]);
    expect(['A3', 'C3'].map(look)).toEqual([{ bold: true, bottom: 'thin' }, { bold: true, bottom: 'thin' }]);
    expect(['A4', 'A5', 'A6', 'C6'].map(look)).toEqual([{ bold: false }, { bold: false, top: 'thin' }, { bold: false, top: 'medium' }, { bold: false, top: 'medium' }]);
    expect(sheet).toContain('<v>1.23456</v>');
    expect(styles).toContain('formatCode="&quot;&lt; .001&quot;"');
    expect(sheet).toContain('<mergeCell ref="B2:C2"/>');
    expect(sheet).toContain('<mergeCell ref="A6:C6"/>');
  });
});
