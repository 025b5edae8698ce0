import { mixedColumn } from '../mixedColumn.js';
import { printedNumbers, type PrintedNumbersOptions } from '../printedNumbers.js';
import { fail, warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Arrival } from '../../arrival.js';
import type { RawColumn, RawSurvey } from '../../rawSurvey.js';
import type { VariableInfo } from '../../codebook.js';
import { toUtf8, type Utf8Text } from '../../text/encoding.js';
import { mergeVariable, plainVariable } from '../../variableInfo.js';
import { distinctNames } from '../columnNames.js';
import { HEAD_RECORDS, planHeader } from '../platforms/plainHeader.js';
import { finishPlatform } from '../platforms/finishPlatform.js';
import type { WenjuanxingTokens } from '../platforms/wenjuanxing.js';
import { guessDialect, NEWLINE, RETURN, type DialectOptions } from './dialect.js';
import { readRecords } from './records.js';
import { NUMERIC, SKIP, TEXT } from './cells.js';
import { scan } from './scan.js';
import { TEXT_SAMPLE, textStream, WholeTextNeeded, type TextStream } from './textStream.js';
import { toNumber } from './toNumber.js';
import { isPartedBySpaces, partedByTabs } from './whitespace.js';

export interface CsvOptions extends DialectOptions, PrintedNumbersOptions {
  readonly encoding?: string;
  /** `false`: the first record holds data. */
  readonly header?: boolean;
  /** Words that mean "no answer", besides the empty field. */
  readonly missing?: readonly string[];
  readonly wenjuanxing?: WenjuanxingTokens;
}

export interface ReadCsv extends RawSurvey {
  readonly platform: string;
}

/** What SPSS, R, pandas, Excel and databases write for "nothing". */
export const MISSING_WORDS: readonly string[] = ['NA', 'N/A', '#N/A', 'NaN', 'nan', 'NULL', 'null', '#NULL!', '.'];

/** Records whose fields decide the first guess of a column's type. */
const TYPE_SAMPLE = 100;

/**
 * Comma-, tab-, semicolon- or bar-separated text into typed columns. A column
 * is numeric when every field is a number or missing.
 *
 * @throws SurveyError `csv-open-quote`, `csv-extra-field`, `csv-ragged`, `unknown-encoding`, `empty-file`
 */
export async function readCsv(input: Uint8Array, options: CsvOptions = {}, arrival?: Arrival): Promise<ReadCsv> {
  const stream = arrival && textStream(arrival, options.encoding);
  if (stream) {
    try {
      return await readText(stream.head, { encoding: 'utf-8', warnings: [] }, options, stream);
    } catch (cause) {
      if (!(cause instanceof WholeTextNeeded || cause instanceof PartedBySpaces)) throw cause;
    }
  }
  const { bytes, ...said } = toUtf8(arrival ? await arrival.whole() : input, options.encoding);
  if (bytes.length === 0) fail('empty-file', 'the file is empty');
  if (bytes.subarray(0, TEXT_SAMPLE).includes(0)) fail('not-text', 'the file holds zero bytes, so it is no text file', { help: 'name its format, or export it again as CSV' });
  const text = endingRecord(bytes);
  try {
    return await readText(text, said, options);
  } catch (cause) {
    if (!(cause instanceof PartedBySpaces)) throw cause;
  }
  const parted = endingRecord(partedByTabs(text));
  const warnings = options.delimiter === WHITESPACE ? [] : [warning('whitespace-delimited', 'fields are parted by spaces', { zh: '字段以空格分隔', help: 'say `delimiter: "whitespace"`, or name the delimiter', helpZh: '可指明 `delimiter: "whitespace"` 或其他分隔符' })];
  return readText(parted, { ...said, warnings: [...said.warnings, ...warnings] }, { ...options, delimiter: '\t' });
}

/** Name of the delimiter that is any run of spaces and tabs. */
const WHITESPACE = 'whitespace';

/** The text has to be parted otherwise first, for which all of it is needed. */
class PartedBySpaces extends Error {}

/**
 * @param bytes the text, or its first lines
 * @param stream of the whole text
 */
