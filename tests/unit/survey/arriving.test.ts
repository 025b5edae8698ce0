import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSurvey } from '../../../src/survey/files.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';

const folder = mkdtempSync(join(tmpdir(), 'semlab-arriving-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** About 9 MB, so that it comes in three pieces. */
const ROWS = 220_000;
const lines = Array.from({ length: ROWS }, (_, i) => `${i},${(i * 7919) % 5},${(i % 977) / 8},"一段文字, with ${i % 13}",${i % 3 === 0 ? '男' : '女'}`);
const plain = `id,q,x,text,g\n${lines.join('\n')}`;
const replaced = (from: number, row: string): string => `id,q,x,text,g\n${lines.map((line, i) => (i === from ? row : line)).join('\n')}\n`;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['text without a last line end', utf8(plain)],
  ['text with a byte order mark and returns', utf8(`\ufeff${plain.replaceAll('\n', '\r\n')}\r\n`)],
  ['a last piece that is not UTF-8', Buffer.concat([utf8(plain), Buffer.from('\n1,2,3,\xb0\xa1,x\n', 'latin1')])],
  ['lines that end with returns', utf8(plain.replaceAll('\n', '\r'))],
  ['a word among the numbers of the last piece', utf8(replaced(ROWS - 5, '1,two,3,x,y'))],
  ['a field of several megabytes in the middle', utf8(replaced(ROWS / 2, `1,2,3,"${'line\n'.repeat(900_000)}",x`))],
  ['short records and text behind quotes', utf8(replaced(ROWS - 9, '1,2').replace('"一段文字, with 4"', '"一段"文字'))]
];

describe('a large text that is read while it comes', () => {
  it.each(FILES)('%s gives the survey of its bytes', async (name, bytes) => {
    const path = join(folder, 'large.csv');
    writeFileSync(path, bytes);
    const [arrived, whole] = [await loadSurvey(path), await readSurvey(bytes, { name: 'large.csv' })];
    expect(arrived.source).toEqual(whole.source);
    expect(arrived.warnings).toEqual(whole.warnings);
    expect(arrived.rowCount).toBeGreaterThanOrEqual(ROWS);
    expect(arrived.names()).toEqual(whole.names());
    arrived.columns.forEach(({ type, values }, j) => {
      const wanted = whole.columns[j];
      expect([type, values.length]).toEqual([wanted.type, wanted.values.length]);
      const differs = Array.prototype.findIndex.call(values, (value: unknown, i: number) => !Object.is(value, wanted.values[i]));
      expect(differs, `${name}: column ${j}`).toBe(-1);
    });
  });

  it.each([['a quote that is never closed', '1,2,3,"open,x', 'is never closed'], ['a field too many', '1,2,3,4,5,6', 'has a field number 6']])('%s is told with its line', async (_name, row, words) => {
    const path = join(folder, 'bad.csv');
    writeFileSync(path, replaced(ROWS - 1, row));
    const error = await loadSurvey(path).catch((cause: unknown) => cause as Error);
    expect((error as Error).message).toContain(words);
    expect((error as Error).message).toContain(`line ${ROWS - 1 + 2}`);
  });
});
