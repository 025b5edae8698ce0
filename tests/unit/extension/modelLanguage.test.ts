import { ensureSyntaxTree } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { formulaSupport, modelSupport } from '../../../extension/src/language/modelLanguage.js';

/** `kind:text` of each token, as the editor colours it. */
function tokens(text: string, support = modelSupport()): string[] {
  const state = EditorState.create({ doc: text, extensions: support });
  const tree = ensureSyntaxTree(state, text.length, 5_000);
  const found: string[] = [];
  tree?.iterate({ enter: ({ name, from, to, node }) => void (node.firstChild === null && name !== 'Document' && found.push(`${name}:${text.slice(from, to)}`)) });
  return found;
}

describe('the model language', () => {
  it('tells the defined variable, operators, numbers and variables apart', () => {
    expect(tokens('SAT =~ SAT1 + 0.8*SAT2')).toEqual(['variableName.definition:SAT', 'operator:=~', 'variableName:SAT1', 'operator:+', 'number:0.8', 'operator:*', 'variableName:SAT2']);
  });
  it('tells a label from a variable', () => {
    expect(tokens('CONT ~ b1*SAT')).toEqual(['variableName:CONT', 'operator:~', 'labelName:b1', 'operator:*', 'variableName:SAT']);
    expect(tokens('y ~ c(a, b)*x')).toEqual(['variableName:y', 'operator:~', 'keyword:c', 'paren:(', 'labelName:a', 'paren:,', 'labelName:b', 'paren:)', 'operator:*', 'variableName:x']);
  });
  it('reads the right side of a definition as labels', () => {
    expect(tokens('indirect := a*(b1 + c)')).toEqual(['variableName.definition:indirect', 'operator::=', 'labelName:a', 'operator:*', 'paren:(', 'labelName:b1', 'operator:+', 'labelName:c', 'paren:)']);
  });
  it('takes the longest operator', () => {
    expect(tokens('x ~~ y').at(1)).toBe('operator:~~');
    expect(tokens('x ~*~ x').at(1)).toBe('operator:~*~');
  });
  it('knows comments of both kinds, strings, NA and Chinese names', () => {
    expect(tokens('# 说明')).toEqual(['comment:# 说明']);
    expect(tokens('! old')).toEqual(['comment:! old']);
    expect(tokens('满意 =~ NA*题1')).toEqual(['variableName.definition:满意', 'operator:=~', 'atom:NA', 'operator:*', 'variableName:题1']);
    expect(tokens('y ~ "a label"*x').at(2)).toBe('string:"a label"');
  });
  it('leaves the magic line to the magic colours', () => {
    expect(tokens('%%sem users --as fit\nA ~ B')).toEqual(['variableName:A', 'operator:~', 'variableName:B']);
  });
  it('starts anew behind a semicolon', () => {
    expect(tokens('i := a; F =~ x').slice(3)).toEqual(['punctuation:;', 'variableName.definition:F', 'operator:=~', 'variableName:x']);
  });
  it('ends on any text', () => {
    expect(() => tokens('"open string\n((((=~~~*~~:=:==<<>> 😀 \\ ` ´')).not.toThrow();
  });
});

describe('the formula language', () => {
  it('colours blocks, interactions and functions', () => {
    expect(tokens('WOM ~ gender + factor(years) | EXP*REL', formulaSupport())).toEqual([
      'variableName.definition:WOM', 'operator:~', 'variableName:gender', 'operator:+', 'keyword:factor', 'paren:(', 'variableName:years', 'paren:)', 'operator:|', 'variableName:EXP', 'operator:*', 'variableName:REL'
    ]);
  });
});
