import { fail, type Span } from '../../../shared/diagnostic.js';

export interface Token {
  readonly type: 'name' | 'number' | 'text' | 'operator' | 'end';
  /** Name without backticks, number as written, text without quotes, the operator. */
  readonly text: string;
  readonly span: Span;
}

const SPACE = /[\s\u3000]+|#(?![\p{L}\p{N}_])[^\n]*/uy;
const NAME = /[\p{L}_.@$][\p{L}\p{N}\p{M}_.@#$]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\*\*|[~+\-*/^:|(),=]|[～＋－×＊（）｜，：＝]/uy;
/** Full-width signs that Chinese input methods produce. */
const FULL_WIDTH: ReadonlyMap<string, string> = new Map([
  ['～', '~'], ['＋', '+'], ['－', '-'], ['×', '*'], ['＊', '*'], ['（', '('], ['）', ')'], ['｜', '|'], ['，', ','], ['：', ':'], ['＝', '='], ['**', '^']
]);

/** Splits a formula into tokens; the last is `end`. */
export function tokenize(text: string, source: string = 'formula'): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (type: Token['type'], value: string, length: number): void => {
    tokens.push({ type, text: value, span: { start: at, end: at + length } });
    at += length;
  };
  while (at < text.length) {
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const character = text[at];
    const number = match(NUMBER);
    const name = match(NAME);
    const operator = match(OPERATOR);
    if (character === '`' || character === '"' || character === "'") {
      const close = text.indexOf(character, at + 1);
      if (close < 0) fail('unclosed-quote', `\`${character}\` is opened but not closed`, { span: { start: at, end: text.length } }, { name: source, text });
      push(character === '`' ? 'name' : 'text', text.slice(at + 1, close), close + 1 - at);
    } else if (number !== undefined) push('number', number, number.length);
    else if (name !== undefined) push('name', name, name.length);
    else if (operator !== undefined) push('operator', FULL_WIDTH.get(operator) ?? operator, operator.length);
    else {
      const found = String.fromCodePoint(text.codePointAt(at) ?? 0);
      fail('unexpected-character', `\`${found}\` has no meaning in a formula`, { span: { start: at, end: at + found.length }, help: 'put unusual column names in backticks' }, { name: source, text });
    }
  }
  tokens.push({ type: 'end', text: '', span: { start: text.length, end: text.length } });
  return tokens;
}
