import { didYouMean } from '../shared/suggest.js';
import { type Cursor, nameOf } from './cursor.js';
import { evaluate } from './expression/evaluate.js';
import { elementaryFunction } from './expression/functions.js';
import { namesIn } from './expression/names.js';
import { closeParenthesis, parseUnary } from './expression/parseExpression.js';
import type { Expression, Modifier, NumberOrMissing, Term, VariableName } from './syntax.js';

const NUMBER_MODIFIERS = ['start', 'lower', 'upper', 'fixed'] as const;
const TEXT_MODIFIERS = ['label', 'equal', 'rv', 'efa'] as const;
const MODIFIER_NAMES: readonly string[] = [...NUMBER_MODIFIERS, ...TEXT_MODIFIERS, 'c'];

/** One element of a modifier's argument: a number, `NA`, or words. */
type Element = { readonly number: NumberOrMissing } | { readonly word: string };

/** term = (modifier '*')* variable;  `0.8?x` is `start(0.8)*x`. */
export function parseTerm(cursor: Cursor): Term {
  const start = cursor.token.span.start;
  const modifiers: Modifier[] = [];
  for (;;) {
    const part = parsePart(cursor);
    if (cursor.at('punctuation', '*') || cursor.at('punctuation', '?')) {
      const asStart = cursor.take().text === '?';
      modifiers.push(asModifier(cursor, part, asStart));
      cursor.skipNewlines();
      continue;
    }
    return asTerm(cursor, part, modifiers, start);
  }
}

type Part =
  | { readonly type: 'modifier'; readonly modifier: Modifier }
  | { readonly type: 'number'; readonly value: number; readonly plain: boolean; readonly span: Modifier['span'] }
  | { readonly type: 'word'; readonly text: string; readonly quote: 'none' | 'name' | 'string'; readonly span: Modifier['span'] };

function parsePart(cursor: Cursor): Part {
  const token = cursor.token;
  if (token.kind === 'string') {
    cursor.take();
    return { type: 'word', text: token.text, quote: 'string', span: token.span };
  }
  if (token.kind === 'name' && (token.quoted || !(isCall(cursor) || isCalculation(cursor)))) {
    cursor.take();
    return { type: 'word', text: token.text, quote: token.quoted ? 'name' : 'none', span: token.span };
  }
  if (token.kind === 'name' && isCall(cursor) && !elementaryFunction(token.text)) return { type: 'modifier', modifier: parseCall(cursor) };
  if (token.kind === 'name' || token.kind === 'number' || (token.kind === 'punctuation' && '(-'.includes(token.text))) {
    const plain = token.kind === 'number';
    let expression = parseUnary(cursor);
    while (cursor.at('punctuation', '/')) {
      cursor.take();
      const right = parseUnary(cursor);
      expression = { type: 'binary', operator: '/', left: expression, right };
    }
    const span = { start: token.span.start, end: cursor.lastEnd };
    return { type: 'number', value: constant(cursor, expression, span), plain, span };
  }
  return cursor.broken('expected-variable', `expected a variable, found ${nameOf(token)}`, token.span);
}

function isCall(cursor: Cursor): boolean {
  return cursor.following.kind === 'punctuation' && cursor.following.text === '(';
}

function isCalculation(cursor: Cursor): boolean {
  return cursor.following.kind === 'punctuation' && '/^'.includes(cursor.following.text);
}

function constant(cursor: Cursor, expression: Expression, span: Modifier['span']): number {
  const names = namesIn(expression).filter((name) => name !== 'pi');
  if (names.length > 0) cursor.report('modifier-not-constant', `a modifier is a number or a label, \`${names[0]}\` stands in a calculation`, span, 'give the parameter a label and put the calculation into a constraint: `b == 2*a`');
  const value = evaluate(expression, () => undefined);
  if (!Number.isFinite(value) && names.length === 0) cursor.report('modifier-not-finite', 'this modifier has no finite value', span);
  return value;
}

function asModifier(cursor: Cursor, part: Part, asStart: boolean): Modifier {
  if (part.type === 'modifier') {
    if (asStart && part.modifier.type === 'fixed') return { ...part.modifier, type: 'start' };
    if (asStart) cursor.report('misplaced-question-mark', '`?` follows a number: `0.8?x`', part.modifier.span);
    return part.modifier;
  }
  if (part.type === 'number') return { type: asStart ? 'start' : 'fixed', values: [part.value], span: part.span };
  if (asStart) cursor.report('misplaced-question-mark', '`?` follows a number: `0.8?x`', part.span);
  if (part.quote === 'none' && part.text === 'NA') return { type: 'fixed', values: [null], span: part.span };
  return { type: 'label', values: [part.text], span: part.span };
}

