import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { secureRecords } from '../../../src/survey/formats/biffRecords.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';

const record = (id: number, body: readonly number[]): number[] => [id & 255, id >> 8, body.length & 255, body.length >> 8, ...body];
const ids = (stream: Uint8Array): number[] => {
  const found: number[] = [];
  const view = new DataView(stream.buffer);
  for (let p = 0; p + 4 <= stream.length; p += 4 + view.getUint16(p + 2, true)) found.push(view.getUint16(p, true));
  return found;
};

describe('the records of an old workbook', () => {
  it('that hold no cells are passed over with their continuations; cells stay', () => {
    const stream = Uint8Array.from([...record(0x809, [0, 6]), ...record(0x17, [9]), ...record(0x3c, [1, 2]), ...record(0xfd, [1]), ...record(0x3c, [3]), ...record(0x18, []), ...record(0x0a, [])]);
    expect(secureRecords(stream)).toBeUndefined();
    expect(ids(stream)).toEqual([0x809, 0x59, 0x59, 0xfd, 0x3c, 0x59, 0x0a]);
  });

  it('of formulas keep the result and lose the tokens', () => {
    const stream = Uint8Array.from(record(6, Array.from({ length: 30 }, (_, i) => i)));
    secureRecords(stream);
    expect([...stream.subarray(4, 24)]).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect([...stream.subarray(24, 26)]).toEqual([255, 255]);
  });

  it('must end inside their stream', () => {
    expect(secureRecords(Uint8Array.from([...record(0x809, [0, 6]), 0x17, 0, 200, 0, 1]))).toBe('a record of 200 bytes at byte 6 runs past the end of its stream');
  });

  it('behind zeros that no part closes are made harmless too, and nothing hides in a closing record', () => {
    const stream = Uint8Array.from([...record(0x809, [0, 6]), 0, 0, 0, 0, ...record(0x07, [9]), ...record(0x0a, []), 0, 0, 7, 0]);
    expect(secureRecords(stream)).toBeUndefined();
    expect([...stream.subarray(10, 12)]).toEqual([0x59, 0]);
    expect(secureRecords(Uint8Array.from([...record(0x809, [0, 6]), ...record(0x0a, record(0x07, [9]))]))).toBe('the part that closes at byte 6 goes on behind its end');
  });

  it('that no workbook has are told by a warning, and nothing is written to the console', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/survey/excel/libreoffice.xls', import.meta.url)));
    const said: unknown[] = [];
    const spies = (['error', 'warn', 'log'] as const).map((name) => vi.spyOn(console, name).mockImplementation((...words) => void said.push(words)));
    const mocked = console.error;
    // the widths of columns, a record of two bytes, under a name that no record has
    const at = bytes.findIndex((byte, p) => byte === 0x55 && bytes[p + 1] === 0 && bytes[p + 2] === 2 && bytes[p + 3] === 0);
    expect(at).toBeGreaterThan(0);
    const changed = bytes.slice();
    changed[at + 1] = 0x77;
    const [whole, damaged] = [await readSurvey(bytes, { name: 'x.xls' }), await readSurvey(changed, { name: 'x.xls' })];
    expect(console.error).toBe(mocked);
    for (const spy of spies) spy.mockRestore();
    expect(said).toEqual([]);
    expect(whole.warnings.map(({ code }) => code)).not.toContain('damaged-file');
    expect(damaged.warnings.map(({ code }) => code)).toContain('damaged-file');
    expect(damaged.columns).toEqual(whole.columns);
  });

  it('with a list of sheets that never ends are read or refused at once', async () => {
    const bytes = new Uint8Array(readFileSync(new URL('../../fixtures/survey/excel/libreoffice.xls', import.meta.url)));
    // A record that names outer sheets, one byte long: its count cannot be read.
    for (let p = 0; p + 4 < bytes.length; p++) {
      if (bytes[p] !== 0xe5 || bytes[p + 1] !== 0 || bytes[p + 2] === 0) continue;
      const changed = bytes.slice();
      changed[p] = 0x17;
      const result: unknown = await readSurvey(changed, { name: 'x.xls' }).catch((error: unknown) => error);
      expect(result instanceof Error ? result instanceof SurveyError : true).toBe(true);
    }
  });
});
