import { fail } from '../../../shared/diagnostic.js';
import { TextPool } from '../../text/textPool.js';
import { NEWLINE, QUOTE, RETURN } from './dialect.js';

/** Reads single fields as text, quoted or not; the bytes must end with a line end. */
export class FieldReader {
  /** Where the field ended: on a delimiter or line end. */
  at = 0;
  /** Line of `at`, as quoted fields may run over several. */
  line = 0;
  readonly #bytes: Uint8Array;
  readonly #delimiter: number;
  readonly #pool: TextPool = new TextPool();
  #oddCount = 0;
  #oddLine = 0;

  constructor(bytes: Uint8Array, delimiter: number) {
    this.#bytes = bytes;
    this.#delimiter = delimiter;
  }

  /** Quoted fields that were followed by more text before the delimiter. */
  get oddQuotes(): { readonly count: number; readonly firstLine: number } {
    return { count: this.#oddCount, firstLine: this.#oddLine };
  }

  /** The field at byte `start` of line `line`. */
  read(start: number, line: number): string {
    const bytes = this.#bytes;
    this.line = line;
    if (bytes[start] === QUOTE) return this.#quoted(start);
    const delimiter = this.#delimiter;
    let p = start;
    let hash = 0;
    let b = bytes[p];
    while (b !== delimiter && b !== NEWLINE && b !== RETURN) {
      hash = (Math.imul(hash, 31) + b) | 0;
      b = bytes[++p];
    }
    this.at = p;
    return this.#pool.hashed(bytes, start, p, hash);
  }

  /** Goes to the end of the field without making text. */
  skip(start: number, line: number): void {
    const bytes = this.#bytes;
    this.line = line;
    let p = start;
    if (bytes[p] === QUOTE) {
      p++;
      for (;;) {
        p = this.#closing(p, start, line);
        if (bytes[p + 1] !== QUOTE) break;
        p += 2;
      }
      p++;
    }
    this.at = this.#end(p);
  }

  #quoted(opening: number): string {
    const bytes = this.#bytes;
    const line = this.line;
    let start = opening + 1;
    let text = '';
    let p: number;
    for (;;) {
      p = this.#closing(start, opening, line);
      text += this.#pool.text(bytes, start, p);
      if (bytes[p + 1] !== QUOTE) break;
      text += '"';
      start = p + 2;
    }
    this.at = this.#end(++p);
    if (this.at === p) return text;
    this.#oddCount++;
    if (this.#oddCount === 1) this.#oddLine = this.line;
    return text + this.#pool.text(bytes, p, this.at);
  }

  /** Next quote mark from `p`; counts lines on the way. */
  #closing(p: number, opening: number, openingLine: number): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    while (p < end && bytes[p] !== QUOTE) {
      if (bytes[p] === NEWLINE) this.line++;
      p++;
    }
    if (p >= end) {
      const lineStart = bytes.lastIndexOf(NEWLINE, opening) + 1;
      fail('csv-open-quote', `the quote opened in line ${openingLine}, column ${opening - lineStart + 1} is never closed`, { help: 'a quote inside a quoted field is written twice: `""`' });
    }
    return p;
  }

  #end(p: number): number {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    while (bytes[p] !== delimiter && bytes[p] !== NEWLINE && bytes[p] !== RETURN) p++;
    return p;
  }
}
