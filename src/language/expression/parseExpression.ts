import { didYouMean } from '../../shared/suggest.js';
import { type Cursor, nameOf } from '../cursor.js';
import type { Expression } from '../syntax.js';
import { ELEMENTARY_FUNCTIONS, elementaryFunction } from './functions.js';

/** Nesting beyond this is refused, so that hostile text cannot exhaust the stack. */
const DEEPEST = 200;

/**
 * sum     = product (('+' | '-') product)*
 * product = unary (('*' | '/') unary)*
 * unary   = ('+' | '-') unary | power
 * power   = atom ('^' unary)?            (right-associative, binds tighter than a sign before it)
 */
export function parseExpression(cursor: Cursor, depth = 0): Expression {
  if (depth > DEEPEST) cursor.broken('too-deep', `an expression is nested more than ${DEEPEST} deep`, cursor.token.span);
  let left = parseProduct(cursor, depth);
  while (continues(cursor, '+-')) {
    const operator = cursor.take().text as '+' | '-';
    cursor.skipNewlines();
    left = binary(operator, left, parseProduct(cursor, depth));
  }
  return left;
}

/** True before one of these operators, also at the start of the next line; then the line break is passed. */
function continues(cursor: Cursor, operators: string): boolean {
  const found = cursor.continuesWith((token) => token.kind === 'punctuation' && operators.includes(token.text));
  if (found) cursor.skipNewlines();
  return found;
}

/** A product without a top-level sum: what may stand before `*` in a formula. */
function parseProduct(cursor: Cursor, depth: number): Expression {
  let left = parseUnary(cursor, depth);
  while (continues(cursor, '*/')) {
    const operator = cursor.take().text as '*' | '/';
    cursor.skipNewlines();
    // R's other spelling of a power
    if (operator === '*' && cursor.accept('punctuation', '*')) left = binary('^', left, parseUnary(cursor, depth));
    else left = binary(operator, left, parseUnary(cursor, depth));
  }
  return left;
}

export function parseUnary(cursor: Cursor, depth = 0): Expression {
  if (depth > DEEPEST) cursor.broken('too-deep', `an expression is nested more than ${DEEPEST} deep`, cursor.token.span);
  const start = cursor.token.span.start;
  if (cursor.at('punctuation', '-') || cursor.at('punctuation', '+')) {
    const operator = cursor.take().text as '-' | '+';
    const argument = parseUnary(cursor, depth + 1);
    return { type: 'unary', operator, argument, span: { start, end: cursor.lastEnd } };
  }
  const base = parseAtom(cursor, depth);
  if (!cursor.accept('punctuation', '^')) return base;
  return binary('^', base, parseUnary(cursor, depth + 1));
}

function parseAtom(cursor: Cursor, depth: number): Expression {
  const token = cursor.token;
  if (token.kind === 'number') {
    cursor.take();
    return { type: 'number', value: Number(token.text), span: token.span };
  }
  if (cursor.at('punctuation', '(')) {
    cursor.take();
    cursor.open();
    const inner = parseExpression(cursor, depth + 1);
    closeParenthesis(cursor, token.span.start);
    return inner;
  }
  if (token.kind === 'name') {
    cursor.take();
    if (token.quoted || !cursor.at('punctuation', '(')) return { type: 'name', name: token.text, span: token.span };
    const known = elementaryFunction(token.text);
    if (!known) cursor.report('unknown-function', `\`${token.text}\` is not a function of the model language`, token.span, didYouMean(token.text, ELEMENTARY_FUNCTIONS.map((f) => f.name)) ?? `known are ${ELEMENTARY_FUNCTIONS.map((f) => f.name).join(', ')}`);
    const open = cursor.take().span.start;
    cursor.open();
    const parameters: Expression[] = [];
    do parameters.push(parseExpression(cursor, depth + 1));
    while (cursor.accept('punctuation', ','));
    closeParenthesis(cursor, open);
    const span = { start: token.span.start, end: cursor.lastEnd };
    if (known && (parameters.length < known.arity[0] || parameters.length > known.arity[1]))
      cursor.report('argument-count', `\`${token.text}\` takes ${known.arity[0] === known.arity[1] ? known.arity[0] : `${known.arity[0]} to ${known.arity[1]}`} argument${known.arity[1] === 1 ? '' : 's'}, found ${parameters.length}`, span);
    return { type: 'call', name: token.text, arguments: parameters, span };
  }
  return cursor.broken('expected-expression', `expected a number, a label or \`(\`, found ${nameOf(token)}`, token.span);
}

export function closeParenthesis(cursor: Cursor, open: number): void {
  const found = cursor.token;
  cursor.close();
  if (found.kind !== 'punctuation' || found.text !== ')') cursor.broken('unclosed-parenthesis', `expected \`)\`, found ${nameOf(found)}`, { start: open, end: open + 1 }, 'this `(` is never closed');
  cursor.take();
}

function binary(operator: '+' | '-' | '*' | '/' | '^', left: Expression, right: Expression): Expression {
  return { type: 'binary', operator, left, right, span: { start: left.span?.start ?? 0, end: right.span?.end ?? 0 } };
}
