import { fail } from '../shared/diagnostic.js';
import type { Codebook } from './codebook.js';
import { withCodes } from './declaredMissing.js';
import type { Survey } from './survey.js';
import { surveyFromColumns, type ColumnInput } from './surveyFromColumns.js';

/** What is used of a danfojs data frame, so that the library is neither imported nor needed here. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  readonly shape: readonly number[];
  /** Row-major values. */
  readonly values: unknown;
}

/** What is used of danfojs: hand over the module itself, `import * as danfo from 'danfojs-node'`. */
export interface Danfo<Frame extends DanfoFrame> {
  readonly DataFrame: new (data: (number | string | undefined)[][], config: { columns: string[] }) => Frame;
}

export interface ToDanfoOptions {
  /** Only rows that passed screening (default, as analyses see them). */
  readonly validOnly?: boolean;
  /** `missing` (default) leaves declared missing codes out; `keep` writes them as numbers. */
  readonly missingCodes?: 'missing' | 'keep';
}

/**
 * The survey's answers as a danfojs data frame. Labels, declared codes and
 * screening have no place there; missing numbers become NaN, missing words
 * undefined.
 *
 * @param danfo the danfojs (or danfojs-node) module
 */
export function toDanfo<Frame extends DanfoFrame>(survey: Survey, danfo: Danfo<Frame>, options: ToDanfoOptions = {}): Frame {
  if (typeof danfo?.DataFrame !== 'function') fail('bad-input', 'the danfojs module was expected', { help: "pass it as `toDanfo(survey, danfo)` after `import * as danfo from 'danfojs-node'`" });
  const { validOnly = true, missingCodes = 'missing' } = options;
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const columns = survey.columns.map((column) => (column.type === 'numeric' && missingCodes === 'keep' ? withCodes(column) : column.values));
  const rows: (number | string | undefined)[][] = [];
  for (let row = 0; row < survey.rowCount; row++) if (!excluded || excluded[row] === 0) rows.push(columns.map((values) => values[row] ?? undefined));
  return new danfo.DataFrame(rows, { columns: survey.names().slice() });
}

/**
 * A survey from a danfojs data frame: columns of numbers, words or booleans.
 *
 * @throws SurveyError `bad-input`, `bad-column` for a column that mixes numbers and words
 */
export function fromDanfo(frame: DanfoFrame, options: { readonly name?: string; readonly codebook?: Codebook | string } = {}): Survey {
  const { columns, values } = frame ?? {};
  if (!Array.isArray(columns) || !Array.isArray(values)) fail('bad-input', 'a danfojs data frame was expected', { help: 'a Series becomes a data frame with `new danfo.DataFrame({ name: series.values })`' });
  const rows = values as readonly (readonly unknown[])[];
  return surveyFromColumns(
    columns.map((name: string, j: number): [string, ColumnInput] => [name, rows.map((row) => row[j]) as ColumnInput]),
    options
  );
}
