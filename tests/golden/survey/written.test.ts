import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { writeSav } from '../../../src/survey/formats/sav/writeSav.js';
import { spssNames } from '../../../src/survey/formats/sav/names.js';
import { described, describedBySurvey, difference, perturbed, type HavenFile } from './havenAnswer.js';
import { surveyToWrite } from './written/survey.js';

const folder = new URL('../../fixtures/survey/written/', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('written/expected.json', import.meta.url), 'utf8')) as { files: readonly (HavenFile & { by: string })[] };
const both = ({ en, zh }: { en: string; zh?: string }): string => (zh === undefined ? en : `${en} | ${zh}`);

describe('SPSS files that we write', () => {
  const survey = surveyToWrite();

  it.each([
    ['byte.sav', 'byte'],
    ['plain.sav', 'none']
  ] as const)('%s is, byte for byte, what haven and PSPP have read', (file, compress) => {
    expect(Buffer.compare(writeSav(survey, { compress }), readFileSync(new URL(file, folder)))).toBe(0);
  });

  it.each(files.map((answer) => [answer.file, answer.by, answer] as const))('%s as %s reads it has every cell, label and missing value', (_file, _by, answer) => {
    expect(answer.names).toEqual(spssNames(survey.names()));
    expect(difference(survey, answer)).toBeUndefined();
    expect(difference(survey, perturbed(answer))).toBeDefined();
    for (const [j, column] of answer.columns.entries()) {
      const name = survey.names()[j];
      const renamed = answer.names[j] === name ? {} : { label: name };
      expect(described(column)).toEqual({ ...(describedBySurvey(survey, name, both) as object), ...renamed });
    }
  });

  it('come back with levels, attributes, sets and notes', async () => {
    const back = await readSurvey(writeSav(survey), { name: 'written.sav' });
    expect(back.warnings).toEqual([]);
    expect(back.names()).toEqual(spssNames(survey.names()));
    expect(back.columns.map((column) => [...column.values])).toEqual(survey.columns.map((column) => [...column.values].map((value) => (value === '' ? null : value))));
    expect(back.info('SAT1').level).toBe('ordinal');
    expect([...(back.info('dbl').attributes ?? [])]).toEqual([['Source', ['page 1', "it's"]]]);
    expect(back.info('dbl').decimals).toBe(3);
    expect(back.codebook.multipleResponse).toEqual([{ name: 'pair', label: { en: 'A pair' }, items: ['id', 'SAT1'], countedValue: 1 }]);
    expect(back.codebook.notes).toEqual(['written', 'Made for a test of the writers', '第二行']);
  });

  it('can hold the valid rows only', async () => {
    const screened = survey.withScreening({ returned: 12, steps: [], valid: 1, excludedBy: Uint16Array.from({ length: 12 }, (_, i) => (i === 4 ? 0 : 1)) });
    const back = await readSurvey(writeSav(screened, { validOnly: true }), { name: 'written.sav' });
    expect([...back.numeric('id')]).toEqual([5]);
  });
});
