import { SurveyError, type Diagnostic } from '../../../../src/shared/diagnostic.js';
import type { Table } from '../../../../src/shared/table.js';
import { tableToText } from '../../../../src/report/tables/tableToText.js';
import type { Survey } from '../../../../src/survey/survey.js';
import { jobObject, jobSurvey, type JobIo } from '../jobCommand.js';
import type { Flags } from '../flags.js';

/** What every analysis job has: its own keys, data, options. */
export interface AnalysisJob {
  readonly parts: Readonly<Record<string, unknown>>;
  readonly survey: Survey;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Checks the job's keys and reads its data. */
export async function analysisJob(job: unknown, keys: readonly string[], io: JobIo): Promise<AnalysisJob> {
  const parts = jobObject(job, [...keys, 'dataFile', 'data', 'options']);
  const options = parts.options ?? {};
  if (typeof options !== 'object' || Array.isArray(options)) invalid('`options` is an object');
  return { parts, options: options as Record<string, unknown>, survey: await jobSurvey(parts, io) };
}

export function invalid(message: string, help?: string): never {
  throw new SurveyError({ severity: 'error', code: 'invalid-job', message, ...(help === undefined ? {} : { help }) });
}

/** A list of names; undefined when the key is absent. */
export function namesOf(parts: Readonly<Record<string, unknown>>, key: string): readonly string[] | undefined {
  const value = parts[key];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.some((name) => typeof name !== 'string')) invalid(`\`${key}\` is a list of column names`);
  return value as readonly string[];
}

export function requiredNames(parts: Readonly<Record<string, unknown>>, key: string): readonly string[] {
  return namesOf(parts, key) ?? invalid(`\`${key}\` is missing`, `write {"${key}": ["a", "b"], "data": {…}}`);
}

/** One name. */
export function requiredName(parts: Readonly<Record<string, unknown>>, key: string): string {
  const value = parts[key];
  return typeof value === 'string' ? value : invalid(`\`${key}\` is missing: the name of a column`);
}

/** The list under its key, or nothing. */
export function optionalNames<Key extends string>(parts: Readonly<Record<string, unknown>>, key: Key): { readonly [K in Key]?: readonly string[] } {
  const names = namesOf(parts, key);
  return (names === undefined ? {} : { [key]: names }) as { readonly [K in Key]?: readonly string[] };
}

/** A job of an analysis that has nothing to choose. */
export function withoutOptions(job: AnalysisJob): AnalysisJob {
  const [key] = Object.keys(job.options);
  if (key !== undefined) throw new SurveyError({ severity: 'error', code: 'unknown-option', message: `\`${key}\` is not an option of this job`, help: 'it has none' });
  return job;
}

/** `a,b,c` of a flag. */
export function listFlag(flags: Flags, flag: string): readonly string[] | undefined {
  return flags.text(flag)?.split(',').map((name) => name.trim()).filter((name) => name !== '');
}

/** Options from flags of the same name; a number where the flag is said to be one. */
export function optionFlags(flags: Flags, texts: readonly string[], numbers: readonly string[] = []): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  for (const key of texts) if (flags.has(key)) options[key] = flags.text(key);
  for (const key of numbers) if (flags.has(key)) options[key] = Number(flags.text(key));
  return options;
}

export function warningsAnswer(warnings: readonly Diagnostic[]): readonly object[] {
  return warnings.map(({ code, message, help }) => ({ code, message, ...(help === undefined ? {} : { help }) }));
}

export function tablesText(analysis: { tables(): readonly Table[] }): string {
  return analysis.tables().map((each) => tableToText(each)).join('\n\n');
}

/** Rows of a p × m matrix, numbers that do not exist as null. */
export function matrixRows(matrix: Float64Array, p: number, m: number): readonly (readonly (number | null)[])[] {
  return Array.from({ length: p }, (_, i) => Array.from(matrix.subarray(i * m, (i + 1) * m), (value) => (Number.isFinite(value) ? value : null)));
}

/** The data flags that every command shares. */
export const DATA_FLAG = { flag: 'data', value: 'FILE', summary: 'data file: CSV, SPSS, Stata, Excel (also as a plain argument)' } as const;
export const DATA_SHAPE = '"dataFile": "FILE" | "data": {"a": [1, null, …], "g": ["u", "v", …]}';
