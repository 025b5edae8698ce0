import { describe, expect, it } from 'vitest';
import { littleMcar } from '../../../src/statistics/missingness/littleMcar.js';
import { missingReport } from '../../../src/statistics/missingness/missingReport.js';
import { screen } from '../../../src/statistics/screening/screen.js';
import { fromDanfo } from '../../../src/survey/fromDanfo.js';
import { parseCodebook } from '../../../src/survey/codebookText/parseCodebook.js';
import { readSurvey } from '../../../src/survey/readSurvey.js';
import { filterText } from '../../../src/survey/skip/filterText.js';
import { skipTable } from '../../../src/survey/skip/skipTable.js';
import { skipsOf } from '../../../src/survey/skip/skipsOf.js';
import { surveyFromColumns, type ColumnInput } from '../../../src/survey/surveyFromColumns.js';

const notAsked = (columns: Record<string, ColumnInput>, codebook: string, name: string): number[] => [...(skipsOf(surveyFromColumns(columns, { codebook }), name)?.notAsked ?? [])];

describe('a filter', () => {
  it.each([
    ['{q: 1}', 'q = 1', [1, 2]],
    ['{q: [1, 2]}', 'q = 1 or 2', [2]],
    ['{q: {not: 1}}', 'q ≠ 1', [0]],
    ['{q: {min: 2}}', 'q ≥ 2', [0]],
    ['{q: 2-3}', 'q = 2–3', [0]],
    ['{q: 1, age: 18-99}', 'q = 1 and age = 18–99', [0, 1, 2]],
    ['[{q: 1}, {age: {max: 17}}]', 'q = 1; or age ≤ 17', [1, 2]],
    ['q = 1', 'q = 1', [1, 2]],
    ['"q in (1, 2) and age < 18"', 'q = 1 or 2 and age < 18', [1, 2]],
    ['q != 1 or age > 16', 'q ≠ 1; or age > 16', [0]],
    ['q not in (1 2)', 'q ≠ 1 or 2', [0, 1]],
    ['"q = yes"', 'q = yes', [1, 2]],
    ['{q: 是}', 'q = 是', [1, 2]]
  ])('%s reads as %s', (text, shown, empty) => {
    const codebook = `variables: {q: {values: {1: yes | 是, 2: no | 否, 3: gone}}}\nasked:\n  x: ${text}\n`;
    expect(filterText(parseCodebook(codebook).variables.get('x')?.askedWhen ?? []).en).toBe(shown);
    expect(notAsked({ q: [1, 2, 3], age: [16, 40, 50], x: [NaN, NaN, NaN] }, codebook, 'x')).toEqual(empty);
  });

  it('may stand at several questions, or at the variable itself', () => {
    const { variables } = parseCodebook('asked: {x1..x3: {q: 1}, "y, z": q = 2}\nvariables: {w: {label: W, asked: {q: 3}}}\n');
    expect(['x1', 'x2', 'x3', 'y', 'z', 'w'].map((name) => filterText(variables.get(name)?.askedWhen ?? []).zh)).toEqual(['q = 1', 'q = 1', 'q = 1', 'q = 2', 'q = 2', 'q = 3']);
  });

  it.each([
    ['q =', 'an answer was expected'],
    ['q ~ 1', 'one of =, !='],
    ['q = 1 age = 2', '`and` or `or` was expected'],
    ['q > 1 2', 'one number'],
    ['q in (1, 2', 'a closing bracket'],
    ['and', 'one of =, !='],
    ['{q: {mim: 2}}', 'did you mean `min`?'],
    ['{}', 'the answers that decide']
  ])('that reads `%s` is refused with its place', (text, words) => {
    expect(() => parseCodebook(`asked:\n  x: ${text}\n`, { name: 'book' })).toThrow(words);
    expect(() => parseCodebook(`asked:\n  x: ${text}\n`, { name: 'book' })).toThrow('--> book:2:');
  });

  it('of an unknown question, or of the question itself, is refused', () => {
    expect(() => notAsked({ q: [1], x: [1] }, 'asked: {x: {qq: 1}}', 'x')).toThrow('did you mean `q`?');
    expect(() => notAsked({ q: [1], x: [1] }, 'asked: {x: {q: 1}, q: {x: 1}}', 'x')).toThrow('depends on itself: x ← q ← x');
  });

  it('that names no answer of the question is warned about', () => {
    const survey = surveyFromColumns({ q: [1, 2], x: [1, NaN] }, { codebook: 'asked: {x: {q: ja}}' });
    expect(survey.warnings.map(({ code }) => code)).toContain('unknown-answer');
  });
});

