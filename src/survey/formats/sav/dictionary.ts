import { decoderOf } from '../../text/decoder.js';
import { bilingualLabel } from '../../text/bilingualLabel.js';
import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { Bilingual } from '../../../shared/table.js';
import type { MeasurementLevel, MissingRule, MultipleResponseSet, VariableInfo } from '../../codebook.js';
import { distinctNames } from '../columnNames.js';
import type { ByteCursor } from '../byteCursor.js';
import { readAttributes, readLongStringLabels, readLongStringMissing, readMultipleResponse, readPairs, readVariableAttributes } from './extensions.js';
import { temporalOf, toMilliseconds, type Temporal } from './moments.js';
import type { SavRecords, VariableRecord } from './records.js';
import { alloc, segmentsOf } from './segments.js';

/** Extension subtypes. */
const FLOATS = 4;
const SETS = 7;
const DISPLAY = 11;
const LONG_NAMES = 13;
const LONG_WIDTHS = 14;
const FILE_ATTRIBUTES = 17;
const VARIABLE_ATTRIBUTES = 18;
const SETS_19 = 19;
const LONG_LABELS = 21;
const LONG_MISSING = 22;

/** -DBL_MAX and its neighbours, where a file does not say otherwise. */
const SYSMIS = -Number.MAX_VALUE;
const LOWEST = -1.7976931348623155e308;
const HIGHEST = Number.MAX_VALUE;

export interface SavVariable {
  readonly name: string;
  /** 0 numeric, else bytes of the string. */
  readonly width: number;
  /** Where its 8-byte elements lie in a case: first element and used bytes of each segment. */
  readonly segments: readonly { readonly element: number; readonly bytes: number }[];
  readonly temporal?: Temporal;
  readonly info: VariableInfo;
}

export interface SavDictionary {
  readonly variables: readonly SavVariable[];
  readonly elementCount: number;
  readonly sysmis: number;
  readonly notes: readonly string[];
  readonly multipleResponse: readonly MultipleResponseSet[];
  readonly weight: string | undefined;
  readonly warnings: readonly Diagnostic[];
}

const LEVELS: readonly (MeasurementLevel | undefined)[] = [undefined, 'nominal', 'ordinal', 'scale'];

