import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { described, describedBySurvey, difference, perturbed, type HavenFile } from './havenAnswer.js';

const fixtures = new URL('../../fixtures/survey/dta/', import.meta.url);
const { files } = JSON.parse(readFileSync(new URL('dta/expected.json', import.meta.url), 'utf8')) as { files: readonly HavenFile[] };

describe('Stata files, against haven', () => {
  it('covers every fixture', () => {
    expect(files.map(({ file }) => file).sort((a, b) => a.localeCompare(b))).toEqual(readdirSync(fixtures).sort((a, b) => a.localeCompare(b)));
  });

  it.each(files.map((expected) => [expected.file, expected] as const))('%s agrees in names, cells, tagged missing values, labels and moments', async (file, expected) => {
    const survey = await readSurvey(readFileSync(new URL(file, fixtures)), { name: file });
    expect(survey.names()).toEqual(expected.names);
    expect(difference(survey, expected)).toBeUndefined();
    expect(difference(survey, perturbed(expected))).toBeDefined();
    for (const [j, wanted] of expected.columns.entries()) expect(describedBySurvey(survey, expected.names[j])).toEqual(described(wanted));
    expect(survey.codebook.notes).toEqual(['A data label'].filter(() => !/1[345]/.test(file)));
    expect(survey.warnings).toEqual([]);
  });
});
