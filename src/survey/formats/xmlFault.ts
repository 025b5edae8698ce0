const LESS = 60;
const GREATER = 62;
const EQUALS = 61;
const SLASH = 47;
const QUESTION = 63;
const EXCLAMATION = 33;
const DOUBLE = 34;
const SINGLE = 39;

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

/**
 * Byte at which the tags of an XML part are broken: an attribute without
 * quotes, a quote or a tag that is never closed. Undefined when tags are whole.
 * Readers that look for tags by pattern can run forever on a broken one.
 *
 * @see XML 1.0, 3.1 (start-tags)
 */
export function xmlFault(xml: Uint8Array): number | undefined {
  const end = xml.length;
  for (let p = xml.indexOf(LESS); p >= 0; p = xml.indexOf(LESS, p)) {
    const opening = p++;
    if (xml[p] === EXCLAMATION) {
      p = afterDeclaration(xml, p);
      if (p < 0) return opening;
      continue;
    }
    if (xml[p] === QUESTION) p++;
    for (;;) {
      if (p >= end) return opening;
      const byte = xml[p++];
      if (byte === GREATER) break;
      if (byte === LESS || byte === DOUBLE || byte === SINGLE) return p - 1;
      if (byte !== EQUALS) continue;
      while (isSpace(xml[p])) p++;
      const quote = xml[p];
      if (quote !== DOUBLE && quote !== SINGLE) return p;
      const closing = xml.indexOf(quote, p + 1);
      if (closing < 0) return p;
      const next = xml[closing + 1];
      if (!isSpace(next) && next !== SLASH && next !== GREATER && next !== QUESTION) return closing + 1;
      p = closing + 1;
    }
  }
  return undefined;
}

/** Behind a comment, a CDATA section or a declaration; negative when it is never closed. */
function afterDeclaration(xml: Uint8Array, from: number): number {
  const closes = xml[from + 1] === 45 ? [45, 45, GREATER] : xml[from + 1] === 91 ? [93, 93, GREATER] : [GREATER];
  for (let p = xml.indexOf(closes[0], from + 2); p >= 0; p = xml.indexOf(closes[0], p + 1)) if (closes.every((byte, i) => xml[p + i] === byte)) return p + closes.length;
  return -1;
}
