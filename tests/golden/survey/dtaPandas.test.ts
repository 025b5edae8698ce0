import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';

const fixtures = new URL('../../fixtures/survey/dtaPandas/', import.meta.url);
interface Written {
  readonly file: string;
  readonly columns: readonly (readonly [name: string, cells: readonly (number | string | null)[]])[];
}
const { files } = JSON.parse(readFileSync(new URL('dtaPandas/expected.json', import.meta.url), 'utf8')) as { files: readonly Written[] };

describe('Stata files by pandas, with long strings, in both byte orders', () => {
  it('covers every fixture', () => {
    expect(files.map(({ file }) => file).sort()).toEqual(readdirSync(fixtures).sort());
  });

  it.each(files.map((written) => [written.file, written] as const))('%s holds what went in', async (file, { columns }) => {
    const survey = await readSurvey(readFileSync(new URL(file, fixtures)), { name: file });
    const read = survey.columns.map(({ name, values }) => [name, Array.from(values as ArrayLike<number | string | null>, (value) => (typeof value === 'number' && Number.isNaN(value) ? null : value))]);
    expect(read).toEqual(columns);
    expect([...survey.info('mood').valueLabels]).toEqual([[0, { en: 'low' }], [1, { en: 'middle' }], [2, { en: 'high' }]]);
    expect(survey.info('story').label).toEqual({ en: 'What happened' });
    expect(survey.info('day').temporal).toBe('date');
    expect(survey.warnings).toEqual([]);
  });
});
