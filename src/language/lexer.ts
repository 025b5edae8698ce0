import type { Diagnostic, Span } from '../shared/diagnostic.js';
import { modelOperator, WRITTEN_OPERATORS } from '../shared/modelOperators.js';
import type { Token } from './token.js';

const NAME_START = /[\p{L}._]/u;
const NAME = /[\p{L}\p{M}\p{N}._]+/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\f\v\u00a0\u3000\ufeff]+/y;
const PUNCTUATION = '+-*/^(),?:;';
const OPERATOR_RUN = /[=~<>:|*!-]+/y;

/** Full-width characters that an input method leaves behind, with the plain ones meant. */
const FULL_WIDTH: ReadonlyMap<string, string> = new Map([
  ['～', '~'], ['＋', '+'], ['＝', '='], ['：', ':'], ['；', ';'], ['，', ','], ['（', '('], ['）', ')'], ['＊', '*'], ['＃', '#'], ['｜', '|'], ['＜', '<'], ['＞', '>'],
  ['“', '"'], ['”', '"'], ['‘', "'"], ['’', "'"], ['−', '-'], ['–', '-']
]);

/**
 * Cuts a model text into tokens. Never throws: a character that does not
 * belong is reported and skipped.
 */
export function tokenize(text: string): { readonly tokens: readonly Token[]; readonly diagnostics: readonly Diagnostic[] } {
  const tokens: Token[] = [];
  const diagnostics: Diagnostic[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token['kind'], value: string, end: number, quoted = false): void => {
    tokens.push({ kind, text: value, span: { start: at, end }, ...(quoted ? { quoted } : {}) });
    at = end;
  };
  const report = (code: string, message: string, span: Span, help?: string): void => {
    diagnostics.push({ severity: 'error', code, message, span, ...(help ? { help } : {}) });
  };

  while (at < text.length) {
    const character = String.fromCodePoint(text.codePointAt(at) as number);
    const space = match(SPACE);
    if (space) {
      at += space.length;
      continue;
    }
    if (character === '\n') {
      push('newline', '\n', at + 1);
      continue;
    }
    if (character === '#' || character === '!') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
      continue;
    }
    if (character === '"' || character === "'" || character === '`') {
      const end = text.indexOf(character, at + 1);
      const lineEnd = text.indexOf('\n', at);
      if (end < 0 || (lineEnd >= 0 && lineEnd < end)) {
        const stop = lineEnd < 0 ? text.length : lineEnd;
        report('unterminated-string', `${character}…${character} is opened but not closed on this line`, { start: at, end: stop });
        at = stop;
      } else push(character === '`' ? 'name' : 'string', text.slice(at + 1, end), end + 1, true);
      continue;
    }
    const number = match(NUMBER);
    if (number) {
      const end = at + number.length;
      const glued = NAME_START.test(text.charAt(end)) && text.charAt(end) !== '.';
      if (glued) {
        NAME.lastIndex = end;
        const rest = NAME.exec(text)?.[0] ?? '';
        const word = number + rest;
        report('invalid-name', `\`${word}\` is neither a number nor a name`, { start: at, end: end + rest.length }, `a name that starts with a digit stands in backticks or quotes: "${word}"`);
        push('name', word, end + rest.length);
      } else push('number', number, end);
      continue;
    }
    if (NAME_START.test(character)) {
      const name = match(NAME) as string;
      push('name', name, at + name.length);
      continue;
    }
    const operator = WRITTEN_OPERATORS.find((symbol) => text.startsWith(symbol, at));
    const run = match(OPERATOR_RUN) ?? '';
    const mistyped = mistypedOperator(run, operator);
    if (mistyped) {
      const [typed, meant] = mistyped;
      report('unknown-operator', `\`${typed}\` is not an operator`, { start: at, end: at + typed.length }, `did you mean \`${meant}\` (${modelOperator(meant)?.example ?? ''})?`);
      push('operator', meant, at + typed.length);
      continue;
    }
    if (operator) {
      push('operator', operator, at + operator.length);
      continue;
    }
    if (PUNCTUATION.includes(character)) {
      push('punctuation', character, at + 1);
      continue;
    }
    const plain = FULL_WIDTH.get(character);
    const end = at + character.length;
    report('unknown-character', `\`${character}\` is not part of the model language`, { start: at, end }, plain ? `did you mean \`${plain}\`?` : 'a name with such characters stands in backticks');
    if (plain && PUNCTUATION.includes(plain)) push('punctuation', plain, end);
    else if (plain && WRITTEN_OPERATORS.includes(plain)) push('operator', plain, end);
    else at = end;
  }
  tokens.push({ kind: 'newline', text: '\n', span: { start: text.length, end: text.length } });
  tokens.push({ kind: 'end', text: '', span: { start: text.length, end: text.length } });
  return { tokens, diagnostics };
}

/** What people type for an operator, with the operator meant; longest first. */
const MISTYPED: readonly (readonly [typed: string, meant: string])[] = [
  ['<-->', '~~'], ['<->', '~~'], ['-->', '~'], ['~~~', '~~'], ['=~~', '=~'], ['=~=', '=~'], ['~=~', '=~'], ['==~', '=~'], ['===', '=='],
  ['<=', '<'], ['>=', '>'], ['=<', '<'], ['=>', '>'], ['=-', '=~'], ['~=', '=~'], ['->', '~'], ['-~', '=~'], ['~>', '~'], ['::', ':='], ['=:', ':='], ['=', '=~']
];

function mistypedOperator(run: string, operator: string | undefined): readonly [string, string] | undefined {
  const found = MISTYPED.find(([typed]) => run.startsWith(typed));
  if (found === undefined) return undefined;
  // A known operator that is at least as long wins: `==` over `=`.
  return operator !== undefined && operator.length >= found[0].length ? undefined : found;
}
