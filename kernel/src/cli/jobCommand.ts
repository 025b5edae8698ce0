/**
 * The frame of the statistics commands: human flags or JSON jobs in, one
 * answer per job out, in order; a job that fails answers with an error and the
 * next one still runs.
 */
import { type Diagnostic, positionAt, SurveyError } from '../../../src/shared/diagnostic.js';
import { didYouMean } from '../../../src/shared/suggest.js';
import { tableToText } from '../../../src/report/tables/tableToText.js';
import { screen } from '../../../src/statistics/screening/screen.js';
import type { Codebook } from '../../../src/survey/codebook.js';
import type { Screening, Survey } from '../../../src/survey/survey.js';
import { screeningTable } from '../../../src/survey/surveyTables.js';
import { surveyFromColumns, type ColumnInput } from '../../../src/survey/surveyFromColumns.js';
import { JobLines } from './jobLines.js';
import { parseFlags, type Flags, type FlagSpec } from './flags.js';

/** What a job may use of the outside world. */
export interface JobIo {
  readFile(path: string): Promise<Uint8Array>;
  /** Absent where a job has nothing to write to. */
  writeFile?(path: string, bytes: Uint8Array): Promise<void>;
  /** Milliseconds, monotonic. */
  now(): number;
  /** Hears which data the job is about, so that its answer can say which rows were left out. */
  readonly surveyed?: (survey: Survey) => void;
}

export interface JobCommand {
  readonly name: string;
  readonly summary: string;
  /** The JSON shapes of job and answer, shown by `--help`. */
  readonly shapes: string;
  readonly flags: readonly FlagSpec[];
  /** The job that human flags stand for. */
  jobOf(flags: Flags, io: JobIo): Promise<unknown> | unknown;
  /** Answers one job; throws a SurveyError for a job that cannot be done. */
  run(job: unknown, io: JobIo): Promise<unknown> | unknown;
  /** The answer for people; without it the JSON is indented. */
  print?(job: unknown, io: JobIo): Promise<string> | string;
}

/** A job's answer when it failed. */
export interface JobError {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
    readonly help?: string;
    /** The other problems of the same job. */
    readonly more?: readonly Omit<JobError['error'], 'more'>[];
  };
}

/** Answers one job given as a value. Never throws. */
export async function answerJob(command: JobCommand, job: unknown, io: JobIo): Promise<{ readonly answer: unknown; readonly failed: boolean }> {
  try {
    const { io: watched, screened } = watching(io);
    const answer = await command.run(job, watched);
    const survey = screened();
    return { answer: survey?.screening && typeof answer === 'object' ? { ...answer, screening: screeningAnswer(survey.screening) } : answer, failed: false };
  } catch (error) {
    return { answer: jobError(error), failed: true };
  }
}

function watching(io: JobIo): { readonly io: JobIo; readonly screened: () => Survey | undefined } {
  let survey: Survey | undefined;
  const watched: JobIo = {
    readFile: (path) => io.readFile(path),
    ...(io.writeFile ? { writeFile: io.writeFile.bind(io) } : {}),
    now: () => io.now(),
    surveyed: (seen) => (survey = seen)
  };
  return { io: watched, screened: () => (survey?.screening ? survey : undefined) };
}

function screeningAnswer({ sent, returned, valid, steps }: Screening): object {
  return { ...(sent === undefined ? {} : { sent }), returned, valid, steps: steps.map(({ rule, excluded, remaining }) => ({ rule, excluded, remaining })) };
}

/** Runs JSON Lines (or one JSON object over several lines); returns how many jobs failed. */
export async function runJobs(command: JobCommand, lines: AsyncIterable<string> | Iterable<string>, write: (line: string) => void, io: JobIo): Promise<number> {
  const reader = new JobLines();
  let failed = 0;
  const answer = async (parsed: ReturnType<JobLines['push']>): Promise<void> => {
    for (const each of parsed) {
      const result = 'problem' in each ? { answer: jobError(each.problem), failed: true } : await answerJob(command, each.job, io);
      if (result.failed) failed++;
      write(JSON.stringify(result.answer));
    }
  };
  for await (const line of lines) await answer(reader.push(line));
  await answer(reader.end());
  return failed;
}

