import { fieldCounts, readRecords } from './records.js';
import { NEWLINE, QUOTE, RETURN } from './dialect.js';
import { toNumber } from './toNumber.js';

const TAB = 9;
const SPACE = 32;
const SAMPLE_RECORDS = 100;
/** Prose has words; a table of answers is at least half numbers. */
const NUMBERS_AT_LEAST = 0.5;
const DECIMAL_POINT = 46;
const DECIMAL_COMMA = 44;

/**
 * The same text with one tab for each run of spaces and tabs between fields and
 * none at the ends of lines, as statistics programs write `.dat` files. Quoted
 * fields keep theirs.
 */
export function partedByTabs(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let gap = false;
  let lineStart = true;
  for (let p = 0; p < bytes.length; p++) {
    const byte = bytes[p];
    if (byte === SPACE || byte === TAB) {
      gap = true;
      continue;
    }
    const ends = byte === NEWLINE || byte === RETURN;
    const starts = gap || lineStart;
    if (gap && !lineStart && !ends) out[length++] = TAB;
    gap = false;
    lineStart = ends;
    out[length++] = byte;
    if (byte !== QUOTE || !starts) continue;
    // A quote that is never closed is told by the scan.
    const closing = bytes.indexOf(QUOTE, p + 1);
    const stop = closing < 0 ? bytes.length - 1 : closing;
    out.set(bytes.subarray(p + 1, stop + 1), length);
    length += stop - p;
    p = stop;
  }
  return out.subarray(0, length);
}

/** True when no usual delimiter splits the text, and spaces split every record into the same number of fields, of which most are numbers. */
export function isPartedBySpaces(head: Uint8Array, missing: ReadonlySet<string>): boolean {
  const sample = partedByTabs(head);
  const widths = fieldCounts(sample, TAB, SAMPLE_RECORDS);
  if (widths.length < 2 || widths[0] < 2 || widths.some((width) => width !== widths[0])) return false;
  const fields = readRecords(sample, 0, TAB, SAMPLE_RECORDS).records.slice(1).flat();
  const isNumber = (field: string): boolean => [DECIMAL_POINT, DECIMAL_COMMA].some((decimal) => toNumber(field, decimal, missing) !== undefined);
  return fields.filter(isNumber).length >= NUMBERS_AT_LEAST * fields.length;
}
