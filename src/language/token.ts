import type { Span } from '../shared/diagnostic.js';

export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'punctuation' | 'newline' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** A name without its backticks, a string without its quotes, else the characters themselves. */
  readonly text: string;
  readonly span: Span;
  /** A name in backticks or quotes is never a keyword. */
  readonly quoted?: boolean;
}
