import { LanguageSupport, StreamLanguage, type StreamParser, type StringStream } from '@codemirror/language';
import { WRITTEN_OPERATORS } from '../../../src/shared/modelOperators.js';

interface LineState {
  /** Still on the magic's own line, which is coloured by `magicLines`. */
  header: boolean;
  /** Nothing but blanks came before on this statement. */
  statementStart: boolean;
  /** Right of `:=`, `==`, `<`, `>`, or inside `c(…)`: names are labels of parameters. */
  labels: boolean;
}

/** Operators whose right side speaks of parameters, not of variables. */
const ON_PARAMETERS: ReadonlySet<string> = new Set([':=', '==', '<', '>']);

const NAME = /[\p{L}_.][\p{L}\p{N}_.]*/u;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/;
/** Words before `(` that set a parameter in lavaan's language. */
const MODIFIERS: ReadonlySet<string> = new Set(['c', 'start', 'equal', 'label', 'prior', 'lower', 'upper']);
const ARITHMETIC = /[-+*/^]/;

function startStatement(state: LineState): void {
  state.statementStart = true;
  state.labels = false;
}

function startsWithOperator(stream: StringStream): string | undefined {
  return WRITTEN_OPERATORS.find((symbol) => stream.match(symbol, false));
}

function skipHeader(stream: StringStream, state: LineState): boolean {
  if (!state.header || !stream.sol()) return false;
  state.header = false;
  if (!/^\s*%%/.test(stream.string)) return false;
  stream.skipToEnd();
  return true;
}

/** Comments, strings and numbers, which both languages have; undefined when the text is something else. */
function commonToken(stream: StringStream): string | null | undefined {
  if (stream.eatSpace()) return null;
  const next = stream.peek();
  if (next === '#' || next === '!') {
    stream.skipToEnd();
    return 'comment';
  }
  if (next === '"') {
    stream.next();
    stream.eatWhile((character) => character !== '"');
    stream.eat('"');
    return 'string';
  }
  if (stream.match(NUMBER)) return 'number';
  return undefined;
}

/** A name's role follows from what comes next: `x =~`, `label*x`, `start(…)`. */
function nameToken(stream: StringStream, state: LineState, name: string): string {
  const rest = stream.string.slice(stream.pos).trimStart();
  const first = state.statementStart;
  state.statementStart = false;
  if (rest.startsWith('(') && MODIFIERS.has(name)) {
    state.labels = true;
    return 'keyword';
  }
  if (name === 'NA') return 'atom';
  if (state.labels) return 'labelName';
  if (rest.startsWith('*') && !rest.startsWith('*~')) return 'labelName';
  if (first && (rest.startsWith('=~') || rest.startsWith('<~') || rest.startsWith(':='))) return 'variableName.definition';
  if (first && rest.startsWith(':') && (name === 'group' || name === 'level')) return 'keyword';
  return 'variableName';
}

const modelParser: StreamParser<LineState> = {
  name: 'semlab-model',
  startState: () => ({ header: true, statementStart: true, labels: false }),
  token(stream, state) {
    if (stream.sol()) startStatement(state);
    if (skipHeader(stream, state)) return null;
    const common = commonToken(stream);
    if (common !== undefined) return common;
    if (stream.eat(';')) {
      startStatement(state);
      return 'punctuation';
    }
    const operator = startsWithOperator(stream);
    if (operator !== undefined) {
      stream.match(operator);
      if (ON_PARAMETERS.has(operator)) state.labels = true;
      return 'operator';
    }
    const name = stream.match(NAME) as RegExpMatchArray | null;
    if (name) return nameToken(stream, state, name[0]);
    if (stream.match(ARITHMETIC)) return 'operator';
    if (stream.match(/[(),]/)) {
      // Behind `c(a, b)*` stand variables again; a definition's own parentheses keep its labels.
      if (stream.string[stream.pos - 1] === ')' && /^\s*\*/.test(stream.string.slice(stream.pos)) && !/:=|==|[<>]/.test(stream.string.slice(0, stream.pos))) state.labels = false;
      return 'paren';
    }
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '"'] } }
};

const formulaParser: StreamParser<LineState> = {
  name: 'semlab-formula',
  startState: () => ({ header: true, statementStart: true, labels: false }),
  token(stream, state) {
    if (stream.sol()) state.statementStart = true;
    if (skipHeader(stream, state)) return null;
    const common = commonToken(stream);
    if (common !== undefined) return common;
    const name = stream.match(NAME) as RegExpMatchArray | null;
    if (name) {
      const first = state.statementStart;
      state.statementStart = false;
      const rest = stream.string.slice(stream.pos).trimStart();
      if (rest.startsWith('(')) return 'keyword';
      return first && rest.startsWith('~') ? 'variableName.definition' : 'variableName';
    }
    if (stream.match(/[~|+*:^/-]/)) return 'operator';
    if (stream.match(/[()]/)) return 'paren';
    stream.next();
    return null;
  },
  languageData: { commentTokens: { line: '#' }, closeBrackets: { brackets: ['('] } }
};

/** The model language: `SAT =~ SAT1 + 0.8*SAT2`. */
export const modelLanguage: StreamLanguage<LineState> = StreamLanguage.define(modelParser);

/** Formulas: `y ~ gender + years | x1*x2`. */
export const formulaLanguage: StreamLanguage<LineState> = StreamLanguage.define(formulaParser);

export function modelSupport(): LanguageSupport {
  return new LanguageSupport(modelLanguage);
}
export function formulaSupport(): LanguageSupport {
  return new LanguageSupport(formulaLanguage);
}
