import type { ByteCursor } from '../byteCursor.js';
import type { SavDictionary } from './dictionary.js';
import { toMilliseconds } from './moments.js';

/** Makes a word of bytes; null for an empty one. */
export type ReadText = (bytes: Uint8Array, start: number, end: number) => string | null;

export interface SavCases {
  readonly rowCount: number;
  /** Per variable: numbers or words. */
  readonly columns: readonly (Float64Array | (string | null)[])[];
  /** Bytes of a last case that was cut off. */
  readonly cutOff: boolean;
}

/** Where each element of a case goes. */
interface Layout {
  /** Per element: column of a number, or -1 - offset of the string bytes in the case's text buffer, or UNUSED. */
  readonly target: Int32Array;
  readonly numbers: readonly (Float64Array | undefined)[];
  readonly strings: readonly { readonly column: number; readonly start: number; readonly parts: readonly { readonly offset: number; readonly bytes: number }[]; readonly words: (string | null)[] }[];
  readonly text: Uint8Array;
}

function layoutOf(dictionary: SavDictionary, capacity: number): Layout {
  const target = new Int32Array(dictionary.elementCount);
  const strings: Layout['strings'][number][] = [];
  let offset = 0;
  // Continuation elements follow their first one; anything unowned is read into a spare corner of the buffer.
  const owner = new Int32Array(dictionary.elementCount).fill(-1);
  dictionary.variables.forEach((variable, column) => {
    if (variable.width === 0) owner[variable.segments[0].element] = column;
  });
  for (let element = 0; element < target.length; element++) {
    if (owner[element] >= 0) target[element] = owner[element];
    else {
      target[element] = -1 - offset;
      offset += 8;
    }
  }
  dictionary.variables.forEach((variable, column) => {
    if (variable.width === 0) return;
    const parts = variable.segments.map(({ element, bytes }) => ({ offset: -1 - target[element], bytes }));
    strings.push({ column, start: parts[0].offset, parts, words: [] });
  });
  const numbers = dictionary.variables.map((variable) => (variable.width === 0 ? new Float64Array(capacity) : undefined));
  return { target, numbers, strings, text: new Uint8Array(offset) };
}

/** Takes the words of a finished case out of its text buffer. */
function takeStrings(layout: Layout, joined: Uint8Array, readText: ReadText): void {
  const { text } = layout;
  for (const { start, parts, words } of layout.strings) {
    let bytes = text;
    let from = start;
    let end = start + parts[0].bytes;
    if (parts.length > 1) {
      bytes = joined;
      from = 0;
      end = 0;
      for (const part of parts) {
        joined.set(text.subarray(part.offset, part.offset + part.bytes), end);
        end += part.bytes;
      }
    }
    while (end > from && (bytes[end - 1] === 32 || bytes[end - 1] === 0)) end--;
    words.push(readText(bytes, from, end));
  }
}

function finish(dictionary: SavDictionary, layout: Layout, rowCount: number, cutOff: boolean): SavCases {
  const words = new Map(layout.strings.map(({ column, words: list }) => [column, list]));
  const columns = dictionary.variables.map((variable, column) => {
    const numbers = layout.numbers[column];
    if (!numbers) return words.get(column) ?? [];
    const exact = rowCount === numbers.length ? numbers : numbers.slice(0, rowCount);
    const { temporal } = variable;
    if (temporal) for (let i = 0; i < exact.length; i++) exact[i] = toMilliseconds(exact[i], temporal);
    return exact;
  });
  return { rowCount, columns, cutOff };
}

function longestString(dictionary: SavDictionary): number {
  let longest = 0;
  for (const { width } of dictionary.variables) longest = Math.max(longest, width);
  return longest;
}

/** Cases of 8-byte elements as they are. */
export function readPlainCases(cursor: ByteCursor, dictionary: SavDictionary, declared: number, readText: ReadText): SavCases {
  const { bytes, littleEndian } = cursor;
  const { elementCount, sysmis } = dictionary;
  const held = Math.floor(cursor.remaining / (8 * elementCount));
  const rowCount = declared >= 0 ? Math.min(declared, held) : held;
  const layout = layoutOf(dictionary, rowCount);
  const { target, numbers, text } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const joined = new Uint8Array(longestString(dictionary));
  let at = cursor.offset;
  for (let row = 0; row < rowCount; row++) {
    for (let element = 0; element < elementCount; element++, at += 8) {
      const to = target[element];
      if (to >= 0) {
        const value = view.getFloat64(at, littleEndian);
        (numbers[to] as Float64Array)[row] = value === sysmis ? NaN : value;
      } else for (let b = 0; b < 8; b++) text[-1 - to + b] = bytes[at + b];
    }
    takeStrings(layout, joined, readText);
  }
  return finish(dictionary, layout, rowCount, held * 8 * elementCount < cursor.remaining && (declared < 0 || declared > held));
}

const END_OF_FILE = 252;
const LITERAL = 253;
const BLANKS = 254;
const SYSTEM_MISSING = 255;

/**
 * Cases in bytecode: 8 commands of one byte, then the literals they ask for.
 * A block of commands runs on across the ends of cases.
 * @see PSPP Developers Guide, Data Record
 */
export function readCodedCases(cursor: ByteCursor, dictionary: SavDictionary, declared: number, bias: number, readText: ReadText): SavCases {
  const { bytes, littleEndian } = cursor;
  const { elementCount, sysmis } = dictionary;
  const end = bytes.length;
  // Each element takes at least its command byte.
  const most = Math.floor(cursor.remaining / elementCount);
  const capacity = declared >= 0 ? Math.min(declared, most) : most;
  const layout = layoutOf(dictionary, capacity);
  const { target, numbers, text } = layout;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const joined = new Uint8Array(longestString(dictionary));
  let at = cursor.offset;
  let command = at;
  let commandsLeft = 0;
  let row = 0;
  let element = 0;
  reading: while (row < capacity) {
    for (element = 0; element < elementCount; element++) {
      let code: number;
      do {
        if (commandsLeft === 0) {
          if (at + 8 > end) break reading;
          command = at;
          at += 8;
          commandsLeft = 8;
        }
        code = bytes[command++];
        commandsLeft--;
      } while (code === 0);
      const to = target[element];
      if (code === END_OF_FILE) break reading;
      if (to >= 0) {
        const column = numbers[to] as Float64Array;
        if (code < END_OF_FILE) column[row] = code - bias;
        else if (code === LITERAL) {
          if (at + 8 > end) break reading;
          const value = view.getFloat64(at, littleEndian);
          column[row] = value === sysmis ? NaN : value;
          at += 8;
        } else if (code === SYSTEM_MISSING) column[row] = NaN;
        else cursor.damaged(`blanks where a number was expected, case ${row + 1}`, command - 1);
      } else {
        const start = -1 - to;
        if (code === LITERAL) {
          if (at + 8 > end) break reading;
          for (let b = 0; b < 8; b++) text[start + b] = bytes[at + b];
          at += 8;
        } else if (code === BLANKS || code === SYSTEM_MISSING) text.fill(32, start, start + 8);
        else cursor.damaged(`a compressed number where text was expected, case ${row + 1}`, command - 1);
      }
    }
    takeStrings(layout, joined, readText);
    row++;
    element = 0;
  }
  return finish(dictionary, layout, row, element > 0);
}