/** Joins what the records say of each variable; very long strings become one variable again. */
export function readDictionary(cursor: ByteCursor, records: SavRecords, encoding: string, fileLabel: Uint8Array, weightIndex: number): SavDictionary {
  const decoder = decoderOf(encoding);
  const decode = (bytes: Uint8Array): string => decoder.decode(bytes);
  const trimmed = (bytes: Uint8Array): string => decode(bytes).replace(/[ \0]+$/, '');
  const { littleEndian } = cursor;
  const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const double = (bytes: Uint8Array, at = 0): number => view(bytes).getFloat64(at, littleEndian);
  const part = (subtype: number): Uint8Array | undefined => records.extensions.get(subtype)?.data;

  const floats = part(FLOATS);
  const [sysmis, highest, lowest] = floats && floats.length >= 24 ? [double(floats), double(floats, 8), double(floats, 16)] : [SYSMIS, HIGHEST, LOWEST];
  const longNames = readPairs(part(LONG_NAMES) ?? new Uint8Array(), decode);
  const longWidths = readPairs(part(LONG_WIDTHS) ?? new Uint8Array(), decode);
  const levels = readLevels(records, littleEndian);

  const shorts = records.variables.map((record) => trimmed(record.name));
  const owners: { record: VariableRecord; short: string; width: number; segments: { element: number; bytes: number }[]; level: MeasurementLevel | undefined }[] = [];
  for (let i = 0; i < records.variables.length; ) {
    const record = records.variables[i];
    const declared = Number.parseInt(longWidths.get(shorts[i].toUpperCase()) ?? '', 10);
    const width = record.width > 0 && declared > 255 ? declared : record.width;
    const count = segmentsOf(width);
    const segments = records.variables.slice(i, i + count).map((segment, k) => {
      if (width > 255 && segment.width !== alloc(width, k)) cursor.damaged(`segment ${k + 1} of string \`${shorts[i]}\` has width ${segment.width}, ${alloc(width, k)} was expected`);
      return { element: segment.place, bytes: width > 255 ? Math.max(0, Math.min(255, width - 255 * k)) : width };
    });
    if (segments.length < count) cursor.damaged(`string \`${shorts[i]}\` of ${width} bytes lacks segments`);
    owners.push({ record, short: shorts[i], width, segments, level: levels[i] });
    i += count;
  }

  const { names, warnings } = distinctNames(owners.map(({ short }) => longNames.get(short.toUpperCase()) ?? short));
  const nameOfShort = new Map(owners.map(({ short }, i) => [short.toUpperCase(), names[i]]));
  const longName = (short: string): string => nameOfShort.get(short.toUpperCase()) ?? short;
  const byPlace = new Map(owners.map(({ record }, i) => [record.place, i]));
  const temporals = owners.map(({ record, width }) => (width === 0 ? temporalOf((record.print >> 16) & 255) : undefined));
  const number = (bytes: Uint8Array, i: number): number => {
    const raw = double(bytes);
    const temporal = temporals[i];
    return temporal ? toMilliseconds(raw, temporal) : raw;
  };

  const valueLabels = owners.map(() => new Map<number | string, Bilingual>());
  for (const { labels, places } of records.labels) {
    for (const place of places) {
      const i = byPlace.get(place);
      if (i === undefined) continue;
      for (const { value, label } of labels) valueLabels[i].set(owners[i].width === 0 ? number(value, i) : trimmed(value), bilingualLabel(trimmed(label)));
    }
  }
  const indexOfName = new Map(names.map((name, i) => [name, i]));
  for (const { name, values } of readLongStringLabels(part(LONG_LABELS) ?? new Uint8Array(), littleEndian)) {
    const i = indexOfName.get(trimmed(name));
    if (i !== undefined) for (const { value, label } of values) valueLabels[i].set(trimmed(value), bilingualLabel(trimmed(label ?? new Uint8Array())));
  }
  const longMissing = new Map(readLongStringMissing(part(LONG_MISSING) ?? new Uint8Array(), littleEndian).map(({ name, values }) => [trimmed(name), values.map(({ value }) => trimmed(value))]));
  const attributes = readVariableAttributes(decode(part(VARIABLE_ATTRIBUTES) ?? new Uint8Array()));

  const variables = owners.map(({ record, width, segments, level }, i): SavVariable => {
    const name = names[i];
    const temporal = temporals[i];
    const label = record.label && trimmed(record.label);
    const own = attributes.get(name);
    const missing = width === 0 ? numericMissing(record, (bytes) => (double(bytes) === lowest ? -Infinity : double(bytes) === highest ? Infinity : number(bytes, i))) : { codes: [], strings: longMissing.get(name) ?? record.missing.map(trimmed) };
    const info: VariableInfo = {
      name,
      valueLabels: valueLabels[i],
      missing,
      ...(label ? { label: bilingualLabel(label) } : {}),
      ...(level ? { level } : {}),
      ...(temporal ? { temporal } : {}),
      ...(width === 0 && !temporal ? { decimals: record.print & 255 } : {}),
      ...(own && own.size > 0 ? { attributes: own } : {})
    };
    return { name, width, segments, info, ...(temporal ? { temporal } : {}) };
  });

  const weight = weightIndex > 0 ? owners.findIndex(({ record }) => record.place === weightIndex - 1) : -1;
  const title = trimmed(fileLabel);
  const fileAttributes = [...readAttributes(decode(part(FILE_ATTRIBUTES) ?? new Uint8Array()))].map(([key, values]) => `${key}: ${values.join(', ')}`);
  const notes = [...(title === '' ? [] : [title]), ...records.documents.map(trimmed).filter((line) => line !== ''), ...fileAttributes];
  const sets = [SETS, SETS_19].flatMap((subtype) => readMultipleResponse(part(subtype) ?? new Uint8Array(), decode, longName));
  return { variables, elementCount: records.elementCount, sysmis, notes, multipleResponse: sets, weight: weight < 0 ? undefined : names[weight], warnings };
}

function numericMissing(record: VariableRecord, number: (bytes: Uint8Array) => number): MissingRule {
  const values = record.missing.map(number);
  if (record.missingKind >= 0) return { codes: values };
  return { codes: values.slice(2), range: { low: values[0], high: values[1] } };
}

/** Measurement levels by variable record: the extension holds two or three integers for each. */
function readLevels(records: SavRecords, littleEndian: boolean): readonly (MeasurementLevel | undefined)[] {
  const display = records.extensions.get(DISPLAY);
  const n = records.variables.length;
  if (!display || display.size !== 4 || (display.count !== 3 * n && display.count !== 2 * n)) return [];
  const view = new DataView(display.data.buffer, display.data.byteOffset, display.data.byteLength);
  const stride = display.count / n;
  return records.variables.map((_, i) => LEVELS[view.getInt32(4 * stride * i, littleEndian)]);
}
