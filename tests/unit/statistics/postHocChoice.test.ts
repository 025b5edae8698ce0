import { describe, expect, it } from 'vitest';
import { compare } from '../../../src/statistics/groups/compare.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

const groups = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3];
const survey = surveyFromColumns({ g: groups, even: groups.map((g, i) => g + (i % 6)), uneven: groups.map((g, i) => g + (i % 6) * (g === 3 ? 40 : 1)) });

describe('post hoc methods chosen by Levene’s test', () => {
  it.each([
    ['auto', 'even', 'tukey'],
    ['auto', 'uneven', 'games-howell'],
    ['lsd/tamhane', 'even', 'lsd'],
    ['lsd/tamhane', 'uneven', 'tamhane']
  ] as const)('%s of %s variances is %s, which the table says', (postHoc, variable, method) => {
    const result = compare(survey, [variable], 'g', { postHoc });
    const [found] = result.variables;
    expect(found.design === 'anova' ? found.postHoc.map((one) => one.method) : []).toEqual([method]);
    const table = result.tables().find(({ title }) => title.en.startsWith('Post hoc'));
    expect(table?.notes[0].en).toContain(postHoc === 'auto' ? 'Tukey-Kramer when' : 'LSD when');
    expect(table?.notes[0].zh).toContain('Levene');
  });
});
