import { describe, expect, it } from 'vitest';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { jsonErrorOffset } from '../../../src/survey/formats/jsonErrorOffset.js';
import { readWorkbook } from '../../../src/survey/formats/workbook.js';
import { workbookFromSheets } from '../../../src/survey/formats/xlsx/workbookFromSheets.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { writeXlsx } from '../../../src/survey/formats/writeXlsx.js';

const json = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('JSON', () => {
  it.each([
    ['a list of records', [{ x: 1, g: 'a' }, { x: null, g: 'b' }, { g: 'a' }]],
    ['columns', { x: [1, null, null], g: ['a', 'b', 'a'] }],
    ['a byte order mark', '\ufeff{"x": [1, null, null], "g": ["a", "b", "a"]}'],
    ['rows, the first with names', [['x', 'g'], [1, 'a'], [null, 'b'], [null, 'a']]],
    ['names and rows apart', { columns: ['x', 'g'], index: [0, 1, 2], data: [[1, 'a'], [null, 'b'], [null, 'a']] }],
    ['records with a schema', { schema: { fields: [] }, data: [{ x: 1, g: 'a' }, { x: null, g: 'b' }, { g: 'a' }] }],
    ['columns keyed by row', { x: { 0: 1, 10: null, 2: null }, g: { 0: 'a', 2: 'b', 10: 'a' } }],
    ['records in lines', '{"x": 1, "g": "a"}\n{"x": null, "g": "b"}\n\n{"g": "a"}\n']
  ])('reads %s', async (_, value) => {
    const survey = await readSurvey(json(value), { name: 'x.json' });
    expect([...survey.numeric('x')]).toEqual([1, NaN, NaN]);
    expect(survey.labels('g')).toEqual(['a', 'b', 'a']);
  });

  it('names columns of bare rows by place, and says what is short or loses digits', async () => {
    const bare = await readSurvey(json([[1, 2], [3]]), { name: 'x.json' });
    expect([bare.names(), [...bare.numeric('V2')], bare.warnings.map(({ code }) => code)]).toEqual([['V1', 'V2'], [2, NaN], ['no-header']]);
    const short = await readSurvey(json('{"x": [1, 2, 3], "id": [90071992547409931]}'), { name: 'x.json' });
    expect(short.warnings.map(({ code }) => code)).toEqual(['json-short-column', 'lost-digits']);
    expect((await readSurvey(json({ columns: ['x', 'x', ''], data: [[1, 2, 3]] }), { name: 'x.json' })).names()).toEqual(['x', 'x_2', 'V3']);
    await expect(readSurvey(json([['x'], [1], [1, 2]]), { name: 'x.json' })).rejects.toThrow('row 3 has 2 values for 1 names');
  });

  it('says where the syntax or the shape is wrong', async () => {
    await expect(readSurvey(json('[{"x": 1},\n {"x": }]'), { name: 'x.json' })).rejects.toThrow('line 2, column 8: `}` is not expected here');
    await expect(readSurvey(json([{ x: { y: 1 } }]), { name: 'x.json' })).rejects.toThrow('`x` of record 1 is an object');
    await expect(readSurvey(json('3'), { name: 'x.json' })).rejects.toThrow('a list of records');
  });

  it.each([
    ['[1, 2', 5],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{"a": 1,}', 8],
    ['[1]]', 3],
    ['{"a": "x\ny"}', 6],
    ['[01]', 2],
    ['[1}', 2],
    ['nul', 0]
  ])('finds the fault in %j', (text, offset) => {
    expect(() => JSON.parse(text) as unknown).toThrow();
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  it('warns about words among numbers, with their place', async () => {
    const survey = await readSurvey(json([{ x: 1 }, { x: 2 }, { x: 'two' }]), { name: 'x.json' });
    expect(survey.warnings.map(({ message }) => message)).toEqual(['column `x` stays text: `two` in record 3 is not a number (1 such, 2 numbers)']);
  });

  it('takes hostile keys as plain names', async () => {
    const survey = await readSurvey(json('[{"__proto__": 1, "constructor": 2}]'), { name: 'x.json' });
    expect([...survey.numeric('__proto__')]).toEqual([1]);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('workbooks', async () => {
  const bytes = await workbookFromSheets([
    { name: 'a/b:c', rows: [['序号', '所用时间', '1、性别', '2、喜欢—价格'], [1, '65秒', '1', 5], [2, '2分5秒', '-3', 4]] },
    { name: 'A/B:C', rows: [['=1+1', { value: 0.5, format: '0.0%' }, true, null, NaN]] }
  ]);

  it('show dates and truth values among words as a spreadsheet does, and warn about words among numbers', async () => {
    const moment = (value: number): { value: number; format: string } => ({ value, format: 'm/d/yy' });
    const rows = [['n', 'when', 'ok'], [], [1, moment(45352), true], [2, 'unknown', 'no'], ['three', moment(45353.5), false]];
    const survey = await readSurvey(await workbookFromSheets([{ name: 's', rows }]), { name: 'x.xlsx' });
    expect(survey.labels('when')).toEqual(['2024-03-01', 'unknown', '2024-03-02T12:00:00']);
    expect(survey.labels('ok')).toEqual(['TRUE', 'no', 'FALSE']);
    expect(survey.warnings.map(({ message }) => message)).toContain('column `n` stays text: `three` in row 5 is not a number (1 such, 2 numbers)');
  });

  it('take rows of one text above the headings for titles, and say so', async () => {
    const rows = [['Survey of 2024'], [], ['spring'], ['id', 'x', 'y'], [1, 2, 3]];
    const survey = await readSurvey(await workbookFromSheets([{ name: 's', rows }]), { name: 'x.xlsx' });
    expect([survey.names(), survey.rowCount, survey.warnings.map(({ code }) => code)]).toEqual([['id', 'x', 'y'], 1, ['title-rows']]);
    expect((await readSurvey(await workbookFromSheets([{ name: 's', rows: rows.slice(3) }]), { name: 'x.xlsx' })).warnings).toEqual([]);
    expect((await readSurvey(await workbookFromSheets([{ name: 's', rows: [['note'], [1, null, 2]] }]), { name: 'x.xlsx' })).names()).toEqual(['note', 'V2']);
  });

  it('say which formulas were never computed', async () => {
    const zipped = unzipSync(await workbookFromSheets([{ name: 's', rows: [['id', 'f'], [1, 2], [2, 3]] }]));
    const path = Object.keys(zipped).find((name) => /sheet1\.xml$/.test(name)) as string;
    zipped[path] = strToU8(strFromU8(zipped[path]).replace('<v>3</v>', '<f>1+2</f>'));
    const survey = await readSurvey(zipSync(zipped), { name: 'x.xlsx' });
    expect([...survey.numeric('f')]).toEqual([2, NaN]);
    expect(survey.warnings.map(({ message }) => message)).toEqual(['1 formulas of column `f` have never been computed; they are read as missing']);
  });

  it('recognise platform exports, and numbers kept as text', async () => {
    const survey = await readSurvey(bytes, { name: 'x.xlsx' });
    expect(survey.source.format).toBe('wenjuanxing');
    expect(survey.names()).toEqual(['id', 'seconds', 'Q1', 'Q2_1']);
    expect([...survey.numeric('seconds')]).toEqual([65, 125]);
    expect([...survey.numeric('Q1')]).toEqual([1, NaN]);
    expect(survey.warnings.map(({ message }) => message)).toEqual(['sheet `a_b_c` was read; the workbook also has `A_B_C 2`']);
  });

  it('keep text as text and leave out numbers that do not exist', async () => {
    expect((await readWorkbook(bytes)).sheets[1].rows[0].map((cell) => cell?.value)).toEqual(['=1+1', 0.5, true]);
  });

  it('choose a sheet by name or place', async () => {
    expect((await readSurvey(bytes, { name: 'x.xlsx', sheet: 2, header: false })).rowCount).toBe(1);
    await expect(readSurvey(bytes, { name: 'x.xlsx', sheet: 'a_b_d' })).rejects.toThrow('did you mean `a_b_c`?');
  });

  it('refuse to unfold past the limit', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(50_000_000), '[Content_Types].xml': strToU8('<x/>') });
    expect(bomb.length).toBeLessThan(100_000);
    await expect(readSurvey(bomb, { name: 'bomb.xlsx', maxUnpackedBytes: 10_000_000 })).rejects.toThrow('more than the limit of 10000000');
  });

  it('refuse sheets whose few bytes stand for more cells than the memory holds', async () => {
    const ods = (rows: string): Uint8Array =>
      zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'META-INF/manifest.xml': strToU8('<manifest:manifest/>'), 'styles.xml': strToU8('<office:document-styles/>'), 'content.xml': strToU8(`<office:document-content><office:body><office:spreadsheet><table:table table:name="s">${rows}</table:table></office:spreadsheet></office:body></office:document-content>`) });
    const cell = (text: string, repeated = ''): string => `<table:table-cell office:value-type="string"${repeated}><text:p>${text}</text:p></table:table-cell>`;
    const head = `<table:table-row>${cell('x')}${cell('y')}</table:table-row>`;
    const bomb = `${head}<table:table-row table:number-rows-repeated="1048575">${cell('a', ' table:number-columns-repeated="16384"')}</table:table-row>`;
    await expect(readSurvey(ods(bomb), { name: 'x.ods' })).rejects.toThrow('more than the limit of');
    const tame = `${head}<table:table-row table:number-rows-repeated="3">${cell('a', ' table:number-columns-repeated="2"')}</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`;
    expect((await readSurvey(ods(tame), { name: 'x.ods' })).labels('y')).toEqual(['a', 'a', 'a']);
  });

  it('make no cells of a link that claims a whole sheet', async () => {
    const zipped = unzipSync(await workbookFromSheets([{ name: 's', rows: [['id', 'hyperlink'], [1, 2]] }]));
    const path = Object.keys(zipped).find((name) => /sheet1\.xml$/.test(name)) as string;
    zipped[path] = strToU8(strFromU8(zipped[path]).replace('</sheetData>', '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="s!A1"/></hyperlinks>'));
    const survey = await readSurvey(zipSync(zipped), { name: 'x.xlsx' });
    expect([survey.names(), survey.rowCount]).toEqual([['id', 'hyperlink'], 1]);
  });

  it('refuse cells outside a sheet', async () => {
    const zipped = unzipSync(await workbookFromSheets([{ name: 's', rows: [['id'], [1]] }]));
    const path = Object.keys(zipped).find((name) => /sheet1\.xml$/.test(name)) as string;
    zipped[path] = strToU8(strFromU8(zipped[path]).replaceAll('r="A2"', 'r="A999999999"').replace('<row r="2"', '<row r="999999999"'));
    await expect(readSurvey(zipSync(zipped), { name: 'x.xlsx' })).rejects.toThrow('outside');
  });

  it('refuse a broken archive', async () => {
    await expect(readSurvey(bytes.subarray(0, bytes.length / 2), { name: 'x.xlsx' })).rejects.toThrow('no whole zip archive');
    await expect(readSurvey(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 1, 2, 3]), { name: 'x.xls' })).rejects.toThrow('shorter than its header');
  });

  it('write surveys with labels and valid rows only', async () => {
    const survey = surveyFromColumns({ g: [1, 2, 9] }, { codebook: 'variables: {g: {values: {1: male, 2: female}, missing: 9}}' }).withScreening({ returned: 3, steps: [], valid: 2, excludedBy: Uint16Array.of(0, 1, 0) });
    const back = await readSurvey(await writeXlsx(survey, { answers: 'labels', validOnly: true, missingCodes: 'empty' }), { name: 'x.xlsx', sheet: 'data' });
    expect(back.labels('g')).toEqual(['male']);
  });
});