export function jobError(error: unknown): JobError {
  if (!(error instanceof SurveyError)) {
    return { error: { code: 'internal', message: error instanceof Error ? error.message : String(error), help: 'this is a fault of the program, please report it with the job' } };
  }
  const told = error.diagnostics.map((diagnostic) => told1(diagnostic, error.source?.text));
  const [first, ...more] = told;
  return { error: { ...first, ...(more.length > 0 ? { more } : {}) } };
}

function told1({ code, message, span, help }: Diagnostic, text: string | undefined): Omit<JobError['error'], 'more'> {
  const place = span && text !== undefined ? positionAt(text, span.start) : undefined;
  return { code, message, ...(place ? { line: place.line, column: place.column } : {}), ...(help ? { help } : {}) };
}

/** The streams of a process, so that a command can be tested without one. */
export interface CommandHost extends JobIo {
  lines(path: string): AsyncIterable<string> | Iterable<string>;
  write(text: string): void;
  writeError(text: string): void;
}

/**
 * `semlab COMMAND …`: `--help`, `--job FILE` (`-` is standard input), or flags.
 * Returns the exit code: 0, 1 when a job failed, 2 for flags that make no sense.
 */
export async function runCommand(command: JobCommand, argv: readonly string[], host: CommandHost): Promise<number> {
  if (argv.includes('--help') || argv.includes('-h')) {
    host.write(helpText(command));
    return 0;
  }
  let flags: Flags;
  try {
    flags = parseFlags(argv, [...command.flags, ...CODEBOOK_FLAGS]);
  } catch (error) {
    host.writeError(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
  const file = flags.text('job');
  if (file !== undefined) return (await runJobs(command, host.lines(file), (line) => host.write(`${line}\n`), host)) > 0 ? 1 : 0;
  try {
    const codebookFile = flags.text('codebook');
    const asked = (await command.jobOf(flags, host)) as object;
    const job = codebookFile === undefined ? asked : { ...asked, codebookFile };
    if (flags.has('json')) {
      const { answer, failed } = await answerJob(command, job, host);
      host.write(`${JSON.stringify(answer)}\n`);
      return failed ? 1 : 0;
    }
    if (!command.print) host.write(`${JSON.stringify(await command.run(job, host), null, 2)}\n`);
    else {
      const { io, screened } = watching(host);
      const text = await command.print(job, io);
      const survey = screened();
      host.write(`${[...(survey ? [tableToText(screeningTable(survey))] : []), text.trimEnd()].join('\n\n')}\n`);
    }
    return 0;
  } catch (error) {
    host.writeError(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

export function helpText({ name, summary, flags, shapes }: JobCommand): string {
  const all = [...flags, ...CODEBOOK_FLAGS, ...COMMON_FLAGS];
  const width = Math.max(...all.map(({ flag, value }) => flag.length + (value ? value.length + 1 : 0))) + 4;
  const lines = all.map(({ flag, value, summary: what }) => `  ${`--${flag}${value ? ` ${value}` : ''}`.padEnd(width)}${what}`);
  return `semlab ${name}: ${summary}\n\n${lines.join('\n')}\n\n${shapes.trim()}\n\n${CODEBOOK_SHAPE}\n`;
}

/** How every command is told about its data. */
const CODEBOOK_FLAGS: readonly FlagSpec[] = [{ flag: 'codebook', value: 'FILE', summary: 'codebook (YAML or JSON): labels, missing codes, reversed items, constructs, screening rules' }];
const CODEBOOK_KEYS: readonly string[] = ['codebook', 'codebookFile'];
const CODEBOOK_SHAPE = `Every job with data may have "codebook": {"variables": {"a": {"missing": 9, "reverse": true, "range": "1-5"}}, …} or
"codebookFile": "FILE". Rows that its screening rules exclude are left out; the answer then has
"screening": {"returned", "valid", "steps": [{"rule", "excluded", "remaining"}]}.`;

/** Flags of every command. */
export const COMMON_FLAGS: readonly FlagSpec[] = [
  { flag: 'job', value: 'FILE', summary: 'one JSON job, or one job a line (JSON Lines); - is standard input' },
  { flag: 'json', summary: 'answer one JSON line instead of text' },
  { flag: 'help', summary: 'this text' }
];

/** Checks that a job is an object whose keys are known. */
export function jobObject(job: unknown, keys: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof job !== 'object' || job === null || Array.isArray(job)) throw new SurveyError({ severity: 'error', code: 'invalid-job', message: 'a job is a JSON object', help: `its keys are ${keys.join(', ')}` });
  const unknown = Object.keys(job).filter((key) => !keys.includes(key) && !(CODEBOOK_KEYS.includes(key) && keys.includes('dataFile')));
  if (unknown.length > 0)
    throw new SurveyError(unknown.map((key) => ({ severity: 'error' as const, code: 'unknown-key', message: `\`${key}\` is not a key of this job`, help: didYouMean(key, keys) ?? `keys are ${keys.join(', ')}` })));
  return job as Readonly<Record<string, unknown>>;
}

/** The data of a job: a file's path, or columns; with a codebook, if it has one, and screened by its rules. */
export async function jobSurvey(job: Readonly<Record<string, unknown>>, io: JobIo): Promise<Survey> {
  const codebook = await jobCodebook(job, io);
  const survey = await unscreened(job, io, codebook ? { codebook } : {});
  const screened = survey.codebook.screening ? screen(survey) : survey;
  io.surveyed?.(screened);
  return screened;
}

/** The codebook that a job brings or names. */
export async function jobCodebook({ codebook, codebookFile }: Readonly<Record<string, unknown>>, io: JobIo): Promise<Codebook | undefined> {
  if (codebookFile !== undefined && typeof codebookFile !== 'string') throw new SurveyError({ severity: 'error', code: 'invalid-job', message: '`codebookFile` is the path of a codebook' });
  if ((codebookFile ?? codebook ?? undefined) === undefined) return undefined;
  const { parseCodebook } = await import('../../../src/survey/codebookText/parseCodebook.js');
  if (codebookFile !== undefined) return parseCodebook(new TextDecoder().decode(await io.readFile(codebookFile)), { name: codebookFile.replace(/^.*[\\/]/, '') });
  if (typeof codebook === 'string') return parseCodebook(codebook);
  if (typeof codebook === 'object' && !Array.isArray(codebook)) return parseCodebook(JSON.stringify(codebook, null, 2));
  throw new SurveyError({ severity: 'error', code: 'invalid-job', message: '`codebook` is an object or the text of a codebook' });
}

async function unscreened({ dataFile, data }: Readonly<Record<string, unknown>>, io: JobIo, codebook: { readonly codebook?: Codebook }): Promise<Survey> {
  // Readers of every format are much code; most jobs bring their numbers.
  if (typeof dataFile === 'string') return (await import('../../../src/survey/readSurvey.js')).readSurvey(await io.readFile(dataFile), { name: dataFile.replace(/^.*[\\/]/, ''), ...codebook });
  if (dataFile !== undefined) throw new SurveyError({ severity: 'error', code: 'invalid-job', message: '`dataFile` is the path of a data file' });
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw new SurveyError({ severity: 'error', code: 'no-data', message: 'the job has no data', help: 'give `dataFile`, a path, or `data`, an object of columns' });
  const columns = Object.entries(data);
  for (const [name, values] of columns) if (!Array.isArray(values)) throw new SurveyError({ severity: 'error', code: 'invalid-job', message: `column \`${name}\` of \`data\` is not a list` });
  return surveyFromColumns(columns as [string, ColumnInput][], { name: 'data', ...codebook });
}
