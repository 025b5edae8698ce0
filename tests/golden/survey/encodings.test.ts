import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { knownEncoding } from '../../../src/survey/text/encoding.js';

const { texts } = JSON.parse(readFileSync(new URL('encodings/expected.json', import.meta.url), 'utf8')) as { texts: readonly { encoding: string; text: string; hex: string }[] };

describe('encodings, as Python\'s codecs write them', () => {
  it.each(texts.map(({ encoding, text, hex }) => [encoding, text, hex] as const))('%s is decoded when it is named', async (encoding, text, hex) => {
    const survey = await readSurvey(Uint8Array.from(Buffer.from(hex, 'hex')), { name: 'x.csv', encoding });
    const [header, ...rows] = text.trimEnd().split('\n').map((line) => line.split(','));
    expect(survey.names()).toEqual(header);
    header.forEach((name, j) => expect([...survey.column(name).values].map(String)).toEqual(rows.map((row) => row[j])));
    expect(survey.warnings).toEqual([]);
  });

  it.each(texts.filter(({ encoding }) => ['gbk', 'gb18030', 'utf-8', 'utf-16le', 'utf-16be'].includes(encoding)).map(({ encoding, text, hex }) => [encoding, text, hex] as const))('%s is recognised in a short table', async (_, text, hex) => {
    const survey = await readSurvey(Uint8Array.from(Buffer.from(hex, 'hex')), { name: 'x.csv' });
    expect(survey.names()).toEqual(text.split('\n')[0].split(','));
  });

  it.each([
    ['936', 'gbk'], ['CP936', 'gbk'], ['54936', 'gb18030'], ['950', 'big5'], ['932', 'shift_jis'], ['949', 'euc-kr'], ['874', 'windows-874'], ['1252', 'windows-1252'], ['cp1251', 'windows-1251'],
    ['windows-1250', 'windows-1250'], ['28592', 'iso-8859-2'], ['28605', 'iso-8859-15'], ['ISO-8859-15', 'iso-8859-15'], ['ISO_8859-1', 'windows-1252'], ['65001', 'utf-8'], ['UTF-8', 'utf-8'], ['Shift_JIS', 'shift_jis'], ['x-mac-roman', 'macintosh'], ['20866', 'koi8-r'], ['klingon', undefined], ['437', 'ibm437'], ['cp850', 'ibm850'], ['ibm866', 'ibm866'], ['37', undefined]
  ])('the name %s means %s', (name, encoding) => {
    expect(knownEncoding(name)).toBe(encoding);
  });
});
