import type { Diagnostic, Span } from '../shared/diagnostic.js';
import type { Token, TokenKind } from './token.js';

/** Thrown inside the parser to leave a statement whose problem has been reported; never leaves the parser. */
export class StatementBroken extends Error {}

/** A read position in the token list, and the problems found so far. */
export class Cursor {
  private index = 0;
  /** Inside parentheses a line break is only space. */
  private depth = 0;
  readonly diagnostics: Diagnostic[];

  constructor(
    private readonly tokens: readonly Token[],
    diagnostics: readonly Diagnostic[],
    private readonly text: string
  ) {
    this.diagnostics = [...diagnostics];
  }

  get token(): Token {
    if (this.depth > 0) while (this.tokens[this.index].kind === 'newline' && this.tokens[this.index + 1].kind !== 'end') this.index++;
    return this.tokens[this.index];
  }

  /** The token after the current one. */
  get following(): Token {
    return this.tokens[Math.min(this.index + 1, this.tokens.length - 1)];
  }

  /** End offset of the token last taken. */
  get lastEnd(): number {
    return this.index === 0 ? 0 : this.tokens[this.index - 1].span.end;
  }

  take(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.index++;
    return token;
  }

  at(kind: TokenKind, text?: string): boolean {
    return this.token.kind === kind && (text === undefined || this.token.text === text);
  }

  accept(kind: TokenKind, text?: string): Token | undefined {
    return this.at(kind, text) ? this.take() : undefined;
  }

  open(): void {
    this.depth++;
  }

  close(): void {
    this.depth--;
  }

  /** Passes line breaks where a statement cannot end: after an operator or before a `+`. */
  skipNewlines(): void {
    while (this.tokens[this.index].kind === 'newline') this.index++;
  }

  /** True when the next token that is not a line break is one of these. */
  continuesWith(accepts: (token: Token) => boolean): boolean {
    let index = this.index;
    while (this.tokens[index].kind === 'newline') index++;
    return accepts(this.tokens[index]);
  }

  /** Looks through the statement that starts here, line breaks inside it included, for the first token with an answer. */
  scan<T>(answer: (token: Token) => T | undefined): T | undefined {
    for (let index = this.index, depth = 0; ; index++) {
      const token = this.tokens[index];
      const found = answer(token);
      if (found !== undefined) return found;
      if (token.kind === 'end' || (token.kind === 'punctuation' && token.text === ';')) return undefined;
      if (token.kind === 'punctuation' && token.text === '(') depth++;
      if (token.kind === 'punctuation' && token.text === ')') depth--;
      if (token.kind === 'newline' && depth <= 0) {
        const before = this.tokens[Math.max(index - 1, 0)];
        const open = before.kind === 'punctuation' && '+*-/,'.includes(before.text);
        let next = index;
        while (this.tokens[next].kind === 'newline') next++;
        const after = this.tokens[next];
        if (!open && !(after.kind === 'operator' || (after.kind === 'punctuation' && after.text === '+'))) return undefined;
      }
    }
  }

  /** Takes what is left of the line as it was typed, without surrounding space. */
  takeRest(): { readonly text: string; readonly start: number; readonly end: number } {
    const { start } = this.token.span;
    let end = start;
    while (!this.at('newline') && !this.at('end') && !this.at('punctuation', ';')) end = this.take().span.end;
    return { text: this.text.slice(start, end), start, end };
  }

  report(code: string, message: string, span: Span, help?: string): void {
    this.diagnostics.push({ severity: 'error', code, message, span, ...(help ? { help } : {}) });
  }

  broken(code: string, message: string, span: Span, help?: string): never {
    this.report(code, message, span, help);
    throw new StatementBroken(code);
  }

  /** After a problem: on to the next statement. */
  recover(): void {
    this.depth = 0;
    while (!this.at('end') && !this.at('newline') && !this.at('punctuation', ';')) this.index++;
  }
}

/** How a token is called in a message. */
export function nameOf(token: Token): string {
  if (token.kind === 'newline' || token.kind === 'end') return 'the end of the line';
  return `\`${token.text}\``;
}
