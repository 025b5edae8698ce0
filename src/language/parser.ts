import { type Diagnostic, type SourceText, SurveyError } from '../shared/diagnostic.js';
import { WRITTEN_OPERATORS } from '../shared/modelOperators.js';
import { filterPacked } from '../shared/packedArray.js';
import { checkSyntax } from './checks/index.js';
import { Cursor, nameOf, StatementBroken } from './cursor.js';
import { parseExpression } from './expression/parseExpression.js';
import { tokenize } from './lexer.js';
import { parseTerm } from './parseTerm.js';
import type { BlockHeader, Constraint, ConstraintOperator, Definition, Formula, FormulaOperator, ModelSyntax, Statement, Term } from './syntax.js';
import type { Token } from './token.js';

/** Longer texts are refused at once. */
export const LONGEST_MODEL = 2_000_000;

/** What reading a model gave: the statements that could be read, and every problem. */
export interface ReadModel {
  readonly syntax: ModelSyntax;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a model in lavaan's syntax. All problems are thrown together.
 *
 * @param text the model
 * @param name what the text is called in messages, for example `%%sem`
 * @throws SurveyError with a span into `text` for every problem
 * @example parseModel('trust =~ trust1 + trust2 + trust3; loyalty ~ b*trust').statements.length // 2
 */
export function parseModel(text: string, source: Omit<SourceText, 'text'> = { name: 'model' }): ModelSyntax {
  const { syntax, diagnostics } = readModel(text);
  const errors = filterPacked(diagnostics, (diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) throw new SurveyError(errors, { ...source, text });
  return syntax;
}

/** As `parseModel`, but returns the problems: for editors, and for warnings. */
export function readModel(text: string): ReadModel {
  if (text.length > LONGEST_MODEL) {
    const diagnostic: Diagnostic = { severity: 'error', code: 'model-too-long', message: `the model text has ${text.length} characters, at most ${LONGEST_MODEL} are read` };
    return { syntax: { kind: 'modelSyntax', text, statements: [] }, diagnostics: [diagnostic] };
  }
  const { tokens, diagnostics } = tokenize(text);
  const cursor = new Cursor(tokens, diagnostics, text);
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.accept('newline') || cursor.accept('punctuation', ';'));
    if (cursor.at('end')) break;
    try {
      statements.push(parseStatement(cursor));
      endStatement(cursor);
    } catch (error) {
      if (!(error instanceof StatementBroken)) throw error;
      cursor.recover();
    }
  }
  const syntax: ModelSyntax = Object.freeze({ kind: 'modelSyntax' as const, text, statements });
  const broken = cursor.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  const found = broken ? cursor.diagnostics : checkSyntax(syntax);
  return { syntax, diagnostics: [...found].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0)) };
}

function parseStatement(cursor: Cursor): Statement {
  const { token, following } = cursor;
  if (token.kind === 'name' && !token.quoted && (token.text === 'group' || token.text === 'level') && following.kind === 'punctuation' && following.text === ':') return parseBlock(cursor, token.text);
  const operator = operatorAhead(cursor);
  if (operator === undefined) {
    const span = { start: token.span.start, end: Math.max(token.span.end, token.span.start + 1) };
    return cursor.broken('missing-operator', `expected a formula, found ${nameOf(token)} without an operator`, span, `a formula has one of ${WRITTEN_OPERATORS.map((symbol) => `\`${symbol}\``).join(' ')}`);
  }
  if (operator === ':=') return parseDefinition(cursor);
  if (operator === '==' || operator === '<' || operator === '>') return parseConstraint(cursor);
  return parseFormula(cursor);
}

/** The first operator of the statement that starts here. */
function operatorAhead(cursor: Cursor): string | undefined {
  return cursor.scan((token) => (token.kind === 'operator' ? token.text : undefined));
}

function parseBlock(cursor: Cursor, keyword: 'group' | 'level'): BlockHeader {
  const start = cursor.take().span.start;
  cursor.take();
  const value = cursor.token;
  if (value.kind !== 'name' && value.kind !== 'number' && value.kind !== 'string') cursor.broken('expected-block-name', `expected the ${keyword}'s name or number, found ${nameOf(value)}`, value.span, `for example \`${keyword}: 1\``);
  // A group's label may hold anything: `Grant-White`, `18 to 25`.
  const rest = cursor.takeRest();
  const quoted = value.span.end === rest.end && value.quoted === true;
  return { type: 'block', keyword, value: quoted ? value.text : rest.text, span: { start, end: rest.end } };
}

function parseDefinition(cursor: Cursor): Definition {
  const name = cursor.take();
  if (name.kind !== 'name' && name.kind !== 'string') cursor.broken('expected-name', `expected the name of a defined parameter before \`:=\`, found ${nameOf(name)}`, name.span);
  takeOperator(cursor);
  const expression = parseExpression(cursor);
  return { type: 'definition', name: { name: name.text, span: name.span }, expression, span: { start: name.span.start, end: cursor.lastEnd } };
}

function parseConstraint(cursor: Cursor): Constraint {
  const start = cursor.token.span.start;
  const left = parseExpression(cursor);
  const operator = takeOperator(cursor);
  const right = parseExpression(cursor);
  return { type: 'constraint', op: operator.text as ConstraintOperator, left, right, operatorSpan: operator.span, span: { start, end: cursor.lastEnd } };
}

function parseFormula(cursor: Cursor): Formula {
  const start = cursor.token.span.start;
  const left = parseTerms(cursor);
  const operator = takeOperator(cursor);
  const right = parseTerms(cursor);
  return { type: 'formula', op: operator.text as FormulaOperator, left, right, operatorSpan: operator.span, span: { start, end: cursor.lastEnd } };
}

function takeOperator(cursor: Cursor): Token {
  cursor.skipNewlines();
  if (!cursor.at('operator')) cursor.broken('missing-operator', `expected an operator, found ${nameOf(cursor.token)}`, cursor.token.span, cursor.at('punctuation', ',') ? 'variables are joined by `+`' : undefined);
  const operator = cursor.take();
  cursor.skipNewlines();
  return operator;
}

function parseTerms(cursor: Cursor): readonly Term[] {
  const terms: Term[] = [parseTerm(cursor)];
  while (cursor.continuesWith((token) => token.kind === 'punctuation' && token.text === '+')) {
    cursor.skipNewlines();
    cursor.take();
    cursor.skipNewlines();
    terms.push(parseTerm(cursor));
  }
  return terms;
}

function endStatement(cursor: Cursor): void {
  if (cursor.at('newline') || cursor.at('end') || cursor.at('punctuation', ';')) return;
  const { token } = cursor;
  if (token.kind === 'operator') cursor.broken('second-operator', `a second operator, ${nameOf(token)}, in one formula`, token.span, 'start a new line or put `;` between two formulas');
  const help = token.kind === 'name' || token.kind === 'string' || (token.kind === 'punctuation' && token.text === ',') ? 'variables are joined by `+`' : undefined;
  cursor.broken('unexpected', `unexpected ${nameOf(token)}`, token.span, help);
}
