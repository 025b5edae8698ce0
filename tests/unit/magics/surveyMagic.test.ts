import { describe, expect, it } from 'vitest';
import { parseHeader } from '../../../kernel/src/magics/parseHeader.js';
import type { MagicContext } from '../../../src/magics/magic.js';
import { surveyMagic } from '../../../src/magics/survey.js';
import { workbookFromSheets } from '../../../src/survey/formats/xlsx/workbookFromSheets.js';
import type { Survey } from '../../../src/survey/survey.js';

const FILES = new Map<string, Uint8Array>([
  ['a.csv', new TextEncoder().encode('1|nil|3,5\n2|4|none\n')],
  ['b.xlsx', await workbookFromSheets([{ name: 'first', rows: [['x'], [1]] }, { name: 'wave 2', rows: [['y'], [7]] }])]
]);

async function survey(header: string, body = ''): Promise<{ readonly survey: Survey; readonly code: string }> {
  const { call, diagnostics } = parseHeader(surveyMagic, 'cell', header, '%%survey'.length, body);
  expect(diagnostics).toEqual([]);
  const { bind } = await surveyMagic.run(call, { readFile: (path: string) => Promise.resolve(FILES.get(path)) } as unknown as MagicContext);
  return { survey: bind?.['s'] as Survey, code: surveyMagic.code?.(call) ?? '' };
}

describe('%%survey', () => {
  it('reads a table without headings, with words for no answer, delimiter and decimal mark as told', async () => {
    const { survey: read, code } = await survey("%%survey s a.csv --noHeader --missing nil,none --delimiter | --decimal ,", 'constructs: {C: [V1, V2]}');
    expect(read.columns.map(({ name, values }) => [name, ...values])).toEqual([['V1', 1, 2], ['V2', NaN, 4], ['V3', 3.5, NaN]]);
    expect([...read.codebook.constructs.keys()]).toEqual(['C']);
    expect(code).toContain('"missing":["nil","none"],"header":false');
  });

  it('reads a sheet by name or place', async () => {
    for (const sheet of ['2', '"wave 2"']) expect((await survey(`%%survey s b.xlsx --sheet ${sheet}`)).survey.names()).toEqual(['y']);
  });
});
