import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import type { Survey } from '../../../src/survey/survey.js';
import { described, describedBySurvey, difference, perturbed, type HavenFile } from './havenAnswer.js';

const fixtures = new URL('../../fixtures/survey/sav/', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('sav/expected.json', import.meta.url), 'utf8')) as { files: readonly HavenFile[] };
const read = (file: string): Promise<Survey> => readSurvey(readFileSync(new URL(file, fixtures)), { name: file });

describe('SPSS files, against haven', () => {
  it('covers every fixture', () => {
    expect(files.map(({ file }) => file)).toEqual(readdirSync(fixtures).sort());
  });

  describe.each(files.map((expected) => [expected.file, expected] as const))('%s', (file, expected) => {
    it('agrees in names and in every cell, with missing codes put back', async () => {
      const survey = await read(file);
      expect(survey.names()).toEqual(expected.names);
      expect(survey.rowCount).toBe(expected.rows);
      expect(difference(survey, expected)).toBeUndefined();
      expect(difference(survey, perturbed(expected))).toBeDefined();
    });

    it('agrees in labels, value labels, missing codes and ranges, and moments', async () => {
      const survey = await read(file);
      for (const [j, wanted] of expected.columns.entries()) expect(describedBySurvey(survey, expected.names[j])).toEqual(described(wanted));
    });
  });
});

describe('SPSS files, what haven does not tell', () => {
  it.each(['pspp_plain.sav', 'pspp_bytecode.sav', 'pspp_zlib.zsav', 'bigendian_plain.sav', 'bigendian_bytecode.sav'])('%s: levels, attributes, sets, documents, weight', async (file) => {
    const survey = await read(file);
    expect(survey.names().slice(0, 4).map((name) => survey.info(name).level)).toEqual(['scale', 'scale', 'ordinal', 'nominal']);
    expect([...(survey.info('satisfaction').attributes ?? [])]).toEqual([
      ['$@Role', ['1']],
      ['Note', ["it's one", 'two']],
      ['Source', ['page 3 / item 1']]
    ]);
    expect([...(survey.codebook.multipleResponse ?? [])].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { name: 'any', label: { en: 'Any of' }, items: ['q1', 'q2'] },
      { name: 'used', label: { en: 'Used which' }, items: ['q1', 'q2', 'q3'], countedValue: 1 }
    ]);
    expect(survey.codebook.notes).toEqual(expect.arrayContaining(['A file with a label', 'First line of the document', 'Second line', 'Made: by PSPP']));
    expect(survey.warnings.map(({ code }) => code)).toEqual(['weighted-file']);
    expect([...(survey.column('a_very_long_variable_name_for_tests') as { missingCodesHit: ReadonlyMap<number, number> }).missingCodesHit]).toEqual([[8, 1], [9, 1]]);
  });

  it('decodes GB18030, also when told so', async () => {
    const survey = await read('pspp_gb18030.sav');
    expect(survey.source.encoding).toBe('gb18030');
    expect(survey.info('性别').label?.en).toBe('您的性别');
    const overridden = await readSurvey(readFileSync(new URL('pspp_gb18030.sav', fixtures)), { name: 'x.sav', encoding: 'gbk' });
    expect(overridden.names()).toEqual(['编号', '性别', '城市', '评语']);
  });
});
