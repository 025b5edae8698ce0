import { isWide } from '../../shared/displayWidth.js';

/** Advance widths in 1/1000 em of U+0020…U+007E in Liberation Sans, which equal Arial's and Helvetica's. */
const REGULAR: readonly number[] = [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584];
const BOLD: readonly number[] = [278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584];
/** Marks outside ASCII that labels use. */
const OTHERS: ReadonlyMap<string, number> = new Map([['\u2212', 584], ['²', 333], ['→', 1000], ['←', 1000], ['—', 1000], ['…', 1000], ['·', 278], ['≤', 549], ['≥', 549], ['\u00a0', 278]]);
/** Latin, Greek and Cyrillic letters outside the table: a generous mean. */
const LETTER = 640;
const FULL_WIDTH = 1000;
const COMBINING = /\p{Mn}/u;

/** Width in px of one line at `size` px; a slight over-estimate for scripts outside the table. */
export function textWidth(text: string, size: number, bold = false): number {
  const table = bold ? BOLD : REGULAR;
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x20 && code < 0x7f) thousandths += table[code - 0x20];
    else if (!COMBINING.test(character)) thousandths += OTHERS.get(character) ?? (isWide(character) ? FULL_WIDTH : LETTER);
  }
  return (thousandths * size) / 1000;
}

/** Words of `text` in lines no wider than `width`; Chinese breaks between any two characters, a word that is too long stays whole. */
export function wrapText(text: string, width: number, size: number, bold = false): readonly string[] {
  const pieces: string[] = [];
  for (const word of text.split(/[ \t\n]+/)) {
    let run = '';
    for (const character of word) {
      if (isWide(character) && run !== '') {
        pieces.push(run);
        run = '';
      }
      run += character;
      if (isWide(character)) {
        pieces.push(run);
        run = '';
      }
    }
    pieces.push(`${run} `);
  }
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line.trim() !== '' && textWidth((line + piece).trimEnd(), size, bold) > width) {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}
