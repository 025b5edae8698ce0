import type { Survey } from '../../survey.js';
import { ByteWriter, utf8Within } from '../byteWriter.js';
import { labelText, stored, type LabelLanguage, type OutlinedVariable } from './outline.js';
import { alloc, segmentsOf } from './segments.js';

export interface DictionaryOptions {
  readonly compressed: boolean;
  readonly labels: LabelLanguage;
  readonly rows: number;
  readonly created: Date;
}

const SYSMIS = -Number.MAX_VALUE;
const HIGHEST = Number.MAX_VALUE;
const LOWEST = -1.7976931348623155e308;
const FORMAT_A = 1;
const FORMAT_F = 5;
const FORMAT_OF: Readonly<Record<'date' | 'datetime' | 'time', readonly [type: number, width: number]>> = { date: [20, 11], datetime: [22, 20], time: [21, 11] };
const LEVELS = { nominal: 1, ordinal: 2, scale: 3 } as const;
/** Longest variable and value labels, in bytes. */
const LONGEST_LABEL = 255;
const LONGEST_VALUE_LABEL = 120;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LINE = 80;

/** Everything before the cases. @see PSPP Developers Guide, System File Format */
export function writeDictionary(writer: ByteWriter, survey: Survey, variables: readonly OutlinedVariable[], options: DictionaryOptions): void {
  const encoder = new TextEncoder();
  const elements = (width: number): number => (width === 0 ? 1 : Array.from({ length: segmentsOf(width) }, (_, k) => Math.ceil(alloc(width, k) / 8)).reduce((a, b) => a + b, 0));
  const places: number[] = [];
  let place = 1;
  for (const { width } of variables) {
    places.push(place);
    place += elements(width);
  }
  writeHeader(writer, survey, place - 1, options);
  for (const variable of variables) writeVariable(writer, variable, options.labels);
  variables.forEach((variable, i) => writeValueLabels(writer, variable, places[i], options.labels));
  writeDocument(writer, survey.codebook.notes);

  const extension = (subtype: number, size: number, data: Uint8Array): void => {
    writer.int32(7, subtype, size, data.length / size);
    writer.bytes(data);
  };
  const made = (fill: (part: ByteWriter) => void): Uint8Array => {
    const part = new ByteWriter();
    fill(part);
    return part.done();
  };
  extension(3, 4, made((part) => part.int32(1, 0, 0, -1, 1, 1, 2, 65001)));
  extension(4, 8, made((part) => part.float64(SYSMIS, HIGHEST, LOWEST)));
  const sets = multipleResponse(survey, variables);
  if (sets !== '') extension(7, 1, encoder.encode(sets));
  extension(11, 4, made((part) => {
    for (const { width, info } of variables) {
      for (let k = 0; k < segmentsOf(width); k++) part.int32(info.level ? LEVELS[info.level] : 0, width === 0 ? 8 : Math.min(32, Math.max(1, alloc(width, k))), width === 0 ? 1 : 0);
    }
  }));
  extension(13, 1, encoder.encode(variables.map(({ shorts, name }) => `${shorts[0]}=${name}`).join('\t')));
  const wide = variables.filter(({ width }) => width > 255);
  if (wide.length > 0) extension(14, 1, encoder.encode(wide.map(({ shorts, width }) => `${shorts[0]}=${String(width).padStart(5, '0')}\0\t`).join('')));
  extension(16, 8, made((part) => {
    part.int64(1);
    part.int64(options.rows);
  }));
  const attributes = variables.filter(({ info }) => info.attributes && info.attributes.size > 0);
  if (attributes.length > 0) {
    const text = attributes.map(({ name, info }) => `${name}:${[...(info.attributes ?? [])].map(([key, values]) => `${key}(${values.map((value) => `'${value}'\n`).join('')})`).join('')}`).join('/');
    extension(18, 1, encoder.encode(text));
  }
  extension(20, 1, encoder.encode('UTF-8'));
  const longLabels = made((part) => variables.forEach((variable) => writeLongLabels(part, variable, options.labels)));
  if (longLabels.length > 0) extension(21, 1, longLabels);
  const longMissing = made((part) => {
    for (const { width, strings, name } of variables) {
      if (width <= 8 || strings.length === 0) continue;
      const bytes = encoder.encode(name);
      part.int32(bytes.length);
      part.bytes(bytes);
      part.uint8(strings.length);
      part.int32(8);
      for (const word of strings) part.padded(word, 8);
    }
  });
  if (longMissing.length > 0) extension(22, 1, longMissing);
  writer.int32(999, 0);
}

function writeHeader(writer: ByteWriter, survey: Survey, elementCount: number, options: DictionaryOptions): void {
  const two = (n: number): string => String(n).padStart(2, '0');
  const { created } = options;
  writer.padded('$FL2@(#) SPSS DATA FILE - semlab', 64);
  writer.int32(2, elementCount, options.compressed ? 1 : 0, 0, options.rows);
  writer.float64(100);
  writer.padded(`${two(created.getUTCDate())} ${MONTHS[created.getUTCMonth()]} ${two(created.getUTCFullYear() % 100)}`, 9);
  writer.padded(`${two(created.getUTCHours())}:${two(created.getUTCMinutes())}:${two(created.getUTCSeconds())}`, 8);
  writer.padded(survey.name, 64);
  writer.padded('', 3);
}