function asTerm(cursor: Cursor, part: Part, modifiers: readonly Modifier[], start: number): Term {
  if (part.type === 'modifier') return cursor.broken('expected-multiplication', `a modifier is followed by \`*\` and a variable, found ${nameOf(cursor.token)}`, part.modifier.span, `for example \`${part.modifier.type === 'fixed' ? 'c(1, NA)' : `${part.modifier.type}(…)`}*x\``);
  if (part.type === 'number') {
    if (!part.plain || (part.value !== 1 && part.value !== 0)) return cursor.broken('expected-multiplication', 'a number is followed by `*` and a variable; alone, only `1` (an intercept) or `0` has a meaning', part.span, `for example \`${part.value}*x\``);
    const variable = { name: '', span: part.span };
    const all: readonly Modifier[] = part.value === 0 ? [...modifiers, { type: 'fixed', values: [0], span: part.span }] : modifiers;
    return { variable, modifiers: all, span: { start, end: part.span.end } };
  }
  let variable: VariableName = { name: part.text, span: part.span };
  while (cursor.at('punctuation', ':')) {
    cursor.take();
    const next = cursor.token;
    if (next.kind !== 'name' && next.kind !== 'string') return cursor.broken('expected-variable', `expected the second variable of a product, found ${nameOf(next)}`, next.span);
    cursor.take();
    variable = { name: `${variable.name}:${next.text}`, span: { start: variable.span.start, end: next.span.end } };
  }
  return { variable, modifiers, span: { start, end: variable.span.end } };
}

/** start(…), lower(…), upper(…), label(…), equal(…), rv(…), efa(…), c(…). */
function parseCall(cursor: Cursor): Modifier {
  const name = cursor.take();
  if (!MODIFIER_NAMES.includes(name.text))
    cursor.report('unknown-modifier', `\`${name.text}()\` is not a modifier`, name.span, didYouMean(name.text, MODIFIER_NAMES) ?? `modifiers are ${MODIFIER_NAMES.map((each) => `${each}()`).join(', ')}`);
  const elements = parseElements(cursor);
  const span = { start: name.span.start, end: cursor.lastEnd };
  const numeric = elements.every((element) => 'number' in element);
  if (name.text === 'c' && !numeric && elements.some((element) => 'number' in element && element.number !== null))
    cursor.report('mixed-modifier', 'one list holds labels and numbers', span, 'write two lists, one of labels and one of numbers, with `NA` in the other places: `c(a, NA)*x + c(NA, 0)*x`');
  if (name.text === 'c') return numeric ? { type: 'fixed', values: numbers(elements), span } : { type: 'label', values: words(elements), span };
  if ((NUMBER_MODIFIERS as readonly string[]).includes(name.text)) {
    if (!numeric) cursor.report('modifier-not-constant', `\`${name.text}()\` takes numbers`, span);
    return { type: name.text as 'start' | 'lower' | 'upper' | 'fixed', values: numbers(elements), span };
  }
  if ((TEXT_MODIFIERS as readonly string[]).includes(name.text)) return { type: name.text as 'label' | 'equal' | 'rv' | 'efa', values: words(elements), span };
  return { type: 'label', values: words(elements), span };
}

/** `( element, … )`, where `c( … )` inside is the same as its elements. */
function parseElements(cursor: Cursor): readonly Element[] {
  const elements: Element[] = [];
  const open = cursor.take().span.start;
  cursor.open();
  do {
    const token = cursor.token;
    if (token.kind === 'string') elements.push({ word: cursor.take().text });
    else if (token.kind === 'name' && token.text === 'c' && isCall(cursor)) {
      cursor.take();
      elements.push(...parseElements(cursor));
    } else if (token.kind === 'name' && !isCall(cursor)) {
      cursor.take();
      if (token.text === 'NA' && !token.quoted) elements.push({ number: null });
      else if (token.text === 'Inf' && !token.quoted) elements.push({ number: Infinity });
      else elements.push({ word: token.text });
    } else {
      const start = token.span.start;
      let expression = parseUnary(cursor);
      if (expression.type === 'unary' && expression.argument.type === 'name' && expression.argument.name === 'Inf') {
        elements.push({ number: expression.operator === '-' ? -Infinity : Infinity });
        continue;
      }
      while (cursor.at('punctuation', '/') || cursor.at('punctuation', '*')) {
        const operator = cursor.take().text as '/' | '*';
        expression = { type: 'binary', operator, left: expression, right: parseUnary(cursor) };
      }
      elements.push({ number: constant(cursor, expression, { start, end: cursor.lastEnd }) });
    }
  } while (cursor.accept('punctuation', ','));
  closeParenthesis(cursor, open);
  return elements;
}

function numbers(elements: readonly Element[]): readonly NumberOrMissing[] {
  return elements.map((element) => ('number' in element ? element.number : null));
}

/** Words of a list: `NA` is an empty label. */
function words(elements: readonly Element[]): readonly string[] {
  return elements.map((element) => ('word' in element ? element.word : element.number === null ? '' : String(element.number)));
}
