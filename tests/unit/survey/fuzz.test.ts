import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unzipSync, zipSync } from 'fflate';
import { createRandom } from '../../../src/numerics/random.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { parseCodebook } from '../../../src/survey/codebookText/parseCodebook.js';
import type { Survey } from '../../../src/survey/survey.js';

const fixture = (path: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../fixtures/survey/${path}`, import.meta.url)));
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const FILES: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['pspp_plain.sav', fixture('sav/pspp_plain.sav')],
  ['pspp_bytecode.sav', fixture('sav/pspp_bytecode.sav')],
  ['pspp_gb18030.sav', fixture('sav/pspp_gb18030.sav')],
  ['bigendian_bytecode.sav', fixture('sav/bigendian_bytecode.sav')],
  ['pspp_zlib.zsav', fixture('sav/pspp_zlib.zsav')],
  ['stata08.dta', fixture('dta/stata08.dta')],
  ['stata12_bigendian.dta', fixture('dta/stata12_bigendian.dta')],
  ['stata13.dta', fixture('dta/stata13.dta')],
  ['openxlsx.xlsx', fixture('excel/openxlsx.xlsx')],
  ['libreoffice.xls', fixture('excel/libreoffice.xls')],
  ['libreoffice.ods', fixture('excel/libreoffice.ods')],
  ['answers.dat', encode('id  x   y\n 1  2.5 3\n 2  3.5 .\n10  1.0 "2"\n')],
  ['survey.csv', encode('id,"a ""b""",c,城市\n1,2.5,x,北京\n2,,"line\nbreak",\n3,-1e5,NA,上海\n')],
  ['export.csv', encode('序号,所用时间,来自IP,1、性别,2、评价—价格,质量,3、用过\n1,65秒,1.1.1.1,1,5,4,a┋b\n2,2分,1.1.1.2,-3,(跳过),2,b\n')],
  ['data.json', encode('[{"x": 1, "g": "a"}, {"x": null, "g": "b\\u00e9"}]')]
];

/** Numbers that break readers. */
const EXTREMES = [0, 1, -1, 255, 256, 65535, 0x7fffffff, -0x80000000, 0x10000000];
const MUTATIONS = 120;
/** Cells that a mutated file of a few kilobytes may claim; more means that a count was believed. */
const MOST_CELLS = 5_000_000;
const MOST_MILLISECONDS = 3_000;

function mutated(bytes: Uint8Array, seed: number): Uint8Array {
  const random = createRandom(seed);
  let out = bytes.slice();
  for (let edits = 1 + random.integer(3); edits > 0; edits--) {
    const at = random.integer(Math.max(1, out.length));
    switch (random.integer(5)) {
      case 0:
        out[at] = random.integer(256);
        break;
      case 1:
        out = out.slice(0, at);
        break;
      case 2:
        if (at + 4 <= out.length) new DataView(out.buffer).setInt32(at, EXTREMES[random.integer(EXTREMES.length)], random.integer(2) === 0);
        break;
      case 3:
        out = Uint8Array.from([...out.subarray(0, at), ...Array.from({ length: 1 + random.integer(9) }, () => random.integer(256)), ...out.subarray(at)]);
        break;
      default:
        out.copyWithin(at, random.integer(out.length), random.integer(out.length));
    }
  }
  return out;
}

/** Packed workbooks are mutated inside their parts too: a broken archive is refused before it is read. */
function mutatedInside(archive: Uint8Array, seed: number): Uint8Array {
  const parts = unzipSync(archive);
  const names = Object.keys(parts).filter((name) => /\.(?:xml|rels)$/.test(name));
  const name = names[seed % names.length];
  return zipSync({ ...parts, [name]: mutated(parts[name], seed) }, { level: 1 });
}

describe('mutated files', () => {
  it.each(FILES)('%s is read or refused with a SurveyError, in bounded time and room', async (name, bytes) => {
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const input = /\.(?:xlsx|ods)$/.test(name) && seed % 3 > 0 ? mutatedInside(bytes, seed) : mutated(bytes, seed);
      const start = performance.now();
      const result: unknown = await readSurvey(input, { name, maxUnpackedBytes: 1e8 }).catch((error: unknown) => error);
      const milliseconds = performance.now() - start;
      const said = result instanceof Error && !(result instanceof SurveyError) ? `seed ${seed}: ${result.stack}` : undefined;
      expect(said).toBeUndefined();
      expect(milliseconds, `seed ${seed}`).toBeLessThan(MOST_MILLISECONDS);
      if (result instanceof Error) continue;
      const survey = result as Survey;
      expect(survey.rowCount * survey.columns.length, `seed ${seed}`).toBeLessThan(MOST_CELLS);
      for (const column of survey.columns) expect(column.values.length, `seed ${seed}`).toBe(survey.rowCount);
    }
  });

  it('codebook texts are parsed or refused with a SurveyError', () => {
    const text = encode('constructs:\n  SAT: {label: a | 满, items: [S1, -S2]}\nvariables: {g: {values: {1: m}}}\nmissing: [9, 90-99]\nscreening: {maxMissing: 0.2}\n');
    for (let seed = 1; seed <= 5 * MUTATIONS; seed++) {
      const input = new TextDecoder().decode(mutated(text, seed));
      try {
        parseCodebook(input);
      } catch (error) {
        expect(error instanceof SurveyError ? undefined : `seed ${seed}: ${(error as Error).stack}`).toBeUndefined();
      }
    }
  });
});
