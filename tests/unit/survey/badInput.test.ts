import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { zlibSync } from 'fflate';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { loadSurvey } from '../../../src/survey/files.js';
import { readSurvey, type ReadOptions } from '../../../src/survey/readSurvey.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { writeSav } from '../../../src/survey/formats/sav/writeSav.js';

const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../fixtures/survey/${path}`, import.meta.url)));
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const refusal = async (bytes: Uint8Array, options: ReadOptions): Promise<SurveyError> => {
  const result: unknown = await readSurvey(bytes, options).catch((error: unknown) => error);
  if (result instanceof SurveyError) return result;
  throw new Error('a SurveyError was expected');
};

describe('files of the wrong kind', () => {
  it.each([
    ['an IDL save file', 'data.sav', Uint8Array.from([0x53, 0x52, 0, 4, 0, 0, 0, 10, 0, 0, 1, 200]), 'IDL save file'],
    ['an encrypted SPSS file', 'data.sav', encode('\u001c\0\0\0\0\0\0\0ENCRYPTEDSAV..'), 'not an SPSS system file'],
    ['a text called .sav', 'data.sav', encode('id,x\n1,2\n'), 'it starts with `id,x`'],
    ['a text called .dta', 'data.dta', encode('id,x\n1,2\n'), 'not a Stata file'],
    ['a text called .json', 'data.json', encode('id,x\n1,2\n'), 'line 1, column 1']
  ])('%s is named', async (_, name, bytes, words) => {
    const error = await refusal(bytes, { name });
    expect(error.message).toContain(words);
    expect(error.message).toContain(name.endsWith('json') ? 'json-syntax' : 'help:');
  });

  it('a known file is read whatever it is called', async () => {
    expect((await readSurvey(fixture('sav/pspp_plain.sav'), { name: 'export.csv' })).source.format).toBe('sav');
    expect((await readSurvey(fixture('dta/stata14.dta'), { name: 'export.txt' })).source.format).toBe('dta');
  });

  it('an old Stata release is refused by number', async () => {
    const bytes = fixture('dta/stata08.dta');
    bytes[0] = 105;
    expect((await refusal(bytes, { name: 'old.dta' })).message).toContain('release 105');
  });

  it('missing files, folders, unknown options and formats are told', async () => {
    await expect(loadSurvey('no/such/file.sav')).rejects.toThrow('does not exist');
    await expect(loadSurvey('.')).rejects.toThrow('is a folder');
    expect((await refusal(encode('a\n1\n'), { format: 'sas' as 'csv' })).message).toContain('use one of csv');
    expect((await refusal(encode('a\n1\n'), { encoding: 'klingon' })).code).toBe('unknown-encoding');
  });
});

describe('truncated files', () => {
  it.each(['sav/pspp_plain.sav', 'sav/pspp_bytecode.sav', 'sav/pspp_zlib.zsav', 'dta/stata10.dta', 'dta/stata13.dta'])('%s, cut anywhere, never gives fewer rows without a word', async (path) => {
    const bytes = fixture(path);
    const whole = await readSurvey(bytes, { name: path });
    for (let cut = 1; cut < bytes.length; cut += Math.ceil(bytes.length / 97)) {
      const result: unknown = await readSurvey(bytes.subarray(0, cut), { name: path }).catch((error: unknown) => error);
      if (result instanceof SurveyError) continue;
      const survey = result as typeof whole;
      if (survey.rowCount < whole.rowCount) expect(survey.warnings.map(({ code }) => code)).toContain('truncated-file');
      else expect(survey.columns.map(({ values }) => values)).toEqual(whole.columns.map(({ values }) => values));
    }
  });

  it('an error says at which byte and inside what', async () => {
    expect((await refusal(fixture('sav/pspp_plain.sav').subarray(0, 200), { name: 'x.sav' })).message).toMatch(/ends at byte 200, inside a variable record that starts at byte \d+/);
  });
});

describe('large claims', () => {
  it('a .zsav that claims to unfold past the limit is refused', async () => {
    expect((await refusal(fixture('sav/pspp_zlib.zsav'), { name: 'x.zsav', maxUnpackedBytes: 1000 })).code).toBe('too-large');
  });

  it('a .zsav block that unfolds further than it declares is damaged, not obeyed', async () => {
    const bytes = fixture('sav/haven_zlib.zsav');
    const view = new DataView(bytes.buffer);
    const trailer = bytes.length - 24 - 24;
    const offset = Number(view.getBigInt64(trailer + 24 + 8, true));
    const packed = view.getInt32(trailer + 24 + 20, true);
    const bomb = zlibSync(new Uint8Array(1_500_000), { level: 9 });
    expect(bomb.length).toBeLessThan(packed);
    bytes.fill(0, offset, offset + packed);
    bytes.set(bomb, offset);
    expect((await refusal(bytes, { name: 'x.zsav' })).code).toBe('damaged-file');
  });

  it('100,000 columns are read, found by name and written', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `v${i}`);
    const row = names.map((_, i) => i % 7).join(',');
    const survey = await readSurvey(encode(`${names.join(',')}\n${row}\n${row}\n`), { name: 'wide.csv' });
    expect(survey.columns.length).toBe(100_000);
    expect([...survey.numeric('v99999')]).toEqual([99_999 % 7, 99_999 % 7]);
    expect(() => survey.numeric('v100000')).toThrow('did you mean');
    const back = await readSurvey(writeSav(survey), { name: 'wide.sav' });
    expect([...back.numeric('v99999')]).toEqual([99_999 % 7, 99_999 % 7]);
  }, 120_000);

  it('a header of 100,000 names over short records is refused', async () => {
    const names = Array.from({ length: 100_000 }, (_, i) => `v${i}`).join(',');
    expect((await refusal(encode(`${names}\n${'1\n'.repeat(100_000)}`), { name: 'ragged.csv' })).code).toBe('csv-ragged');
  });

  it('hostile names travel through every stop as plain names', async () => {
    const hostile = ['__proto__', 'constructor', 'hasOwnProperty', '<img src=x onerror=alert(1)>', '../../etc/passwd', '=cmd()', 'a\u0000b', '\u202Etxt'];
    const survey = surveyFromColumns(hostile.map((name, i) => [name, [i]] as const));
    expect(hostile.map((name) => survey.numeric(name)[0])).toEqual(hostile.map((_, i) => i));
    const back = await readSurvey(writeSav(survey), { name: 'x.sav' });
    expect(back.columns.map(({ values }) => values[0])).toEqual(hostile.map((_, i) => i));
    expect(back.info(back.names()[3]).label?.en).toBe(hostile[3]);
  });
});
