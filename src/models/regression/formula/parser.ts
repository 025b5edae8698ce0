import { fail, type Span } from '../../../shared/diagnostic.js';
import type { BinaryOperator, FormulaArgument, FormulaNode, FormulaSyntax } from './ast.js';
import { tokenize, type Token } from './lexer.js';

/** Binding strength; `^` binds to the right and above the sign. */
const BINDING: ReadonlyMap<string, number> = new Map([['+', 1], ['-', 1], ['*', 2], ['/', 2], [':', 3], ['^', 5]]);
const UNARY_BINDING = 4;
/** Deeper nesting than any person writes; bounds the recursion. */
const DEEPEST = 200;

/**
 * Parses `y ~ a + b*c + I(x^2) + factor(g, ref = "2") - 1 | next block`.
 *
 * @param text the formula; newlines are spaces, `#` starts a comment
 * @throws SurveyError with the span of the first wrong token
 */
export function parseFormula(text: string, source: string = 'formula'): FormulaSyntax {
  return new FormulaParser(text, source).formula();
}

class FormulaParser {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  readonly #source: string;
  #next = 0;
  #depth = 0;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
    this.#tokens = tokenize(text, source);
  }

  formula(): FormulaSyntax {
    if (this.#peek().type === 'end') this.#fail('empty-formula', 'the formula is empty', this.#peek().span, 'write `outcome ~ predictor + predictor`');
    if (this.#is('~')) this.#fail('missing-response', 'there is no outcome before `~`', this.#peek().span, 'write `outcome ~ predictor + predictor`');
    const response = this.#expression(0);
    if (!this.#is('~')) this.#unexpected('`~` was expected after the outcome');
    const blocks: FormulaNode[] = [];
    do {
      this.#next++;
      if (this.#peek().type === 'end' || this.#is('|')) this.#fail('empty-block', 'a block without predictors', this.#peek().span, 'name at least one predictor, or `1` for the constant alone');
      blocks.push(this.#expression(0));
    } while (this.#is('|'));
    if (this.#is('~')) this.#fail('second-tilde', 'a formula has one `~`', this.#peek().span);
    if (this.#peek().type !== 'end') this.#unexpected('an operator was expected');
    return Object.freeze({ text: this.#text, response, blocks: Object.freeze(blocks) });
  }

  /** Pratt's scheme: operators bind by strength, `^` to the right. */
  #expression(least: number): FormulaNode {
    if (++this.#depth > DEEPEST) this.#fail('too-deep', 'the formula is nested too deeply', this.#peek().span);
    let left = this.#prefix();
    for (;;) {
      const token = this.#peek();
      const binding = token.type === 'operator' ? BINDING.get(token.text) : undefined;
      if (binding === undefined || binding < least) break;
      this.#next++;
      const right = this.#expression(token.text === '^' ? binding : binding + 1);
      left = { type: 'binary', operator: token.text as BinaryOperator, left, right, span: { start: left.span.start, end: right.span.end } };
    }
    this.#depth--;
    return left;
  }

  #prefix(): FormulaNode {
    const token = this.#peek();
    this.#next++;
    if (token.type === 'number') return { type: 'number', value: Number(token.text), text: token.text, span: token.span };
    if (token.type === 'text') return { type: 'text', value: token.text, span: token.span };
    if (token.type === 'name') return this.#is('(') ? this.#call(token) : { type: 'name', name: token.text, span: token.span };
    if (token.text === '(') {
      const inside = this.#expression(0);
      const close = this.#close(token);
      return { ...inside, span: { start: token.span.start, end: close.span.end } };
    }
    if (token.text === '-' || token.text === '+') {
      const argument = this.#expression(UNARY_BINDING);
      return { type: 'unary', operator: token.text, argument, span: { start: token.span.start, end: argument.span.end } };
    }
    this.#next--;
    return this.#unexpected('a column name was expected');
  }

  #call(name: Token): FormulaNode {
    const open = this.#peek();
    this.#next++;
    const found: FormulaArgument[] = [];
    while (!this.#is(')') && this.#peek().type !== 'end') {
      const first = this.#peek();
      if (first.type === 'name' && this.#tokens[this.#next + 1].text === '=' && this.#tokens[this.#next + 1].type === 'operator') {
        this.#next += 2;
        found.push({ name: first.text, value: this.#expression(0) });
      } else found.push({ value: this.#expression(0) });
      if (!this.#is(',')) break;
      this.#next++;
    }
    const close = this.#close(open);
    return { type: 'call', name: name.text, arguments: found, span: { start: name.span.start, end: close.span.end } };
  }

  #close(open: Token): Token {
    const token = this.#peek();
    if (!this.#is(')')) {
      if (token.type === 'end') this.#fail('unclosed-parenthesis', '`(` is opened but not closed', open.span);
      this.#unexpected('`)` was expected');
    }
    this.#next++;
    return token;
  }

  #peek(): Token {
    return this.#tokens[this.#next];
  }

  #is(operator: string): boolean {
    const token = this.#peek();
    return token.type === 'operator' && token.text === operator;
  }

  #unexpected(expectation: string): never {
    const token = this.#peek();
    const found = token.type === 'end' ? 'the formula ends' : `\`${this.#text.slice(token.span.start, token.span.end)}\` stands`;
    return this.#fail('unexpected-token', `${found} where ${expectation}`, token.span);
  }

  #fail(code: string, message: string, span: Span, help?: string): never {
    return fail(code, message, { span, ...(help === undefined ? {} : { help }) }, { name: this.#source, text: this.#text });
  }
}