describe('who was asked', () => {
  it('stays open when the deciding answer is missing, and is "nobody" when that question was itself skipped', () => {
    const columns = { a: [1, 2, NaN], b: [2, NaN, NaN], c: [NaN, NaN, NaN] };
    const codebook = 'asked: {b: {a: 1}, c: {b: {not: 1}}}';
    expect(notAsked(columns, codebook, 'b')).toEqual([1]);
    // Row 1 was asked (b = 2), row 2 never reached b, of row 3 nothing is known.
    expect(notAsked(columns, codebook, 'c')).toEqual([1]);
    expect(missingReport(surveyFromColumns(columns, { codebook })).variables.map(({ missing }) => missing)).toEqual([1, 1, 2]);
  });

  it('may be decided by a declared missing code that the filter names', () => {
    expect(notAsked({ q: [1, 9, 2], x: [NaN, NaN, NaN] }, 'variables: {q: {missing: 9}}\nasked: {x: {q: [1, 9]}}', 'x')).toEqual([2]);
  });

  it('is told by words, and by choices joined in one cell', () => {
    expect(notAsked({ q: ['yes', 'no', null, 'a┋yes'], x: [NaN, NaN, NaN, NaN] }, 'asked: {x: {q: yes}}', 'x')).toEqual([1]);
    expect(notAsked({ q: ['1,3', '2', '13'], x: [NaN, NaN, NaN] }, 'asked: {x: {q: 3}}', 'x')).toEqual([1, 2]);
  });

  it('is told by codes of the file where no filter is stated, and contradictions are told', () => {
    const codebook = 'variables: {x: {missing: {codes: 99, skipped: 96}}}';
    expect(notAsked({ q: [1, 2, 1], x: [96, 99, 3] }, codebook, 'x')).toEqual([0]);
    const survey = surveyFromColumns({ q: [1, 2, 1], x: [96, 96, 3] }, { codebook: `${codebook}\nasked: {x: {q: 1}}` });
    expect(survey.warnings.map(({ code }) => code)).toEqual(['skipped-though-asked']);
    expect(missingReport(survey).variables.map(({ missing, notAsked: skipped }) => [missing, skipped])).toEqual([[0, 0], [1, 1]]);
  });
});