async function readText(bytes: Uint8Array, { encoding, warnings }: Omit<Utf8Text, 'bytes'>, options: CsvOptions, stream?: TextStream): Promise<ReadCsv> {
  const named = delimiterLine(bytes);
  const table = bytes.subarray(named?.bytes ?? 0);
  if (options.delimiter === WHITESPACE) throw new PartedBySpaces();
  const dialect = guessDialect(table, named ? { delimiter: named.delimiter, ...options } : options);
  const missing = new Set(['', ...(options.missing ?? MISSING_WORDS)]);
  if (dialect.guessed === 'nothing' && isPartedBySpaces(table, missing)) throw new PartedBySpaces();
  const opening = readRecords(table, 0, dialect.delimiter, HEAD_RECORDS);
  const plan = planHeader(opening.records, options);
  const { names, warnings: renamed } = distinctNames(withoutTrailingEmpty(plan.names, opening.records[plan.skip]));
  const noAnswer = new Set([...missing, ...(plan.noAnswer?.strings ?? [])]);
  const start = (named?.bytes ?? 0) + (plan.skip === 0 ? 0 : opening.ends[plan.skip - 1]);
  const line = (named ? 1 : 0) + (plan.skip === 0 ? 1 : opening.lines[plan.skip - 1] + 1);
  const sample = readRecords(bytes, start, dialect.delimiter, TYPE_SAMPLE).records;
  const kinds = Uint8Array.from(names, (_, j) => (sample.every((record) => toNumber((record[j] ?? '').trim(), dialect.decimal, missing) !== undefined) ? NUMERIC : TEXT));
  const scanPlan = { bytes, start, line, dialect, missing };
  const first = await scan({ ...scanPlan, kinds }, { stream });
  // Columns that turned out to hold words are read once more, as words.
  const again = first.strays.size > 0 ? await scan({ ...scanPlan, kinds: Uint8Array.from(names, (_, j) => (first.strays.has(j) ? TEXT : SKIP)) }, { stream }) : undefined;
  const said: Diagnostic[] = [...warnings, ...(plan.warnings ?? []), ...renamed];
  if (options.decimal === undefined && dialect.decimal === DECIMAL_COMMA) said.push(...doubtfulComma(sample));
  const decimal = dialect.decimal === DECIMAL_COMMA ? ',' : '.';
  if (first.short.count > 0) {
    said.push(warning('csv-short-record', `${first.short.count} ${first.short.count === 1 ? 'record has' : 'records have'} fewer fields than the header, the first in line ${first.short.firstLine}; the rest is read as missing`, { zh: `${first.short.count} 条记录的字段数少于表头（首次出现在第 ${first.short.firstLine} 行），其余按缺失读入` }));
  }
  if (first.oddQuotes.count > 0) said.push(warning('csv-odd-quote', `text follows a closing quote in ${first.oddQuotes.count} fields, the first in line ${first.oddQuotes.firstLine}`, { zh: `${first.oddQuotes.count} 个字段的结束引号后还有文字（首次出现在第 ${first.oddQuotes.firstLine} 行）` }));
  const columns = names.map((name, j): RawColumn => {
    const values = first.numbers[j];
    if (values) return { name, type: 'numeric', values };
    const words = first.texts[j] ?? again?.texts[j] ?? [];
    const printed = printedNumbers({ name, type: 'string', values: words }, decimal, options.printedNumbers);
    if (printed) {
      said.push(...printed.warnings);
      return printed.column;
    }
    const stray = first.strays.get(j);
    if (stray) {
      const isNumber = words.filter((word) => word !== null).map((word) => toNumber(word.trim(), dialect.decimal, noAnswer) !== undefined);
      said.push(...mixedColumn(name, isNumber, () => ({ text: stray.text, place: `line ${stray.line}, field ${j + 1}` })));
    }
    return { name, type: 'string', values: words };
  });
  const variables = new Map<string, VariableInfo>();
  names.forEach((name, j) => {
    const label = plan.labels[j];
    if (label) variables.set(name, mergeVariable(plainVariable(name), { label }));
  });
  const notes = [...plan.notes, ...(dialect.decimal === DECIMAL_COMMA ? ['numbers are written with a decimal comma'] : [])];
  return { platform: plan.platform, ...finishPlatform(plan.platform, { rowCount: first.rowCount, columns, variables, notes, warnings: said, encoding, ...(plan.noAnswer ? { noAnswer: plan.noAnswer } : {}) }, options.wenjuanxing) };
}

const DECIMAL_COMMA = 44;

/** With three digits behind every comma, the comma may part thousands. */
function doubtfulComma(sample: readonly (readonly string[])[]): readonly Diagnostic[] {
  const fields = sample.flat().map((field) => field.trim()).filter((field) => /^[-+]?\d*,\d+$/.test(field));
  if (fields.length === 0 || !fields.every((field) => /^[-+]?[1-9]\d{0,2},\d{3}$/.test(field))) return [];
  const [example] = fields;
  return [warning('doubtful-comma', `\`${example}\` was read with a decimal comma, as ${Number(example.replace(',', '.'))}; every comma has three digits behind it and may part thousands`, { zh: `\`${example}\` 按小数逗号读作 ${Number(example.replace(',', '.'))}；所有逗号后均为三位数字，也可能是千位分隔符`, help: 'say `decimal: ","` or `decimal: "."`', helpZh: '请指明 `decimal: ","` 或 `decimal: "."`' })];
}

/** Spreadsheets put `sep=;` above a table to name its delimiter. */
function delimiterLine(head: Uint8Array): { readonly delimiter: string; readonly bytes: number } | undefined {
  const match = /^"?sep=([\t ,;|])"?(?:\r\n|\n|\r)/i.exec(String.fromCharCode(...head.subarray(0, 12)));
  return match ? { delimiter: match[1], bytes: match[0].length } : undefined;
}

/** The scan relies on a last line end. */
function endingRecord(bytes: Uint8Array): Uint8Array {
  const last = bytes[bytes.length - 1];
  if (last === NEWLINE || last === RETURN) return bytes;
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = NEWLINE;
  return longer;
}

/** Spreadsheets leave empty columns at the right end: dropped when heading and first record are empty there. */
function withoutTrailingEmpty(names: readonly string[], firstRecord: readonly string[] | undefined): readonly string[] {
  let width = names.length;
  while (width > 1 && names[width - 1].trim() === '' && (firstRecord?.[width - 1] ?? '') === '') width--;
  return names.slice(0, width);
}