function printFormat({ width, info, decimals }: OutlinedVariable, segment: number): number {
  if (width > 0) return (FORMAT_A << 16) | (alloc(width, segment) << 8);
  if (info.temporal) {
    const [type, shown] = FORMAT_OF[info.temporal];
    return (type << 16) | (shown << 8);
  }
  return (FORMAT_F << 16) | (8 << 8) | Math.min(decimals, 6);
}

function writeVariable(writer: ByteWriter, variable: OutlinedVariable, language: LabelLanguage): void {
  const { width, info, shorts, codes, range, strings, name } = variable;
  const label = info.label ? labelText(info.label, language) : name === info.name ? '' : info.name;
  for (let k = 0; k < segmentsOf(width); k++) {
    const print = printFormat(variable, k);
    const shortStrings = width > 0 && width <= 8 ? strings : [];
    const missing = width === 0 ? (range ? -2 - codes.length : codes.length) : shortStrings.length;
    writer.int32(2, width === 0 ? 0 : alloc(width, k), k === 0 && label !== '' ? 1 : 0, missing, print, print);
    writer.padded(shorts[k], 8);
    if (k === 0 && label !== '') {
      const bytes = utf8Within(label, LONGEST_LABEL);
      writer.int32(bytes.length);
      writer.bytes(bytes);
      writer.padded('', -bytes.length & 3);
    }
    if (width === 0) {
      if (range) writer.float64(range.low === -Infinity ? LOWEST : stored(range.low, info.temporal), range.high === Infinity ? HIGHEST : stored(range.high, info.temporal));
      for (const code of codes) writer.float64(stored(code, info.temporal));
    } else for (const word of shortStrings) writer.padded(word, 8);
    for (let extra = Math.ceil(alloc(width, k) / 8) - 1; width > 0 && extra > 0; extra--) {
      writer.int32(2, -1, 0, 0, (FORMAT_A << 16) | (29 << 8), (FORMAT_A << 16) | (29 << 8));
      writer.padded('', 8);
    }
  }
}

function writeValueLabels(writer: ByteWriter, { width, info }: OutlinedVariable, place: number, language: LabelLanguage): void {
  const labels = [...info.valueLabels].filter(([value]) => (typeof value === 'number') === (width === 0));
  if (labels.length === 0 || width > 8) return;
  writer.int32(3, labels.length);
  for (const [value, label] of labels) {
    if (typeof value === 'number') writer.float64(stored(value, info.temporal));
    else writer.padded(value, 8);
    const bytes = utf8Within(labelText(label, language), LONGEST_VALUE_LABEL);
    writer.uint8(bytes.length);
    writer.bytes(bytes);
    writer.padded('', -(bytes.length + 1) & 7);
  }
  writer.int32(4, 1, place);
}

function writeLongLabels(part: ByteWriter, { width, info, name }: OutlinedVariable, language: LabelLanguage): void {
  const labels = [...info.valueLabels].filter(([value]) => typeof value === 'string') as [string, { en: string; zh?: string }][];
  if (width <= 8 || labels.length === 0) return;
  const encoder = new TextEncoder();
  const bytes = encoder.encode(name);
  part.int32(bytes.length);
  part.bytes(bytes);
  part.int32(width, labels.length);
  for (const [value, label] of labels) {
    part.int32(width);
    part.padded(value, width);
    const text = utf8Within(labelText(label, language), LONGEST_VALUE_LABEL);
    part.int32(text.length);
    part.bytes(text);
  }
}

/** Notes as documentation, cut into lines of 80 bytes. */
function writeDocument(writer: ByteWriter, notes: readonly string[]): void {
  const decoder = new TextDecoder();
  const lines: string[] = [];
  for (const note of notes) {
    for (let rest = note.replace(/[\r\n]+/g, ' '); rest !== ''; ) {
      const line = decoder.decode(utf8Within(rest, LINE));
      lines.push(line);
      rest = rest.slice(line.length);
    }
  }
  if (lines.length === 0) return;
  writer.int32(6, lines.length);
  for (const line of lines) writer.padded(line, LINE);
}

function multipleResponse(survey: Survey, variables: readonly OutlinedVariable[]): string {
  const shorts = new Map(variables.map(({ info, shorts: [short] }) => [info.name, short.toLowerCase()]));
  const bytes = (text: string): number => new TextEncoder().encode(text).length;
  return (survey.codebook.multipleResponse ?? [])
    .filter(({ items }) => items.every((item) => shorts.has(item)))
    .map(({ name, label, items, countedValue }) => {
      const value = countedValue === undefined ? '' : String(countedValue);
      const kind = countedValue === undefined ? 'C' : `D${bytes(value)} ${value}`;
      const text = label?.en ?? '';
      return `$${name.replace(/[^\p{L}\p{N}_]/gu, '_')}=${kind} ${bytes(text)} ${text} ${items.map((item) => shorts.get(item)).join(' ')}\n`;
    })
    .join('');
}
