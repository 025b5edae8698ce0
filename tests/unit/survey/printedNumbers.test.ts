import { describe, expect, it } from 'vitest';
import { undressed } from '../../../src/survey/formats/printedNumbers.js';
import { workbookFromSheets } from '../../../src/survey/formats/xlsx/workbookFromSheets.js';
import { readSurvey, type ReadOptions } from '../../../src/survey/readSurvey.js';

const read = (text: string, options: ReadOptions = {}) => readSurvey(new TextEncoder().encode(text), { name: 'x.csv', ...options });

describe('numbers as people print them', () => {
  it.each([
    ['1,234', 1234], ['12,345,678.90', 12345678.9], ['-1,234', -1234], ['1 234 567', 1234567], ['1\u00a0234', 1234], ["1'234.5", 1234.5],
    ['45%', 45], ['12.5 %', 12.5], ['¥1,200', 1200], ['￥99', 99], ['-$5.25', -5.25], ['$-5.25', -5.25], ['1200元', 1200], ['CNY 30', 30], ['20 €', 20],
    ['(1,200)', -1200], ['１２３', 123], ['−7%', -7], ['.5%', 0.5]
  ])('%s is %d', (text, value) => expect(undressed(text, '.')?.value).toBe(value));

  it.each([['1.234,56', 1234.56], ['1.234', 1234], ['3,5 €', 3.5], ['1 234,5', 1234.5]])('with a decimal comma, %s is %d', (text, value) => expect(undressed(text, ',')?.value).toBe(value));

  it.each(['1,2,3', '12,34', '1,2345', '0,123', '1,234 567', '2024-03-01', '10:30', '5 km', 'a1', '%5', '(5', '1..2', '--5', '+-5', '$5€', '', '1,234,5'])('%j is no number', (text) => expect(undressed(text, '.')).toBeUndefined());

  const income = 'id,income,share,fee\n1,"1,200",45%,¥3\n2,"12,500.50",7.5%,\n3,900,NA,¥4.5\n';

  it('stay text with a warning that names the option', async () => {
    const survey = await read(income);
    expect(survey.labels('income')).toEqual(['1,200', '12,500.50', '900']);
    expect(survey.warnings.map(({ code, message, help }) => [code, message, help])).toEqual([
      ['printed-numbers', 'column `income` stays text: it holds numbers with thousands separators such as `1,200`', 'read it as numbers with `printedNumbers: true` (`--printedNumbers` in `%%survey`)'],
      ['printed-numbers', 'column `share` stays text: it holds numbers with percent signs such as `45%`', expect.anything()],
      ['printed-numbers', 'column `fee` stays text: it holds numbers with currency signs such as `¥3`', expect.anything()]
    ]);
  });

  it('are read as numbers when that is asked for, and it is said', async () => {
    const survey = await read(income, { printedNumbers: true });
    expect(['income', 'share', 'fee'].map((name) => [...survey.numeric(name)])).toEqual([[1200, 12500.5, 900], [45, 7.5, NaN], [3, NaN, 4.5]]);
    expect(survey.warnings.map(({ message }) => message)[1]).toBe('column `share` holds numbers with percent signs such as `45%`; it was read as numbers, 45% as 45');
    const one = await read(income, { printedNumbers: ['fee'] });
    expect([one.column('fee').type, one.column('share').type]).toEqual(['numeric', 'string']);
  });

  it('of different units stay text', async () => {
    const survey = await read('x\n$3\n€4\n', { printedNumbers: true });
    expect(survey.column('x').type).toBe('string');
    expect(survey.warnings[0].message).toContain('different units (`$`, `€`)');
  });

  it('are found in workbooks, behind a word far down not', async () => {
    const bytes = await workbookFromSheets([{ name: 's', rows: [['id', 'pay'], [1, '1,000'], [2, 2500], [3, null]] }]);
    expect([...(await readSurvey(bytes, { name: 'x.xlsx', printedNumbers: true })).numeric('pay')]).toEqual([1000, 2500, NaN]);
    const far = `x\n${Array.from({ length: 300 }, (_, i) => (i === 299 ? 'none' : `"${i + 1},000"`)).join('\n')}\n`;
    expect((await read(far, { printedNumbers: true })).column('x').type).toBe('string');
  });

  it('three digits behind every comma of a semicolon file are doubted', async () => {
    expect((await read('a;b\n1,234;x\n5,678;y\n')).warnings.map(({ code }) => code)).toEqual(['doubtful-comma']);
    expect((await read('a;b\n1,234;x\n5,67;y\n')).warnings).toEqual([]);
    expect((await read('a;b\n1,234;x\n', { decimal: ',' })).warnings).toEqual([]);
    expect([...(await read('a;b\n1,234;x\n2,500;y\n', { decimal: '.', printedNumbers: true })).numeric('a')]).toEqual([1234, 2500]);
  });
});

describe('fields parted by spaces', () => {
  const table = '  id  age   g\n   1   20 "a b"\n   2    . x\n  30 4.5e1   y  \n';

  it('are recognised when the table is mostly numbers, and told', async () => {
    const survey = await read(table, { name: 'x.dat' });
    expect(survey.names()).toEqual(['id', 'age', 'g']);
    expect([...survey.numeric('age')]).toEqual([20, NaN, 45]);
    expect(survey.labels('g')).toEqual(['a b', 'x', 'y']);
    expect(survey.warnings.map(({ code }) => code)).toEqual(['whitespace-delimited']);
    expect((await read(table, { delimiter: 'whitespace' })).warnings).toEqual([]);
  });

  it('without headings, with tabs between, and in a large file', async () => {
    expect([...(await read('1 2\t 3\n4 5 6\n', { delimiter: 'whitespace' })).numeric('V2')]).toEqual([2, 5]);
    const rows = Array.from({ length: 20_000 }, (_, i) => `${String(i).padStart(7)} ${(i % 7) / 2}`);
    const survey = await read(`   n x\n${rows.join('\n')}`);
    expect([survey.rowCount, survey.numeric('n')[19_999], survey.numeric('x')[19_999]]).toEqual([20_000, 19_999, (19_999 % 7) / 2]);
  });

  it('in prose are left alone', async () => {
    expect((await read('full name\nAnn Lee\nBo Wu\n')).names()).toEqual(['full name']);
    expect((await read('how many\n1\n2\n')).names()).toEqual(['how many']);
  });

  it('tell the line of a record that has too many', async () => {
    await expect(read('a b\n1 2\n3 4 5\n', { delimiter: 'whitespace' })).rejects.toThrow('line 3');
  });
});
