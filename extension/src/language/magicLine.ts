/** What a piece of a magic's line is; decides its colour. */
export type MagicTokenKind = 'magic' | 'option' | 'string' | 'number' | 'argument';

export interface MagicToken {
  /** UTF-16 offsets within the line. */
  readonly from: number;
  readonly to: number;
  readonly kind: MagicTokenKind;
}

/** `%%name …` (a cell's first line) or `%name …` (any line of its own). */
const MAGIC = /^(\s*)(%%?[a-z][A-Za-z0-9]*)(?=\s|$)/;
const WORD = /"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\S+/g;

function kindOf(word: string): MagicTokenKind {
  if (/^--?[A-Za-z]/.test(word)) return 'option';
  if (/^["']/.test(word)) return 'string';
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word) ? 'number' : 'argument';
}

/** The pieces of a magic's line, or none when the line is no magic. */
export function magicTokens(line: string): readonly MagicToken[] {
  const start = MAGIC.exec(line);
  if (!start) return [];
  const nameStart = start[1].length;
  const nameEnd = nameStart + start[2].length;
  const tokens: MagicToken[] = [{ from: nameStart, to: nameEnd, kind: 'magic' }];
  for (const match of line.slice(nameEnd).matchAll(WORD)) {
    const from = nameEnd + match.index;
    const word = match[0];
    const kind = kindOf(word);
    const equals = kind === 'option' ? word.indexOf('=') : -1;
    if (equals > 0) {
      tokens.push({ from, to: from + equals, kind });
      if (equals + 1 < word.length) tokens.push({ from: from + equals + 1, to: from + word.length, kind: kindOf(word.slice(equals + 1)) });
    } else tokens.push({ from, to: from + word.length, kind });
  }
  return tokens;
}

/** Name of the cell magic that a cell's source starts with, or undefined. */
export function cellMagicName(source: string): string | undefined {
  return /^\s*%%([a-z][A-Za-z0-9]*)(?=\s|$)/.exec(source)?.[1];
}
