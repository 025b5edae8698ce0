import type { ByteCursor } from '../byteCursor.js';
import { layoutOf, typeOf, type DtaLayout, type DtaType } from './layout.js';

/** Everything of a Stata file but its cells; text is still bytes. */
export interface DtaDictionary {
  readonly layout: DtaLayout;
  readonly rowCount: number;
  readonly types: readonly DtaType[];
  readonly names: readonly Uint8Array[];
  readonly formats: readonly Uint8Array[];
  /** Per variable the name of its value-label table. */
  readonly labelTables: readonly Uint8Array[];
  readonly labels: readonly Uint8Array[];
  readonly dataLabel: Uint8Array;
}

/** Bytes up to the first zero. */
export function cString(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Steps over a tag such as `<header>`. */
export function expectTag(cursor: ByteCursor, tag: string): void {
  const start = cursor.offset;
  const found = String.fromCharCode(...cursor.slice(tag.length, `\`${tag}\``));
  if (found !== tag) cursor.damaged(`\`${found.replace(/[^ -~]/g, '·')}\` stands where \`${tag}\` was expected`, start);
}

/** Reads the dictionary; the cursor then stands at the first cell. */
export function readDictionary(cursor: ByteCursor): DtaDictionary {
  return cursor.bytes[0] === 60 ? readTagged(cursor) : readFixed(cursor);
}

function strings(cursor: ByteCursor, count: number, bytes: number, what: string): Uint8Array[] {
  return Array.from({ length: count }, () => cString(cursor.slice(bytes, what)));
}

function typesOf(cursor: ByteCursor, count: number, release: number): DtaType[] {
  return Array.from({ length: count }, (_, i) => {
    const start = cursor.offset;
    const code = release < 117 ? cursor.uint8('the types') : cursor.uint16('the types');
    return typeOf(code, release) ?? cursor.damaged(`type ${code} of variable ${i + 1} is unknown`, start);
  });
}

/** Releases 113 to 115: pieces at fixed places. */
function readFixed(cursor: ByteCursor): DtaDictionary {
  const what = 'the header';
  const layout = layoutOf(cursor.uint8(what));
  const order = cursor.uint8(what);
  if (order !== 1 && order !== 2) cursor.damaged(`byte order ${order}, 1 or 2 was expected`, 1);
  cursor.littleEndian = order === 2;
  cursor.take(2, what);
  const count = cursor.uint16(what);
  const rowCount = cursor.int32(what);
  if (rowCount < 0) cursor.damaged(`${rowCount} rows`, 6);
  const dataLabel = cString(cursor.slice(81, what));
  cursor.take(18, what);
  const types = typesOf(cursor, count, layout.release);
  const names = strings(cursor, count, layout.nameBytes, 'the names');
  cursor.take(layout.sortBytes * (count + 1), 'the sort order');
  const formats = strings(cursor, count, layout.formatBytes, 'the formats');
  const labelTables = strings(cursor, count, layout.nameBytes, 'the names of value labels');
  const labels = strings(cursor, count, layout.labelBytes, 'the labels');
  for (;;) {
    const kind = cursor.uint8('the characteristics');
    const length = cursor.int32('the characteristics');
    if (kind === 0 && length === 0) break;
    cursor.take(length, 'the characteristics');
  }
  return { layout, rowCount, types, names, formats, labelTables, labels, dataLabel };
}

/** Releases 117 to 119: pieces between tags. */
function readTagged(cursor: ByteCursor): DtaDictionary {
  const what = 'the header';
  expectTag(cursor, '<stata_dta><header><release>');
  const layout = layoutOf(Number(String.fromCharCode(...cursor.slice(3, what))));
  expectTag(cursor, '</release><byteorder>');
  const order = String.fromCharCode(...cursor.slice(3, what));
  if (order !== 'LSF' && order !== 'MSF') cursor.damaged(`byte order \`${order.replace(/[^ -~]/g, '·')}\`, LSF or MSF was expected`);
  cursor.littleEndian = order === 'LSF';
  expectTag(cursor, '</byteorder><K>');
  const count = layout.countBytes === 2 ? cursor.uint16(what) : cursor.uint32(what);
  expectTag(cursor, '</K><N>');
  const rowCount = layout.rowsBytes === 4 ? cursor.uint32(what) : cursor.int64(what);
  if (rowCount < 0) cursor.damaged(`${rowCount} rows`);
  expectTag(cursor, '</N><label>');
  const dataLabel = cursor.slice(layout.dataLabelBytes === 1 ? cursor.uint8(what) : cursor.uint16(what), what);
  expectTag(cursor, '</label><timestamp>');
  cursor.take(cursor.uint8(what), what);
  expectTag(cursor, '</timestamp></header><map>');
  cursor.take(14 * 8, 'the map');
  expectTag(cursor, '</map><variable_types>');
  const types = typesOf(cursor, cursor.count(count, 2, 'the number of variables'), layout.release);
  expectTag(cursor, '</variable_types><varnames>');
  const names = strings(cursor, count, layout.nameBytes, 'the names');
  expectTag(cursor, '</varnames><sortlist>');
  cursor.take(layout.sortBytes * (count + 1), 'the sort order');
  expectTag(cursor, '</sortlist><formats>');
  const formats = strings(cursor, count, layout.formatBytes, 'the formats');
  expectTag(cursor, '</formats><value_label_names>');
  const labelTables = strings(cursor, count, layout.nameBytes, 'the names of value labels');
  expectTag(cursor, '</value_label_names><variable_labels>');
  const labels = strings(cursor, count, layout.labelBytes, 'the labels');
  expectTag(cursor, '</variable_labels><characteristics>');
  while (cursor.bytes[cursor.offset + 1] === 99) {
    expectTag(cursor, '<ch>');
    cursor.take(cursor.uint32('the characteristics'), 'the characteristics');
    expectTag(cursor, '</ch>');
  }
  expectTag(cursor, '</characteristics><data>');
  return { layout, rowCount, types, names, formats, labelTables, labels, dataLabel };
}
