import { describe, expect, it } from 'vitest';
import { parseCodebook } from '../../../src/survey/codebookText/parseCodebook.js';
import { expandRun } from '../../../src/survey/codebookText/reader.js';
import { SurveyError } from '../../../src/shared/diagnostic.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

const errorOf = (run: () => unknown): SurveyError => {
  try {
    run();
  } catch (error) {
    if (error instanceof SurveyError) return error;
    throw error;
  }
  throw new Error('an error was expected');
};

const WOM = `constructs:
  SAT: SAT1..SAT3
  REL: {label: Reliability | 可靠性, items: REL1 REL2 -REL4r}
variables:
  gender: {label: Gender | 性别, level: nominal, values: {1: male | 男, 2: female | 女}}
  SAT1: I am satisfied | 我感到满意
answers: {1: strongly disagree | 非常不同意, 5: strongly agree | 非常同意}
range: 1-5
missing: {all: [9, 99], age: [999, 90-98]}
levels: {ordinal: [age, SAT1]}
asked: {REL2: {gender: 2}}
screening: {sent: 500, attention: {ATT: [3, 4]}, seconds: time, minSeconds: 60, longString: 10, maxMissing: 0.2, duplicates: true}
notes: [made for teaching]
`;

describe('a codebook text', () => {
  const codebook = parseCodebook(WOM);

  it('tells constructs, with runs and reversed items', () => {
    expect(codebook.constructs.get('SAT')?.items).toEqual(['SAT1', 'SAT2', 'SAT3']);
    expect(codebook.constructs.get('REL')).toEqual({ name: 'REL', label: { en: 'Reliability', zh: '可靠性' }, items: ['REL1', 'REL2', 'REL4r'] });
    expect(codebook.variables.get('REL4r')?.reverse).toBe(true);
    expect(codebook.variables.get('REL1')?.reverse).toBeUndefined();
  });

  it('tells labels in two languages, levels, shared and own answers', () => {
    const gender = codebook.variables.get('gender');
    expect(gender?.label).toEqual({ en: 'Gender', zh: '性别' });
    expect([...(gender?.valueLabels ?? [])]).toEqual([[1, { en: 'male', zh: '男' }], [2, { en: 'female', zh: '女' }]]);
    expect(codebook.variables.get('SAT1')).toMatchObject({ label: { en: 'I am satisfied', zh: '我感到满意' }, level: 'ordinal' });
    expect(codebook.variables.get('SAT3')?.valueLabels.get(5)).toEqual({ en: 'strongly agree', zh: '非常同意' });
  });

  it('tells missing codes, ranges, skip patterns and screening rules', () => {
    expect(codebook.allMissing).toEqual({ codes: [9, 99] });
    expect(codebook.variables.get('age')?.missing).toEqual({ codes: [999], range: { low: 90, high: 98 } });
    expect(codebook.allRange).toEqual({ min: 1, max: 5 });
    expect(codebook.variables.get('REL2')?.askedWhen).toEqual([[{ name: 'gender', answers: [2], ranges: [] }]]);
    expect(codebook.screening).toEqual({ sent: 500, attention: new Map([['ATT', [3, 4]]]), seconds: 'time', minSeconds: 60, longString: 10, maxMissing: 0.2, duplicates: true });
    expect(codebook.notes).toEqual(['made for teaching']);
  });

  it('reads the same from JSON', () => {
    const json = parseCodebook(JSON.stringify({ constructs: { SAT: ['SAT1', 'SAT2'] }, missing: 9, variables: { SAT1: { label: 'x', range: [1, 7] } } }));
    expect(json.constructs.get('SAT')?.items).toEqual(['SAT1', 'SAT2']);
    expect(json.variables.get('SAT1')?.range).toEqual({ min: 1, max: 7 });
  });

  it('may be empty', () => {
    expect(parseCodebook('\n# nothing yet\n').constructs.size).toBe(0);
  });

  it.each([
    ['a key that is no key', 'construct:\n  A: [x]\n', 'unknown-key', '1:1', 'did you mean `constructs`?'],
    ['a bad screening key', 'screening: {minSecond: 5}\n', 'unknown-key', '1:13', 'did you mean `minSeconds`?'],
    ['a share in per cent', 'screening:\n  maxMissing: 20\n', 'codebook-shape', '2:15', 'write 20% as 0.2'],
    ['a level that is none', 'variables:\n  x: {level: nominl}\n', 'codebook-shape', '2:14', 'nominal, ordinal, scale'],
    ['an item named twice', 'constructs: {A: [x, y, x]}\n', 'duplicate-item', '1:24', 'twice'],
    ['a range that is none', 'range: 5-1\n', 'codebook-shape', '1:8', 'such as `1-5`'],
    ['broken YAML', 'constructs: {A: [x, y\nrange: 1-5\n', 'codebook-syntax', '', ''],
    ['an alias', 'notes: &a [x]\nmissing: *a\n', 'codebook-syntax', '2:10', 'aliases'],
    ['answering times without a column', 'screening: {minSeconds: 60}\n', 'codebook-shape', '1:13', 'seconds: COLUMN']
  ])('refuses %s with its place', (_, text, code, place, words) => {
    const error = errorOf(() => parseCodebook(text, { name: '%%survey' }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(place === '' ? '--> %%survey' : `--> %%survey:${place}\n`);
    expect(error.message).toContain(words);
  });

  it('counts lines from the header of the magic', () => {
    expect(errorOf(() => parseCodebook('constructs:\n  A: [x]\nscrening: {}\n', { name: '%%survey', lineOffset: 1 })).message).toContain('--> %%survey:4:1');
  });

  it('points at a column that the data do not have', () => {
    const codebook = parseCodebook('constructs:\n  SAT: [SAT1, STA2]\n', { name: '%%survey', lineOffset: 1 });
    const error = errorOf(() => surveyFromColumns({ SAT1: [1], SAT2: [2] }, { codebook, name: 'wom' }));
    expect(error.message).toBe(
      'error[unknown-variable]: `STA2`, an item of construct `SAT`, is not a column of survey `wom`\n --> %%survey:3:15\n3 |   SAT: [SAT1, STA2]\n  |               ^^^^\nhelp: did you mean `SAT2`?'
    );
  });

  it('takes hostile names', () => {
    const codebook = parseCodebook('constructs: {__proto__: [constructor, toString]}\nvariables: {__proto__: label}\n');
    expect(codebook.constructs.get('__proto__')?.items).toEqual(['constructor', 'toString']);
    expect(({} as { items?: unknown }).items).toBeUndefined();
  });

  it('expands runs only where both ends agree', () => {
    expect(expandRun('A01..A03')).toEqual(['A01', 'A02', 'A03']);
    expect(expandRun('A1..3')).toEqual(['A1', 'A2', 'A3']);
    expect(expandRun('A1-A3')).toEqual(['A1', 'A2', 'A3']);
    expect(expandRun('A1-3')).toEqual(['A1-3']);
    expect(expandRun('A1-B3')).toEqual(['A1-B3']);
    expect(expandRun('2020-2021')).toEqual(['2020-2021']);
    expect(expandRun('x1..x999999999')).toEqual(['x1..x999999999']);
  });
});

describe('a codebook on data', () => {
  it('applies shared missing codes to described columns only, and never to possible answers', () => {
    const survey = surveyFromColumns({ id: [9, 10], SAT1: [9, 5], scale10: [9, 99] }, { codebook: 'constructs: {SAT: [SAT1]}\nrange: 1-5\nmissing: [9, 99]\nvariables: {scale10: {range: 1-10}}' });
    expect([...survey.numeric('id')]).toEqual([9, 10]);
    expect([...survey.numeric('SAT1')]).toEqual([NaN, 5]);
    expect([...survey.numeric('scale10')]).toEqual([9, NaN]);
    expect(survey.info('SAT1').range).toEqual({ min: 1, max: 5 });
  });
});
