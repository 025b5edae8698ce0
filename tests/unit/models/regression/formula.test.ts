import { describe, expect, it } from 'vitest';
import { SurveyError } from '../../../../src/shared/diagnostic.js';
import { writeNode } from '../../../../src/models/regression/formula/ast.js';
import { parseFormula } from '../../../../src/models/regression/formula/parser.js';
import { expandTerms } from '../../../../src/models/regression/formula/terms.js';

const terms = (text: string, others: readonly string[] = []): readonly (readonly string[])[] => expandTerms(parseFormula(text), others).blocks.map((block) => block.map(({ name }) => name));
const intercept = (text: string): boolean => expandTerms(parseFormula(text), []).intercept;

function problem(work: () => unknown): { code: string; text: string; help: string | undefined } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof SurveyError)) throw error;
    const [first] = error.diagnostics;
    return { code: first.code, text: error.source?.text.slice(first.span?.start, first.span?.end) ?? '', help: first.help };
  }
  throw new Error('nothing was thrown');
}

describe('formula algebra', () => {
  it.each([
    ['y ~ a + b', [['a', 'b']]],
    ['y ~ a*b + c', [['a', 'b', 'c', 'a:b']]],
    ['y ~ (a + b + c)^2', [['a', 'b', 'c', 'a:b', 'a:c', 'b:c']]],
    ['y ~ (a + b + c)^2 - b:a', [['a', 'b', 'c', 'a:c', 'b:c']]],
    ['y ~ a/b', [['a', 'a:b']]],
    ['y ~ a:b:c + a', [['a', 'a:b:c']]],
    ['y ~ a + a + b', [['a', 'b']]],
    ['y ~ a:b + b:a', [['a:b']]],
    ['y ~ a | b + c | a:b', [['a'], ['b', 'c'], ['a:b']]],
    ['y ~ a | a + b', [['a'], ['b']]],
    ['y ~ I(x^2) + log(x) + I( (a+b)*c )', [['I(x^2)', 'log(x)', 'I((a + b) * c)']]],
    ['y ~ 1', [[]]]
  ])('%s', (text, expected) => expect(terms(text)).toEqual(expected));

  it('`.` stands for all other columns', () => expect(terms('y ~ . - b', ['a', 'b', 'c'])).toEqual([['a', 'c']]));

  it.each([['y ~ a', true], ['y ~ a - 1', false], ['y ~ 0 + a', false], ['y ~ a + 0', false], ['y ~ -1 + a', false], ['y ~ a - 1 + 1', true]])('%s has a constant: %s', (text, expected) => expect(intercept(text)).toBe(expected));

  it('names may be of any script, full-width signs are understood, backticks hold the rest', () => {
    expect(terms('满意度 ～ 感知质量 ＋ 价格＊收入')).toEqual([['感知质量', '价格', '收入', '价格:收入']]);
    expect(terms('y ~ `first name` + Größe + x.1 + q_2')).toEqual([['`first name`', 'Größe', 'x.1', 'q_2']]);
  });

  it('expressions bind as in R', () => {
    const { response } = parseFormula('-a^2 * b / (c - d - e) + 2^-1 ~ x');
    expect(writeNode(response)).toBe('-a^2 * b/(c - d - e) + 2^(-1)');
  });

  it('newlines and comments are spaces', () => expect(terms('y ~ a # first\n  + b')).toEqual([['a', 'b']]));
});

describe('formula errors point at the wrong token', () => {
  it.each([
    ['', 'empty-formula', ''],
    ['~ a', 'missing-response', '~'],
    ['y', 'unexpected-token', ''],
    ['y ~', 'empty-block', ''],
    ['y ~ a |', 'empty-block', ''],
    ['y ~ a + ', 'unexpected-token', ''],
    ['y ~ a + (b', 'unclosed-parenthesis', '('],
    ['y ~ a b', 'unexpected-token', 'b'],
    ['y ~ a ~ b', 'second-tilde', '~'],
    ['y ~ `a', 'unclosed-quote', '`a'],
    ['y ~ a ? b', 'unexpected-character', '?'],
    ['y ~ a + 2', 'bad-term', '2'],
    ['y ~ a^2', 'power-of-column', 'a^2'],
    ['y ~ (a + b)^x', 'bad-power', 'x'],
    ['y ~ "a"', 'bad-term', '"a"'],
    ['y ~ a | a', 'repeated-block', 'a']
  ])('%s: %s', (text, code, place) => {
    const found = problem(() => expandTerms(parseFormula(text), []));
    expect(found.code).toBe(code);
    expect(found.text).toBe(place);
  });

  it('deep nesting is refused, not a stack overflow', () => {
    expect(problem(() => parseFormula(`y ~ ${'('.repeat(100_000)}a`)).code).toBe('too-deep');
  });
});
