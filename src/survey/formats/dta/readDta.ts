import { decoderOf } from '../../text/decoder.js';
import { bilingualLabel } from '../../text/bilingualLabel.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { RawColumn, RawSurvey } from '../../rawSurvey.js';
import type { VariableInfo } from '../../codebook.js';
import { detectEncoding } from '../../text/encoding.js';
import { TextPool } from '../../text/textPool.js';
import { mergeVariable, plainVariable } from '../../variableInfo.js';
import { ByteCursor } from '../byteCursor.js';
import { distinctNames } from '../columnNames.js';
import { readCells, readLongStrings, resolveLongStrings } from './cells.js';
import { expectTag, readDictionary, type DtaDictionary } from './dictionary.js';
import { readValueLabels } from './valueLabels.js';

export interface DtaOptions {
  /** Overrides UTF-8 (release 118 and newer) or the guess (older ones do not say). */
  readonly encoding?: string;
}

/** Days from 1960-01-01 to 1970-01-01. */
const EPOCH_DAYS = 3653;
const DAY = 86_400_000;

/**
 * Stata data files, releases 113 to 119 (Stata 8 to 18): both byte orders,
 * labels, tagged missing values `.a` … `.z` kept as reasons, long strings.
 *
 * @throws SurveyError `wrong-format`, `truncated-file`, `damaged-file`
 * @see Stata, help dta
 */
export function readDta(bytes: Uint8Array, options: DtaOptions = {}): RawSurvey & { readonly platform: string } {
  const cursor = new ByteCursor(bytes, 'Stata');
  const start = String.fromCharCode(...bytes.subarray(0, 11));
  if (!start.startsWith('<stata_dta>') && !(bytes[0] > 100 && bytes[0] < 120 && bytes[2] === 1)) {
    fail('wrong-format', `this is not a Stata file: it starts with \`${start.slice(0, 4).replace(/[^ -~]/g, '·')}\``, { help: 'name its format, or export it again' });
  }
  const dictionary = readDictionary(cursor);
  const { encoding, warnings: said } = encodingOf(dictionary, options.encoding);
  const warnings: Diagnostic[] = [...said];
  const decoder = decoderOf(encoding);
  const decode = (part: Uint8Array): string => decoder.decode(part);
  const { columns, references } = readCells(cursor, dictionary, new TextPool(encoding));
  let longStrings: ReadonlyMap<string, string> = new Map();
  if (dictionary.layout.release >= 117) {
    expectTag(cursor, '</data>');
    longStrings = readLongStrings(cursor, dictionary, decode);
  }
  const tables = readValueLabels(cursor, dictionary.layout, decode);
  const { names, warnings: renamed } = distinctNames(dictionary.names.map(decode));
  warnings.push(...renamed);
  const variables = new Map<string, VariableInfo>();
  const raw = names.map((name, j): RawColumn => {
    const { values, tags } = columns[j];
    const column = references.get(j);
    const words = column ? resolveLongStrings(cursor, dictionary, column, longStrings) : values;
    const temporal = temporalOf(decode(dictionary.formats[j]));
    const label = decode(dictionary.labels[j]);
    const table = tables.get(decode(dictionary.labelTables[j]));
    variables.set(name, mergeVariable(plainVariable(name), { ...(label === '' ? {} : { label: bilingualLabel(label) }), ...(table ? { valueLabels: table } : {}), ...(temporal && values instanceof Float64Array ? { temporal: temporal.kind } : {}) }));
    if (!(words instanceof Float64Array)) return { name, type: 'string', values: words };
    if (temporal) for (let i = 0; i < words.length; i++) words[i] = temporal.milliseconds(words[i]);
    return { name, type: 'numeric', values: words, ...(tags.size > 0 ? { tags } : {}) };
  });
  const stray = raw.reduce((sum, column) => sum + (column.type === 'string' ? column.values.filter((word) => word?.includes('\uFFFD')).length : 0), 0);
  if (stray > 0) warnings.push(warning('stray-bytes', `${stray} words do not decode as ${encoding}`, { zh: `${stray} 处文字无法按 ${encoding} 解码`, help: 'give another `encoding`, for example `gb18030`', helpZh: '指定其他 `encoding`，例如 `gb18030`' }));
  const dataLabel = decode(dictionary.dataLabel);
  return { platform: 'dta', rowCount: dictionary.rowCount, columns: raw, variables, notes: dataLabel === '' ? [] : [dataLabel], warnings, encoding };
}

/** Display formats of moments. Weeks, months, quarters and years stay numbers, as in haven. */
function temporalOf(format: string): { readonly kind: 'date' | 'datetime'; readonly milliseconds: (x: number) => number } | undefined {
  const plain = format.replace(/^%-?/, '%');
  if (/^%(td|d)/.test(plain)) return { kind: 'date', milliseconds: (days) => (days - EPOCH_DAYS) * DAY };
  if (/^%t[cC]/.test(plain)) return { kind: 'datetime', milliseconds: (x) => x - EPOCH_DAYS * DAY };
  return undefined;
}

function encodingOf(dictionary: DtaDictionary, wanted: string | undefined): { readonly encoding: string; readonly warnings: readonly Diagnostic[] } {
  if (wanted !== undefined) return detectEncoding(new Uint8Array(), wanted);
  if (dictionary.layout.release >= 118) return { encoding: 'utf-8', warnings: [] };
  const parts = [...dictionary.names, ...dictionary.labels, dictionary.dataLabel];
  const text = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 0)).fill(10);
  let offset = 0;
  for (const part of parts) {
    text.set(part, offset);
    offset += part.length + 1;
  }
  const guess = detectEncoding(text);
  // Plain ASCII says nothing: Stata before 14 wrote the code page of its machine, most often this one.
  return text.every((byte) => byte < 128) ? { encoding: 'windows-1252', warnings: [] } : guess;
}
