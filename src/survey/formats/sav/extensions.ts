import { ByteCursor } from '../byteCursor.js';
import type { MultipleResponseSet } from '../../codebook.js';

type Decode = (bytes: Uint8Array) => string;

/** `KEY=value` pairs parted by tabs (subtypes 13 long names, 14 very long string widths); keys are short names in upper case. */
export function readPairs(data: Uint8Array, decode: Decode): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  for (const part of decode(data).split('\t')) {
    const equals = part.indexOf('=');
    if (equals > 0) pairs.set(part.slice(0, equals).toUpperCase(), part.slice(equals + 1).replace(/\0+$/, ''));
  }
  return pairs;
}

/** Attributes: `name('value'⏎'value'⏎)…` (subtype 17). */
export function readAttributes(text: string): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  let p = 0;
  while (p < text.length) {
    const open = text.indexOf('(', p);
    if (open < 0) break;
    const name = text.slice(p, open).trim();
    const values: string[] = [];
    p = open + 1;
    while (p < text.length && text[p] !== ')') {
      const end = text.indexOf('\n', p);
      const stop = end < 0 ? text.length : end;
      values.push(text.slice(p, stop).replace(/^'([\s\S]*)'$/, '$1'));
      p = stop + 1;
    }
    p++;
    if (name !== '') attributes.set(name, values);
  }
  return attributes;
}

/** Attributes of variables: `VAR:attributes/VAR:attributes` (subtype 18). A slash may stand in a value, so sets are walked, not split. */
export function readVariableAttributes(text: string): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> {
  const sets = new Map<string, ReadonlyMap<string, readonly string[]>>();
  let p = 0;
  while (p < text.length) {
    const colon = text.indexOf(':', p);
    if (colon < 0) break;
    const name = text.slice(p, colon);
    let end = colon + 1;
    // A set ends at a slash that follows a closing parenthesis.
    while (end < text.length && !(text[end] === '/' && text[end - 1] === ')' && (text[end - 2] === '\n' || text[end - 2] === '('))) end++;
    sets.set(name, readAttributes(text.slice(colon + 1, end)));
    p = end + 1;
  }
  return sets;
}

/** One record of subtype 21 or 22: a long string variable and its entries, as bytes. */
export interface LongStringEntry {
  readonly name: Uint8Array;
  readonly values: readonly { readonly value: Uint8Array; readonly label?: Uint8Array }[];
}

/** Value labels of long strings (subtype 21). */
export function readLongStringLabels(data: Uint8Array, littleEndian: boolean): readonly LongStringEntry[] {
  const what = 'labels of long strings';
  const cursor = new ByteCursor(data, 'SPSS');
  cursor.littleEndian = littleEndian;
  const entries: LongStringEntry[] = [];
  while (cursor.remaining > 0) {
    const name = cursor.slice(cursor.uint32(what), what);
    cursor.int32(what);
    const count = cursor.count(cursor.int32(what), 8, what);
    const values = Array.from({ length: count }, () => ({ value: cursor.slice(cursor.uint32(what), what), label: cursor.slice(cursor.uint32(what), what) }));
    entries.push({ name, values });
  }
  return entries;
}

/** Missing values of long strings (subtype 22). */
export function readLongStringMissing(data: Uint8Array, littleEndian: boolean): readonly LongStringEntry[] {
  const what = 'missing values of long strings';
  const cursor = new ByteCursor(data, 'SPSS');
  cursor.littleEndian = littleEndian;
  const entries: LongStringEntry[] = [];
  while (cursor.remaining > 0) {
    const name = cursor.slice(cursor.uint32(what), what);
    const count = cursor.uint8(what);
    const length = cursor.uint32(what);
    const values: { value: Uint8Array }[] = [];
    for (let i = 0; i < count; i++) {
      // Some writers repeat the length before each value. @see PSPP Developers Guide, Long String Missing Values
      if (i > 0 && cursor.remaining >= 4 + length) {
        const repeated = cursor.uint32(what);
        if (repeated !== length) cursor.offset -= 4;
      }
      values.push({ value: cursor.slice(length, what) });
    }
    entries.push({ name, values });
  }
  return entries;
}

/** A count, a blank, then that many characters. */
function counted(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  const match = /^ *(\d+) /.exec(text.slice(start, start + 12));
  if (!match) return undefined;
  const from = start + match[0].length;
  return { value: text.slice(from, from + Number(match[1])), end: from + Number(match[1]) };
}

/**
 * Multiple-response sets, one a line: `$name=C label vars`, `$name=D value
 * label vars`, `$name=E flags value label vars`; texts are counted. Lengths
 * count bytes, so the text is walked in Latin-1 and decoded piecewise.
 */
export function readMultipleResponse(data: Uint8Array, decode: Decode, longName: (short: string) => string): readonly MultipleResponseSet[] {
  const latin = Array.from(data, (byte) => String.fromCharCode(byte)).join('');
  const text = (piece: string): string => decode(Uint8Array.from(piece, (c) => c.charCodeAt(0)));
  const sets: MultipleResponseSet[] = [];
  let p = 0;
  while (p < latin.length) {
    const equals = latin.indexOf('=', p);
    if (equals < 0) break;
    const name = text(latin.slice(p, equals)).trim();
    const kind = latin[equals + 1];
    let at = equals + 2;
    let countedValue: string | undefined;
    if (kind === 'E') {
      const flags = /^ *\d+/.exec(latin.slice(at, at + 8));
      at += flags ? flags[0].length : 0;
    }
    if (kind === 'D' || kind === 'E') {
      const value = counted(latin, at);
      if (!value) break;
      countedValue = text(value.value).trim();
      at = value.end;
    } else if (kind !== 'C') break;
    const label = counted(latin, at);
    if (!label) break;
    const lineEnd = latin.indexOf('\n', label.end);
    const end = lineEnd < 0 ? latin.length : lineEnd;
    const items = text(latin.slice(label.end, end)).split(' ').filter((item) => item !== '').map(longName);
    const labelText = text(label.value).trim();
    const number = countedValue === undefined || countedValue === '' ? NaN : Number(countedValue);
    sets.push({ name: name.replace(/^\$/, ''), ...(labelText === '' ? {} : { label: { en: labelText } }), items, ...(countedValue === undefined ? {} : { countedValue: Number.isNaN(number) ? countedValue : number }) });
    p = end + 1;
  }
  return sets;
}
