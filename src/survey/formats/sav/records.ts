import type { ByteCursor } from '../byteCursor.js';

/** One variable record: text is still bytes, as the encoding is told only later. */
export interface VariableRecord {
  /** 0-based place in the dictionary, counting string continuations. */
  readonly place: number;
  /** 0 numeric, 1-255 bytes of a string. */
  readonly width: number;
  readonly name: Uint8Array;
  readonly label: Uint8Array | undefined;
  /** Print format: type in bits 16-23, width in 8-15, decimals in 0-7. */
  readonly print: number;
  /** 0-3 single values; -2 a range; -3 a range and a value. */
  readonly missingKind: number;
  readonly missing: readonly Uint8Array[];
}

/** Value labels and the dictionary places (0-based) they hold for. */
export interface LabelRecord {
  readonly labels: readonly { readonly value: Uint8Array; readonly label: Uint8Array }[];
  readonly places: readonly number[];
}

export interface SavRecords {
  readonly variables: readonly VariableRecord[];
  /** 8-byte elements of one case. */
  readonly elementCount: number;
  readonly labels: readonly LabelRecord[];
  readonly documents: readonly Uint8Array[];
  /** Extension records by subtype; of equal ones the last. */
  readonly extensions: ReadonlyMap<number, { readonly size: number; readonly count: number; readonly data: Uint8Array }>;
}

const VARIABLE = 2;
const VALUE_LABELS = 3;
const LABELLED_VARIABLES = 4;
const DOCUMENT = 6;
const EXTENSION = 7;
const END = 999;

/** All dictionary records up to the data, which then start at the cursor. @see PSPP Developers Guide, System File Format */
export function readRecords(cursor: ByteCursor): SavRecords {
  const variables: VariableRecord[] = [];
  const labels: LabelRecord[] = [];
  const documents: Uint8Array[] = [];
  const extensions = new Map<number, { size: number; count: number; data: Uint8Array }>();
  let elementCount = 0;
  for (;;) {
    const start = cursor.offset;
    const type = cursor.int32('the dictionary');
    if (type === END) {
      cursor.int32('the end of the dictionary');
      return { variables, elementCount, labels, documents, extensions };
    }
    switch (type) {
      case VARIABLE: {
        const record = readVariable(cursor, elementCount);
        if (record) variables.push(record);
        elementCount++;
        break;
      }
      case VALUE_LABELS:
        labels.push(readLabels(cursor));
        break;
      case DOCUMENT: {
        const lines = cursor.int32('the document');
        cursor.count(lines, 80, 'the number of document lines');
        for (let i = 0; i < lines; i++) documents.push(cursor.slice(80, 'the document'));
        break;
      }
      case EXTENSION: {
        const subtype = cursor.int32('an extension record');
        const size = cursor.int32('an extension record');
        const count = cursor.int32('an extension record');
        if (size < 0 || count < 0) cursor.damaged(`extension ${subtype} has ${count} parts of ${size} bytes`, start);
        extensions.set(subtype, { size, count, data: cursor.slice(size * count, `extension record ${subtype}`) });
        break;
      }
      default:
        cursor.damaged(`record type ${type} is unknown`, start);
    }
  }
}

function readVariable(cursor: ByteCursor, place: number): VariableRecord | undefined {
  const what = 'a variable record';
  const start = cursor.offset - 4;
  const width = cursor.int32(what);
  const hasLabel = cursor.int32(what);
  const missingKind = cursor.int32(what);
  const print = cursor.int32(what);
  cursor.int32(what);
  const name = cursor.slice(8, what);
  let label: Uint8Array | undefined;
  if (hasLabel === 1) {
    const length = cursor.uint32(what);
    cursor.count(length, 1, 'the length of a variable label');
    label = cursor.slice(length, what);
    cursor.take(-length & 3, what);
  } else if (hasLabel !== 0) cursor.damaged(`label flag ${hasLabel}, 0 or 1 was expected`, start);
  if (missingKind < -3 || missingKind > 3 || missingKind === -1) cursor.damaged(`${missingKind} missing values, -3 to 3 were expected`, start);
  const missing = Array.from({ length: Math.abs(missingKind) }, () => cursor.slice(8, what));
  if (width < -1 || width > 255) cursor.damaged(`variable of width ${width}`, start);
  return width === -1 ? undefined : { place, width, name, label, print, missingKind, missing };
}

function readLabels(cursor: ByteCursor): LabelRecord {
  const what = 'value labels';
  const count = cursor.int32(what);
  cursor.count(count, 16, 'the number of value labels');
  const labels = Array.from({ length: count }, () => {
    const value = cursor.slice(8, what);
    const length = cursor.uint8(what);
    const label = cursor.slice(length, what);
    cursor.take(-(length + 1) & 7, what);
    return { value, label };
  });
  const start = cursor.offset;
  if (cursor.int32(what) !== LABELLED_VARIABLES) cursor.damaged('value labels are not followed by their variables', start);
  const variableCount = cursor.int32(what);
  cursor.count(variableCount, 4, 'the number of labelled variables');
  return { labels, places: Array.from({ length: variableCount }, () => cursor.int32(what) - 1) };
}
