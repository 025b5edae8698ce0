import type { Survey } from '../../../../src/survey/survey.js';
import { readSurvey, type ReadOptions } from '../../../../src/survey/readSurvey.js';
import { writeCsv, type WriteCsvOptions } from '../../../../src/survey/formats/csv/writeCsv.js';
import { writeSav, type WriteSavOptions } from '../../../../src/survey/formats/sav/writeSav.js';
import { writeXlsx, type WriteXlsxOptions } from '../../../../src/survey/formats/writeXlsx.js';
import { screen } from '../../../../src/statistics/screening/screen.js';
import { jobCodebook, jobObject, type JobCommand, type JobIo } from '../jobCommand.js';
import { invalid, optionFlags, requiredName, warningsAnswer } from './analysisJob.js';

type Options = Readonly<Record<string, unknown>>;

interface Writer {
  /** Options that it knows; another is an error, since it would be ignored. */
  readonly options: readonly string[];
  write(survey: Survey, options: Options): Uint8Array | Promise<Uint8Array>;
}

const WRITERS: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  ['csv', { options: ['delimiter', 'answers', 'missingCodes', 'validOnly', 'byteOrderMark'], write: (survey, options) => writeCsv(survey, options as WriteCsvOptions) }],
  ['tsv', { options: ['answers', 'missingCodes', 'validOnly', 'byteOrderMark'], write: (survey, options) => writeCsv(survey, { ...(options as WriteCsvOptions), delimiter: '\t' }) }],
  ['sav', { options: ['compress', 'labels', 'validOnly'], write: (survey, options) => writeSav(survey, options as WriteSavOptions) }],
  ['xlsx', { options: ['answers', 'missingCodes', 'validOnly', 'codebook'], write: (survey, options) => writeXlsx(survey, options as WriteXlsxOptions) }]
]);

function objectOf(parts: Options, key: string): Options {
  const value = parts[key] ?? {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Options) : invalid(`\`${key}\` is an object`);
}

async function convert(job: unknown, io: JobIo): Promise<object> {
  const parts = jobObject(job, ['dataFile', 'to', 'read', 'options']);
  const from = requiredPath(parts, 'dataFile');
  const to = requiredPath(parts, 'to');
  const ending = /\.([^./\\]+)$/.exec(to)?.[1].toLowerCase() ?? '';
  const writer = WRITERS.get(ending) ?? invalid(`\`${to}\` names no format that can be written`, `end it with one of ${[...WRITERS.keys()].map((each) => `.${each}`).join(', ')}`);
  const options = objectOf(parts, 'options');
  for (const key of Object.keys(options)) if (!writer.options.includes(key)) invalid(`\`${key}\` is not an option of .${ending} files`, `known are ${writer.options.join(', ')}`);
  const codebook = await jobCodebook(parts, io);
  const survey = await readSurvey(await io.readFile(from), { name: from.replace(/^.*[\\/]/, ''), ...(objectOf(parts, 'read') as ReadOptions), ...(codebook ? { codebook } : {}) });
  const screened = survey.codebook.screening ? screen(survey) : survey;
  io.surveyed?.(screened);
  if (!io.writeFile) invalid('no file can be written here');
  const bytes = await writer.write(screened, options);
  await io.writeFile(to, bytes);
  return { from, format: survey.source.format, to, rows: options.validOnly === true ? screened.validCount : screened.rowCount, columns: screened.columns.length, bytes: bytes.length, warnings: warningsAnswer(survey.warnings) };
}

function requiredPath(parts: Options, key: string): string {
  return parts[key] === undefined ? invalid(`\`${key}\` is missing: the path of a file`) : requiredName(parts, key);
}

/** `semlab convert IN OUT`: a survey file in another format. */
export const command: JobCommand = {
  name: 'convert',
  summary: 'a survey file in another format: .sav, .csv, .tsv, .xlsx',
  flags: [
    { flag: 'data', value: 'FILE', summary: 'file to read (also as the first plain argument)' },
    { flag: 'to', value: 'FILE', summary: 'file to write, its ending tells the format (also as the second)' },
    { flag: 'encoding', value: 'NAME', summary: 'encoding of the text that is read, when it is not found rightly' },
    { flag: 'delimiter', value: 'MARK', summary: 'mark between the fields of the text that is read' },
    { flag: 'sheet', value: 'NAME', summary: 'sheet of the workbook that is read' },
    { flag: 'answers', value: 'FORM', summary: 'values (default) or labels' },
    { flag: 'valid-only', summary: 'only rows that passed the codebook’s screening' }
  ],
  shapes: `Job (JSON):
  {"dataFile": "FILE", "to": "FILE", "read": {"encoding", "delimiter", "decimal", "header", "sheet", "missing", …},
   "options": {"answers": "values|labels", "missingCodes": "keep|empty", "validOnly": false, "delimiter", "byteOrderMark",
               "compress": "byte|none", "labels": "en|zh|both", "codebook": true}}

Answer:
  {"from", "format", "to", "rows", "columns", "bytes", "warnings": [{"code", "message"}]}`,
  jobOf: (flags) => ({
    dataFile: flags.text('data') ?? flags.words[0],
    to: flags.text('to') ?? flags.words[flags.has('data') ? 0 : 1],
    read: optionFlags(flags, ['encoding', 'delimiter', 'sheet']),
    options: { ...optionFlags(flags, ['answers']), ...(flags.has('valid-only') ? { validOnly: true } : {}) }
  }),
  run: convert
};
