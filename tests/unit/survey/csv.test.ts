import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { WENJUANXING } from '../../../src/survey/formats/platforms/wenjuanxing.js';
import { writeCsv } from '../../../src/survey/formats/csv/writeCsv.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { sha256 } from '../../../src/survey/text/sha256.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options = {}) => readSurvey(encode(text), { name: 'wom.csv', ...options });

describe('reading CSV', () => {
  it('types columns and reads empty fields and NA as missing', async () => {
    const survey = await read('id,age,name\n1,20,Ann\n2,,NA\n3,4.5e1,"Bo ""B"", Jr"\n');
    expect([...survey.numeric('id')]).toEqual([1, 2, 3]);
    expect([...survey.numeric('age')]).toEqual([20, NaN, 45]);
    expect(survey.labels('name')).toEqual(['Ann', null, 'Bo "B", Jr']);
    expect(survey.source.encoding).toBe('utf-8');
    expect(survey.source.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(survey.name).toBe('wom');
    expect(survey.warnings).toEqual([]);
  });

  it.each([
    ['semicolons with decimal commas', 'a;b\n1,5;x\n-2,25;y\n'],
    ['tabs', 'a\tb\n1.5\tx\n-2.25\ty\n'],
    ['bars', 'a|b\n1.5|x\n-2.25|y\n'],
    ['CRLF', 'a,b\r\n1.5,x\r\n-2.25,y\r\n'],
    ['old Macintosh line ends', 'a,b\r1.5,x\r-2.25,y\r'],
    ['no last line end', 'a,b\n1.5,x\n-2.25,y'],
    ['blank lines', 'a,b\n\n1.5,x\n\n-2.25,y\n\n'],
    ['a byte order mark', '\ufeffa,b\n1.5,x\n-2.25,y\n'],
    ['quoted numbers', '"a","b"\n"1.5","x"\n" -2.25 ","y"\n']
  ])('guesses %s', async (_, text) => {
    const survey = await read(text);
    expect(survey.names()).toEqual(['a', 'b']);
    expect([...survey.numeric('a')]).toEqual([1.5, -2.25]);
    expect(survey.labels('b')).toEqual(['x', 'y']);
  });

  it('keeps newlines and delimiters inside quotes', async () => {
    const survey = await read('id,comment\n1,"line one\nline two, still"\n2,short\n');
    expect(survey.labels('comment')).toEqual(['line one\nline two, still', 'short']);
  });

  it('rounds decimal fractions as JavaScript does', async () => {
    const numbers = ['0.1', '123456.789', '0.000001', '999999999999999', '1.7976931348623157e308', '2.2250738585072014e-308', '0.30000000000000004', '3.141592653589793238462643', '-0.07'];
    const survey = await read(`x\n${numbers.join('\n')}\n`);
    expect([...survey.numeric('x')]).toEqual(numbers.map(Number));
  });

  it('leaves identifiers past 2^53 as text', async () => {
    const survey = await read('id,x\n90071992547409931,1\n90071992547409932,2\n');
    expect(survey.labels('id')).toEqual(['90071992547409931', '90071992547409932']);
  });

  it('says where a column of numbers holds a word', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => (i === 149 ? '150,3 o' : `${i + 1},${i % 5}`));
    const survey = await read(`id,x\n${rows.join('\n')}\n`);
    expect(survey.column('x').type).toBe('string');
    expect(survey.warnings.map((w) => w.message)).toEqual(['column `x` stays text: `3 o` in line 151, field 2 is not a number (1 such, 199 numbers)']);
  });

  it.each([
    ['an open quote', 'a,b\n1,"never closed\n2,3\n', 'csv-open-quote', 'line 2, column 3'],
    ['a field too many', 'a,b\n1,2\n3,4,5\n', 'csv-extra-field', 'line 3 has a field number 3'],
    ['an empty file', '', 'empty-file', 'empty'],
    ['zero bytes', 'a,b\n1,\u0000\u0000\u0000\n', 'not-text', 'zero bytes']
  ])('refuses %s with its place', async (_, text, code, words) => {
    const error = await read(text).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SurveyError);
    expect((error as SurveyError).code).toBe(code);
    expect((error as SurveyError).message).toContain(words);
  });

  it('warns about short records and repeated headings', async () => {
    const survey = await read('a,a,\n1,2,3\n4\n');
    expect(survey.names()).toEqual(['a', 'a_2', 'V3']);
    expect([...survey.numeric('V3')]).toEqual([3, NaN]);
    expect(survey.warnings.map((w) => w.code)).toEqual(['renamed-column', 'csv-short-record']);
  });

  it('refuses an unknown option with the nearest name', async () => {
    await expect(read('a\n1\n', { encodng: 'gbk' })).rejects.toThrow('did you mean `encoding`?');
  });

  it('reads GBK without being told, and says so', async () => {
    // 性别,满意度 / 男,5 / 女,4 written by `iconv -t GB18030`, repeated so that the guess has something to read.
    const header = [0xd0, 0xd4, 0xb1, 0xf0, 0x2c, 0xc2, 0xfa, 0xd2, 0xe2, 0xb6, 0xc8, 0x0a];
    const male = [0xc4, 0xd0, 0x2c, 0x35, 0x0a];
    const female = [0xc5, 0xae, 0x2c, 0x34, 0x0a];
    const bytes = Uint8Array.from([...header, ...Array.from({ length: 10 }, () => [...male, ...female]).flat()]);
    const survey = await readSurvey(bytes, { name: 'gbk.csv', encoding: 'cp936' });
    expect(survey.names()).toEqual(['性别', '满意度']);
    expect(survey.labels('性别').slice(0, 2)).toEqual(['男', '女']);
    const guessed = await readSurvey(bytes, { name: 'gbk.csv' });
    expect(guessed.names()).toEqual(['性别', '满意度']);
    expect(guessed.warnings.map((w) => w.code)).toEqual(['guessed-encoding']);
  });

  it('warns about stray bytes and reads on', async () => {
    const bytes = Uint8Array.from([...encode('名,x\n好,1\n'), 0xff, ...encode(',2\n')]);
    const survey = await readSurvey(bytes, { name: 'x.csv', encoding: 'utf-8' });
    expect(survey.labels('名')).toEqual(['好', '\ufffd']);
    expect(survey.warnings[0].code).toBe('stray-bytes');
    expect(survey.warnings[0].message).toContain('line 3');
  });

  it('reads UTF-16 with and without a mark', async () => {
    const text = 'a,b\n1,é\n2,x\n';
    const le = Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    expect((await readSurvey(le, { name: 'x.csv' })).labels('b')).toEqual(['é', 'x']);
    expect((await readSurvey(Uint8Array.from([0xff, 0xfe, ...le]), { name: 'x.csv' })).source.encoding).toBe('utf-16le');
  });

  it('reads a first record of numbers as data, and says so unless told', async () => {
    const guessed = await read('1,2\n3,4\n');
    expect([guessed.names(), guessed.rowCount, guessed.warnings.map(({ code }) => code)]).toEqual([['V1', 'V2'], 2, ['no-header']]);
    expect((await read('1,2\n3,4\n', { header: false })).warnings).toEqual([]);
    expect((await read('1,2\n3,4\n', { header: true })).names()).toEqual(['1', '2']);
  });

  it('keeps every row of a file whose lines end with returns and whose texts hold line feeds', async () => {
    const survey = await read(`a,b\r${Array.from({ length: 9 }, (_, i) => `${i},"x\ny"`).join('\r')}\r`);
    expect([survey.rowCount, [...survey.numeric('a')]]).toEqual([9, [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
  });

  it('takes the delimiter that a spreadsheet names above the table', async () => {
    const survey = await read('sep=;\r\nid;x\r\n1;2,5\r\n2;3,25\r\n');
    expect([survey.names(), [...survey.numeric('x')]]).toEqual([['id', 'x'], [2.5, 3.25]]);
    await expect(read('sep=,\na,b\n1,2,3\n')).rejects.toThrow('line 3 has a field number 3');
  });

  it('takes hostile headings as plain names', async () => {
    const survey = await read('__proto__,constructor,<img onerror=alert(1)>\n1,2,3\n');
    expect([...survey.numeric('__proto__')]).toEqual([1]);
    expect([...survey.numeric('constructor')]).toEqual([2]);
    expect(survey.has('toString')).toBe(false);
  });
});

describe('platform exports', () => {
  it('reads Qualtrics with three header rows', async () => {
    const survey = await read('ResponseId,Q1,Q2\nResponse ID,"How satisfied\nare you?",Which of these\n"{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\nR_1,5,"1,2,3"\nR_2,4,2\n');
    expect(survey.source.format).toBe('qualtrics');
    expect(survey.rowCount).toBe(2);
    expect(survey.info('Q1').label).toEqual({ en: 'How satisfied are you?' });
    expect(survey.labels('Q2')).toEqual(['1,2,3', '2']);
  });

  it('reads Wenjuanxing: question numbers, matrix rows, joined choices, skipped codes, durations', async () => {
    const survey = await read('序号,提交答卷时间,所用时间,来自IP,1、您的性别,2、请评价—价格,质量,3、用过哪些\n1,2024/1/2 10:00:00,83秒,1.1.1.1,1,5,4,微信┋微博\n2,2024/1/2 10:05:00,125秒,1.1.1.2,-3,(跳过),2,微博\n');
    expect(survey.source.format).toBe('wenjuanxing');
    expect(survey.names()).toEqual(['id', 'submitted', 'seconds', 'ip', 'Q1', 'Q2_1', 'Q2_2', 'Q3', 'Q3_1', 'Q3_2']);
    expect([...survey.numeric('seconds')]).toEqual([83, 125]);
    expect([...survey.numeric('Q1')]).toEqual([1, NaN]);
    expect([...survey.numeric('Q2_1')]).toEqual([5, NaN]);
    expect([...survey.numeric('Q3_1')]).toEqual([1, 0]);
    expect(survey.info('Q1').label?.zh).toBe('您的性别');
    expect(survey.codebook.multipleResponse?.[0].items).toEqual(['Q3_1', 'Q3_2']);
  });
});

describe('answers by number of Wenjuanxing', () => {
  const text = '序号,提交答卷时间,所用时间,来自IP,1、您的性别,2、满意—价格,2、满意—质量,3(微信),3(微博),总分\n1,2024/1/2 10:00,65秒,1.1.1.1,1,5,4,1,0,9\n2,2024/1/2 10:01,66秒,1.1.1.2,2,-3,-2,0,1,4\n';

  it('name options by their question, and take skipped and empty codes for missing', async () => {
    const survey = await read(text);
    expect(survey.names()).toEqual(['id', 'submitted', 'seconds', 'ip', 'Q1', 'Q2_1', 'Q2_2', 'Q3_1', 'Q3_2', 'total']);
    expect([...survey.numeric('Q2_1'), ...survey.numeric('Q2_2'), ...survey.numeric('Q3_1')]).toEqual([5, NaN, 4, NaN, 1, 0]);
    expect([...((survey.column('Q2_1') as { missingCodesHit: ReadonlyMap<number, number> }).missingCodesHit)]).toEqual([[-3, 1]]);
  });

  it('go by tokens of one’s own', async () => {
    const survey = await read(text.replaceAll('-3', '-8').replaceAll('—', '~'), { wenjuanxing: { ...WENJUANXING, missingCodes: [-8], rowMarks: ['~'] } });
    expect([...survey.numeric('Q2_1'), ...survey.numeric('Q2_2')]).toEqual([5, NaN, 4, -2]);
  });
});

describe('files of other programs', () => {
  it.each([
    ['a SAS data set', [...new Array<number>(12).fill(0), 0xc2, 0xea, 0x81, 0x60, 1, 2, 3], 'convert it'],
    ['compressed by gzip', [0x1f, 0x8b, 8, 0, 0, 0], 'unpack it first'],
    ['a portable file of SPSS', [...encode('x'.repeat(456).replace(/.{80}/g, '$&\r\n')), ...encode('SPSSPORT')], 'SAVE OUTFILE'],
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 13, 10], 'data file']
  ])('%s is named, with what to do', async (what, bytes, help) => {
    const error = await readSurvey(Uint8Array.from(bytes), { name: 'x.csv' }).catch((cause: unknown) => cause as Error);
    expect((error as Error).message).toContain(what);
    expect((error as Error).message).toContain(help);
  });
});

describe('writing CSV', () => {
  it('opens in Excel as UTF-8, quotes what must be quoted, and defuses formulas', () => {
    const survey = surveyFromColumns({ x: [1.5, NaN], word: ['=HYPERLINK("http://e")', '-5'], '@name': ['a,b', null] });
    const bytes = writeCsv(survey);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe(`x,word,'@name\r\n1.5,"'=HYPERLINK(""http://e"")","a,b"\r\n,-5,\r\n`);
  });

  it('comes back unchanged', async () => {
    const survey = surveyFromColumns([['a', [0.1, 1e-300, -7]], ['b', ['x\ny', 'q"q', ' padded ']]]);
    const back = await readSurvey(writeCsv(survey), { name: 'back.csv' });
    expect(back.columns.map((c) => [...c.values])).toEqual(survey.columns.map((c) => [...c.values]));
  });
});

describe('the hash of the source', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']
  ])('of %j is that of FIPS 180, in Node and by Web Crypto', async (text, hash) => {
    expect(await sha256(encode(text))).toBe(hash);
    expect(await sha256(encode(text), { crypto: globalThis.crypto })).toBe(hash);
    expect(await sha256(encode(text), {})).toBeUndefined();
  });
});
