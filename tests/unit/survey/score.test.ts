import { describe, expect, it } from 'vitest';
import { score, withScores } from '../../../src/survey/score.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { constructTable, screeningTable, variableTable } from '../../../src/survey/surveyTables.js';

const codebook = 'constructs:\n  REL: {label: Reliability | 可靠性, items: [a, b, -c]}\nrange: 1-5\nmissing: 9\n';
const survey = surveyFromColumns({ a: [5, 4, 9, NaN], b: [4, 4, 3, NaN], c: [1, 2, 5, NaN] }, { codebook });

describe('scale scores', () => {
  it('are the mean of answered items with reversed items turned round', () => {
    expect([...score(survey, 'REL', { minAnswered: 1 })]).toEqual([(5 + 4 + 5) / 3, (4 + 4 + 4) / 3, (3 + 1) / 2, NaN]);
    expect([...score(survey, 'REL')]).toEqual([14 / 3, 4, NaN, NaN]);
  });

  it('become columns under the construct\'s name', () => {
    const scored = withScores(survey);
    expect([...scored.numeric('REL')]).toEqual([...score(survey, 'REL')]);
    expect(scored.info('REL')).toMatchObject({ label: { en: 'Reliability', zh: '可靠性' }, level: 'scale', range: { min: 1, max: 5 } });
  });

  it('never guess the range of a reversed item from the data', () => {
    const unranged = surveyFromColumns({ a: [1, 5], b: [2, 3] }, { codebook: 'constructs: {X: [a, -b]}' });
    expect(() => score(unranged, 'X')).toThrow('smallest and largest answers are not declared');
    const labelled = surveyFromColumns({ a: [1, 5], b: [2, 3] }, { codebook: 'constructs: {X: [a, -b]}\nanswers: {1: no, 7: yes, 9: refused}\nmissing: 9' });
    expect([...score(labelled, 'X')]).toEqual([(1 + 6) / 2, (5 + 5) / 2]);
  });

  it('say which construct is unknown, and refuse to hide a column', () => {
    expect(() => score(survey, 'RLE')).toThrow('did you mean `REL`?');
    expect(() => withScores(surveyFromColumns({ X: [1], a: [1] }, { codebook: 'constructs: {X: [a]}' }))).toThrow('has the name of a column');
  });
});

describe('survey tables', () => {
  it('list variables with answered and missing counts', () => {
    const [a] = variableTable(survey).rows;
    expect(a).toMatchObject({ name: 'a', type: 'number', n: 2, missing: 2, answers: '1–5' });
    expect(constructTable(survey).rows).toEqual([{ name: 'REL', label: 'Reliability', labelZh: '可靠性', count: 3, items: 'a, b, c (R)' }]);
  });

  it('show the flow sent → returned → valid', () => {
    const screened = survey.withScreening({
      sent: 10,
      returned: 4,
      valid: 2,
      excludedBy: Uint16Array.of(0, 1, 0, 2),
      steps: [
        { rule: 'attention', label: { en: 'attention item failed' }, excluded: 1, remaining: 3 },
        { rule: 'maxMissing', label: { en: 'too many missing' }, excluded: 1, remaining: 2 }
      ]
    });
    expect(screeningTable(screened).rows.map((row) => [row.excluded, row.remaining, row.share])).toEqual([
      [null, 10, 1],
      [6, 4, 0.4],
      [1, 3, 0.3],
      [1, 2, 0.2],
      [2, 2, 0.2]
    ]);
  });
});
