import { fail } from '../shared/diagnostic.js';
import { didYouMean } from '../shared/suggest.js';
import type { Arrival } from './arrival.js';
import { buildSurvey } from './buildSurvey.js';
import type { RawSurvey } from './rawSurvey.js';
import type { Codebook } from './codebook.js';
import { parseCodebook } from './codebookText/parseCodebook.js';
import { readCsv, type CsvOptions } from './formats/csv/readCsv.js';
import { readDta } from './formats/dta/readDta.js';
import { readJson } from './formats/readJson.js';
import { readSav } from './formats/sav/readSav.js';
import { foreignFormat, formatOfBytes, formatOfName, SURVEY_FORMATS, type SurveyFormat } from './formats/sniff.js';
import type { Survey } from './survey.js';
import { sha256 } from './text/sha256.js';

export interface ReadOptions extends CsvOptions {
  /** File name: shown in messages, and its ending decides between text formats. */
  readonly name?: string;
  /** Adds to, and overrides, what the file says of its variables; text is parsed as by `parseCodebook`. */
  readonly codebook?: Codebook | string;
  readonly format?: SurveyFormat;
  /** Of a workbook: name, or place counted from 1. */
  readonly sheet?: string | number;
  /** Limit for packed files (.zsav, .xlsx): how many bytes they may unfold to. */
  readonly maxUnpackedBytes?: number;
}

const KNOWN_OPTIONS: readonly string[] = ['name', 'codebook', 'format', 'encoding', 'delimiter', 'decimal', 'header', 'missing', 'printedNumbers', 'wenjuanxing', 'sheet', 'maxUnpackedBytes'];

/**
 * A survey from the bytes of a file. The format is told by the bytes, else by
 * the name's ending, else it is text.
 *
 * @throws SurveyError for files that are damaged, of another format, or do not match the codebook
 */
export async function readSurvey(bytes: Uint8Array, options: ReadOptions = {}): Promise<Survey> {
  return readArriving(bytes, options);
}

/**
 * As `readSurvey`, also for a file that is read when its bytes are wanted.
 *
 * @param bytes of the file, the first of them when there is an `arrival`
 */
export async function readArriving(bytes: Uint8Array, options: ReadOptions, arrival?: Arrival): Promise<Survey> {
  for (const key of Object.keys(options)) {
    if (KNOWN_OPTIONS.includes(key)) continue;
    const help = didYouMean(key, KNOWN_OPTIONS);
    fail('unknown-option', `\`${key}\` is not an option for reading a survey`, help === undefined ? {} : { help });
  }
  if (!(bytes instanceof Uint8Array)) fail('bad-input', 'the bytes of a file were expected, as a Uint8Array');
  const file = options.name ?? 'survey';
  if (bytes.length === 0) fail('empty-file', `\`${file}\` is empty`);
  if (options.format !== undefined && !SURVEY_FORMATS.includes(options.format)) {
    fail('unknown-format', `\`${String(options.format)}\` is not a format that can be read`, { help: `use one of ${SURVEY_FORMATS.join(', ')}` });
  }
  const foreign = options.format === undefined ? foreignFormat(bytes) : undefined;
  if (foreign) fail('wrong-format', `\`${file}\` is ${foreign.what}, which cannot be read`, { help: foreign.help });
  const format = options.format ?? formatOfBytes(bytes) ?? formatOfName(file) ?? 'csv';
  // Started first: where hashing is asynchronous it runs beside the reading.
  const hashing = arrival ? undefined : sha256(bytes);
  const raw = await readFormat(format, arrival && format !== 'csv' ? await arrival.whole() : bytes, options, arrival);
  const hash = arrival ? arrival.hash() : await hashing;
  const name = file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || 'survey';
  const source = { name: file, format: raw.platform, ...(raw.encoding ? { encoding: raw.encoding } : {}), ...(hash ? { sha256: hash } : {}) };
  const codebook = typeof options.codebook === 'string' ? parseCodebook(options.codebook) : options.codebook;
  return buildSurvey(name, raw, source, codebook);
}

async function readFormat(format: SurveyFormat, bytes: Uint8Array, options: ReadOptions, arrival?: Arrival): Promise<RawSurvey & { readonly platform: string }> {
  switch (format) {
    case 'csv':
      return readCsv(bytes, options, arrival);
    case 'sav':
      return readSav(bytes, options);
    case 'dta':
      return readDta(bytes, options);
    case 'excel':
      // The code that reads workbooks is larger than the rest of the library.
      return (await import('./formats/readExcel.js')).readExcel(bytes, options);
    case 'json':
      return readJson(bytes, options);
  }
}
