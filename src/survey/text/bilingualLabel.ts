import type { Bilingual } from '../../shared/table.js';

const BOTH = /^([^|]*[^|\s]) \| ([^|]*\p{Script=Han}[^|]*)$/u;

/** A label as a data file holds it: `English | 中文`, as our writers put both languages into one text, is two again. */
export function bilingualLabel(text: string): Bilingual {
  const match = BOTH.exec(text);
  return match ? { en: match[1], zh: match[2].trim() } : { en: text };
}
