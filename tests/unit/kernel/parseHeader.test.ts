import { describe, expect, it } from 'vitest';
import { headerWords, parseHeader } from '../../../kernel/src/magics/parseHeader.js';
import { defineMagic } from '../../../src/magics/magic.js';

const magic = defineMagic({
  name: 'probe',
  forms: ['cell', 'line'],
  summary: 'probe',
  arguments: [
    { name: 'SURVEY', kind: 'survey', summary: 'data' },
    { name: 'COLUMNS', kind: 'column', summary: 'columns', optional: true, rest: true }
  ],
  options: {
    draws: { type: 'number', summary: 'draws', default: 1000 },
    as: { type: 'variable', summary: 'name' },
    estimator: { type: 'string', summary: 'estimator', choices: ['ML', 'GLS'] },
    stdLv: { type: 'boolean', summary: 'standardize' }
  },
  example: '%%probe wom',
  run: () => ({ show: [] })
});

const parse = (line: string): ReturnType<typeof parseHeader> => parseHeader(magic, 'cell', line, '%%probe'.length, 'body');
const codes = (line: string): string[] => parse(line).diagnostics.map((diagnostic) => diagnostic.code);

describe('headerWords', () => {
  it('keeps quoted blanks, escaped quotes and offsets', () => {
    expect(headerWords('a "two words" it\\\'s')).toEqual([
      { text: 'a', start: 0, end: 1 },
      { text: 'two words', start: 2, end: 13 },
      { text: "it's", start: 14, end: 19 }
    ]);
  });
});

describe('parseHeader', () => {
  it('reads words, options in every spelling, and defaults', () => {
    expect(parse('%%probe wom SAT1 "SAT 2" --draws 50 --estimator=GLS --std-lv --as fit').call).toMatchObject({ magic: 'probe', form: 'cell', arguments: ['wom', 'SAT1', 'SAT 2'], options: { draws: 50, estimator: 'GLS', stdLv: true, as: 'fit' }, body: 'body', bodyLineOffset: 1 });
    expect(parse('%%probe wom --no-stdLv').call.options).toMatchObject({ draws: 1000, stdLv: false });
  });

  it('takes negative numbers as values, not as options', () => {
    expect(parse('%%probe wom --draws -3').call.options.draws).toBe(-3);
  });

  it('says what is wrong, each with its place', () => {
    expect(codes('%%probe')).toEqual(['missing-argument']);
    expect(codes('%%probe wom --drws 3')).toEqual(['unknown-option']);
    expect(codes('%%probe wom --draws many')).toEqual(['bad-option']);
    expect(codes('%%probe wom --draws')).toEqual(['bad-option']);
    expect(codes('%%probe wom --estimator WLS')).toEqual(['bad-option']);
    expect(codes('%%probe wom --as 1fit')).toEqual(['bad-option']);
    const [problem] = parse('%%probe wom --drws 3').diagnostics;
    expect(problem).toMatchObject({ severity: 'error', span: { start: 12, end: 18 }, help: 'did you mean `--draws`?' });
  });

  it('never takes a name of every object for an option', () => {
    expect(codes('%%probe wom --constructor 1')).toEqual(['unknown-option']);
  });

  it('asks for nothing when help is asked for', () => {
    expect(parse('%%probe --help')).toMatchObject({ help: true, diagnostics: [] });
  });
});
