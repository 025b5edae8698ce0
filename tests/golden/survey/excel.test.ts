import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { readWorkbook } from '../../../src/survey/formats/workbook.js';
import { writeXlsx } from '../../../src/survey/formats/writeXlsx.js';
import type { Survey } from '../../../src/survey/survey.js';
import { surveyToWrite } from './written/survey.js';

interface Sheet {
  readonly names: readonly string[];
  readonly columns: readonly (readonly (string | null)[])[];
}

const fixtures = new URL('../../fixtures/survey/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('excel/expected.json', import.meta.url), 'utf8')) as Record<string, Sheet>;
const read = (path: string): Promise<Survey> => readSurvey(readFileSync(new URL(path, fixtures)), { name: path });
/** readxl gives a time of day as a moment of this day. */
const DAY_OF_TIMES = Date.UTC(1899, 11, 31);

/** First cell in which the survey differs from what readxl read. */
function difference(survey: Survey, sheet: Sheet): string | undefined {
  for (const [j, cells] of sheet.columns.entries()) {
    const name = sheet.names[j];
    const { values } = survey.column(name);
    const { temporal } = survey.info(name);
    for (const [i, cell] of cells.entries()) {
      const ours = values[i];
      const number = temporal === 'time' ? Number(cell) - DAY_OF_TIMES : Number(cell);
      const same = cell === null ? ours === null || Number.isNaN(ours) : typeof ours === 'number' ? Math.abs(ours - number) <= (temporal ? 1 : 0) : ours === cell;
      if (!same) return `${name}[${i}] is ${String(ours)}, readxl reads ${String(cell)}`;
    }
  }
  return undefined;
}

describe('workbooks, against readxl', () => {
  it.each([
    ['openxlsx.xlsx', 'excel/openxlsx.xlsx'],
    ['libreoffice.xls', 'excel/libreoffice.xls'],
    ['openxlsx.xlsx', 'excel/libreoffice.ods']
  ])('cells of %s come from %s, with moments and Chinese', async (key, path) => {
    const survey = await read(path);
    const sheet = expected[key];
    expect(survey.names()).toEqual(sheet.names);
    expect(difference(survey, sheet)).toBeUndefined();
    const [first, ...others] = sheet.columns;
    expect(difference(survey, { ...sheet, columns: [['7', ...first.slice(1)], ...others] })).toBeDefined();
    expect([survey.info('day').temporal, survey.info('moment').temporal]).toEqual(['date', 'datetime']);
    expect(survey.codebook.notes).toContain('sheet 答卷');
  });

  it('what we write is what readxl reads', async () => {
    const survey = surveyToWrite();
    const fixture = await read('written/written.xlsx');
    const coded = await readSurvey(await writeXlsx(survey), { name: 'written.xlsx' });
    expect(coded.columns).toEqual(fixture.columns);
    expect(difference(fixture, expected['written.xlsx'])).toBeUndefined();
  });

  it('text is written as text, never as a formula', async () => {
    const sheets = (await readWorkbook(await writeXlsx(surveyToWrite()))).sheets;
    expect(sheets.map(({ name }) => name)).toEqual(['data', 'codebook']);
    expect(sheets[1].rows[2].map((cell) => cell?.value)).toEqual(['SAT1', 'Satisfied', '满意', 'ordinal', '1 = no | 否; 5 = yes | 是; 9 = refused', '9']);
  });
});
