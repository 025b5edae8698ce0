import type { TextPool } from '../../text/textPool.js';
import type { ByteCursor } from '../byteCursor.js';
import type { DtaDictionary } from './dictionary.js';
import { expectTag } from './dictionary.js';
import { floatTag, integerTag, tagText } from './missing.js';

export interface DtaColumn {
  readonly values: Float64Array | (string | null)[];
  /** Tagged missing cells: `.a` → rows. */
  readonly tags: ReadonlyMap<string, Uint32Array>;
}

const BLANK = 32;

/** Where a column's references to long strings stand. */
export interface LongStringColumn {
  readonly first: number;
  readonly rowBytes: number;
}

/** All cells, column by column; rows are interleaved in the file. */
export function readCells(cursor: ByteCursor, dictionary: DtaDictionary, pool: TextPool): { readonly columns: readonly DtaColumn[]; readonly references: ReadonlyMap<number, LongStringColumn> } {
  const { types, rowCount } = dictionary;
  const rowBytes = types.reduce((sum, type) => sum + type.bytes, 0);
  if (rowBytes === 0 || rowCount * rowBytes > cursor.remaining) {
    if (rowCount > 0) cursor.take(rowCount * rowBytes + 1, 'the data');
  }
  const { bytes, littleEndian } = cursor;
  const start = cursor.take(rowCount * rowBytes, 'the data');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const references = new Map<number, LongStringColumn>();
  let offset = start;
  const columns = types.map((type, j): DtaColumn => {
    const first = offset;
    offset += type.bytes;
    const tagged = new Map<string, number[]>();
    if (type.kind === 'str') {
      const words = new Array<string | null>(rowCount);
      for (let row = 0, at = first; row < rowCount; row++, at += rowBytes) {
        let end = at;
        while (end < at + type.bytes && bytes[end] !== 0) end++;
        // Blanks at the end are padding of other programs: ReadStat, which haven uses, drops them too.
        while (end > at && bytes[end - 1] === BLANK) end--;
        words[row] = end === at ? null : pool.text(bytes, at, end);
      }
      return { values: words, tags: new Map() };
    }
    if (type.kind === 'strl') {
      references.set(j, { first, rowBytes });
      return { values: [], tags: new Map() };
    }
    const values = new Float64Array(rowCount);
    for (let row = 0, at = first; row < rowCount; row++, at += rowBytes) {
      let value: number;
      let tag: number;
      switch (type.kind) {
        case 'byte':
          value = view.getInt8(at);
          tag = integerTag(value, 'byte');
          break;
        case 'int':
          value = view.getInt16(at, littleEndian);
          tag = integerTag(value, 'int');
          break;
        case 'long':
          value = view.getInt32(at, littleEndian);
          tag = integerTag(value, 'long');
          break;
        case 'float':
          value = view.getFloat32(at, littleEndian);
          tag = floatTag(view.getUint32(at, littleEndian), 'float');
          break;
        case 'double':
          value = view.getFloat64(at, littleEndian);
          tag = floatTag(view.getUint32(littleEndian ? at + 4 : at, littleEndian), 'double');
          break;
      }
      if (tag < 0) {
        values[row] = value;
        continue;
      }
      values[row] = NaN;
      const text = tagText(tag);
      if (text === undefined) continue;
      const rows = tagged.get(text);
      if (rows) rows.push(row);
      else tagged.set(text, [row]);
    }
    return { values, tags: new Map([...tagged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, rows]) => [tag, Uint32Array.from(rows)])) };
  });
  return { columns, references };
}

/** Key `variable,row` of a long string: eight bytes shared out by release. */
function reference(view: DataView, at: number, variableBytes: number, littleEndian: boolean): string {
  const byte = (i: number): number => view.getUint8(at + i);
  let variable = 0;
  let row = 0;
  for (let i = 0; i < variableBytes; i++) variable += byte(i) * 256 ** (littleEndian ? i : variableBytes - 1 - i);
  const rowBytes = 8 - variableBytes;
  for (let i = 0; i < rowBytes; i++) row += byte(variableBytes + i) * 256 ** (littleEndian ? i : rowBytes - 1 - i);
  return `${variable},${row}`;
}

/** An empty cell refers to nothing. */
const NOTHING = '0,0';

/**
 * The words that a column of references stands for. Files of release 119 by
 * ReadStat (haven) share out the eight bytes as release 118 does; the sharing
 * that finds every string is taken.
 */
export function resolveLongStrings(cursor: ByteCursor, dictionary: DtaDictionary, column: LongStringColumn, strings: ReadonlyMap<string, string>): (string | null)[] {
  const { bytes, littleEndian } = cursor;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { strlVariableBytes, release } = dictionary.layout;
  const keysBy = (variableBytes: number): string[] => Array.from({ length: dictionary.rowCount }, (_, row) => reference(view, column.first + row * column.rowBytes, variableBytes, littleEndian));
  let keys = keysBy(strlVariableBytes);
  const complete = (list: readonly string[]): boolean => list.every((key) => key === NOTHING || strings.has(key));
  if (release === 119 && !complete(keys)) {
    const other = keysBy(2);
    if (complete(other)) keys = other;
  }
  if (!complete(keys)) cursor.damaged('a cell refers to a long string that is not there', column.first);
  return keys.map((key) => strings.get(key) || null);
}

/** Long strings by key; binary ones (type 129) are read as text too. */
export function readLongStrings(cursor: ByteCursor, dictionary: DtaDictionary, decode: (bytes: Uint8Array) => string): ReadonlyMap<string, string> {
  const what = 'the long strings';
  const strings = new Map<string, string>();
  expectTag(cursor, '<strls>');
  while (cursor.bytes[cursor.offset] === 71) {
    expectTag(cursor, 'GSO');
    const variable = cursor.uint32(what);
    const row = dictionary.layout.release === 117 ? cursor.uint32(what) : cursor.int64(what);
    const kind = cursor.uint8(what);
    const content = cursor.slice(cursor.uint32(what), what);
    const text = kind === 130 && content[content.length - 1] === 0 ? content.subarray(0, -1) : content;
    strings.set(`${variable},${row}`, decode(text));
  }
  expectTag(cursor, '</strls>');
  return strings;
}