describe('skipped questions', () => {
  const survey = surveyFromColumns({ q: [1, 2, 2, 1, NaN], x: [5, 4, NaN, NaN, NaN], y: [3, 3, 3, 3, 3], z: [3, 1, 3, 3, 2] }, { codebook: 'constructs: {C: [y, x, z]}\nasked: {x: {q: 1}}\nscreening: {skips: true, longString: 1}' });

  it('are flagged when answered, with count and rows; `skips` excludes such rows', () => {
    expect(survey.warnings.map(({ message }) => message)).toEqual(['`x` was answered by one person who was not to be asked (asked when q = 1): row 2']);
    const screened = screen(survey);
    expect(screened.screening?.steps.map(({ rule, excluded, found }) => [rule, excluded, [...(found ?? [])]])).toEqual([
      ['skips', 1, [[1, 'x = 4, asked when q = 1']]],
      // Row 3: the skipped question does not part y from z. Row 4: the missing answer does.
      ['longString', 1, [[2, '2 identical answers in a row']]]
    ]);
    expect(screened.rowCount).toBe(5);
  });

  it('have a table of their own', () => {
    expect(skipTable(survey)?.rows).toEqual([{ variable: 'x', asked: 'q = 1', askedZh: 'q = 1', due: 4, answered: 2, missing: 2, notAsked: 1, though: 1 }]);
    expect(skipTable(survey, ['y'])).toBeUndefined();
  });

  it('are left out of Little’s test unless named', () => {
    const columns = { q: [1, 2, 1, 2, 1, 2, 1], x: [1, NaN, 3, NaN, 2, NaN, 5], a: [1, 2, NaN, 4, 5, 2, 3], b: [2, 1, 3, NaN, 4, 4, 1] };
    const skipping = surveyFromColumns(columns, { codebook: 'asked: {x: {q: 1}}' });
    expect(littleMcar(skipping).names).toEqual(['a', 'b']);
    expect(littleMcar(skipping, ['x', 'a', 'b']).warnings.map(({ code }) => code)).toContain('planned-missing');
  });

  it('keep their filter through a data frame that keeps the deciding question', () => {
    const frame = { columns: ['q', 'x'], values: [[1, 5], [2, NaN]] };
    expect([...(skipsOf(fromDanfo(frame, { like: survey }), 'x')?.notAsked ?? [])]).toEqual([1]);
    expect(skipsOf(fromDanfo({ columns: ['x'], values: [[NaN]] }, { like: survey }), 'x')).toBeUndefined();
  });
});

describe('skips of Wenjuanxing', () => {
  const byNumber = '序号,所用时间,来自IP,1、使用,2、为何,3、渠道,4、意见\n1,65秒,1.1.1.1,1,2,a┋b,好\n2,70秒,1.1.1.2,2,-3,-3,-3\n3,80秒,1.1.1.3,1,-2,b,-2\n4,90秒,1.1.1.4,2,(跳过),(跳过),(跳过)\n';

  it('are not asked, empty answers are missing, both with their reasons', async () => {
    const survey = await readSurvey(new TextEncoder().encode(byNumber), { name: 'x.csv' });
    expect([...survey.numeric('Q2')]).toEqual([2, NaN, NaN, NaN]);
    expect(survey.labels('Q4')).toEqual(['好', null, null, null]);
    expect(survey.names()).toEqual(['id', 'seconds', 'ip', 'Q1', 'Q2', 'Q3', 'Q3_1', 'Q3_2', 'Q4']);
    expect([...survey.numeric('Q3_1')]).toEqual([1, NaN, 0, NaN]);
    const { variables } = missingReport(survey, ['Q2', 'Q3', 'Q3_1', 'Q4']);
    expect(variables.map(({ missing, notAsked: skipped, reasons }) => [missing, skipped, [...reasons]])).toEqual([
      [1, 2, [[-3, 1], [-2, 1], ['(跳过)', 1]]],
      [0, 2, [['-3', 1], ['(跳过)', 1]]],
      [0, 2, [['-3', 1], ['(跳过)', 1]]],
      [1, 2, [['-3', 1], ['-2', 1], ['(跳过)', 1]]]
    ]);
    expect(survey.warnings).toEqual([]);
  });

  it('stay no answers when the codebook declares codes of its own, and answers by text become codes', async () => {
    const survey = await readSurvey(new TextEncoder().encode('序号,所用时间,来自IP,1、使用,2、为何\n1,6,1,会,好\n2,7,1,不会,(跳过)\n3,8,1,会,9\n'), { name: 'x.csv', codebook: 'variables: {Q1: {values: {1: 会, 2: 不会}}, Q2: {values: {1: 好}, missing: 9}}\nasked: {Q2: {Q1: 会}}' });
    expect([...survey.numeric('Q2')]).toEqual([1, NaN, NaN]);
    expect([...(skipsOf(survey, 'Q2')?.notAsked ?? [])]).toEqual([1]);
    expect(survey.warnings).toEqual([]);
  });
});
