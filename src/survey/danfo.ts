import { fail } from '../shared/diagnostic.js';
import type { Danfo, DataFrame, ToDanfoOptions } from './danfoTypes.js';
import { withCodes, withStrings } from './declaredMissing.js';
import type { Survey, SurveyColumn } from './survey.js';
import { temporalText, valueText } from './valueText.js';

type DanfoCell = number | string | undefined;

/** The little of Node's module system that is used, so that nothing of Node is imported here. */
interface ModuleSystem {
  createRequire(from: string): (name: string) => unknown;
}

/** danfojs as it lies beside the built library; loaded when first asked for, then kept by Node. */
function broughtDanfo(): Danfo {
  const host = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const modules = host.process?.getBuiltinModule?.('node:module') as ModuleSystem | undefined;
  if (!modules) fail('no-danfo', 'danfojs cannot be loaded here', { help: "load it yourself and hand it over: `survey.toDanfo({ danfo })` after `import * as danfo from 'danfojs'`" });
  return modules.createRequire(import.meta.url)('semlab/danfo') as Danfo;
}

/**
 * The survey's answers as a danfojs data frame, one column per variable under
 * its own name. Missing numbers become NaN, missing words `undefined`; dates
 * and times become ISO text of the wall clock (`2024-03-01T00:00:00`), as
 * danfojs's `dt` reads it in any time zone. Labels, declared codes and
 * screening have no place in a frame: `fromDanfo(frame, { like: survey })`
 * gives labels and codes back.
 *
 * A column named like a member of DataFrame (`shape`, `head`) is reached by
 * `frame.column('shape')`.
 *
 * @example survey.toDanfo().groupby(['gender']).col(['age']).mean()
 */
export function toDanfo(survey: Survey, options: ToDanfoOptions = {}): DataFrame {
  const { validOnly = true, missingCodes = 'missing', answers = 'values', danfo } = options;
  const { DataFrame: Frame } = danfo ?? broughtDanfo();
  if (typeof Frame !== 'function') fail('bad-input', 'the danfojs module was expected', { help: "`survey.toDanfo({ danfo })` after `import * as danfo from 'danfojs'`" });
  const excluded = validOnly ? survey.screening?.excludedBy : undefined;
  const columns = survey.columns.map((column) => danfoCells(column, survey, missingCodes, answers));
  const rows: DanfoCell[][] = [];
  for (let row = 0; row < survey.rowCount; row++) if (!excluded || excluded[row] === 0) rows.push(columns.map(({ cell }) => cell(row)));
  if (columns.length === 0) return new Frame([]);
  refuseBrokenNames(survey, Frame);
  // Said, not guessed: danfojs guesses from the first twenty cells, and takes the word '12' for a number.
  return new Frame(rows, { columns: survey.names().slice(), dtypes: columns.map(({ dtype }) => dtype) });
}

interface DanfoColumn {
  readonly dtype: 'int32' | 'float32' | 'string';
  readonly cell: (row: number) => DanfoCell;
}

function danfoCells(column: SurveyColumn, survey: Survey, missingCodes: 'missing' | 'keep', answers: 'values' | 'labels'): DanfoColumn {
  if (column.type === 'string') {
    const words = missingCodes === 'keep' ? withStrings(column) : column.values;
    return { dtype: 'string', cell: (row) => words[row] ?? undefined };
  }
  const info = survey.info(column.name);
  const values = missingCodes === 'keep' ? withCodes(column) : column.values;
  const { temporal } = info;
  if (temporal) return { dtype: 'string', cell: (row) => (Number.isNaN(values[row]) ? undefined : wallClock(values[row], temporal)) };
  if (answers === 'labels' && info.valueLabels.size > 0) return { dtype: 'string', cell: (row) => valueText(values[row], info) ?? undefined };
  return { dtype: values.every((value) => Number.isInteger(value) || Number.isNaN(value)) && values.some((value) => !Number.isNaN(value)) ? 'int32' : 'float32', cell: (row) => values[row] };
}

/** A date alone is read as midnight in Greenwich, with a time as the reader's own: so dates get one. */
function wallClock(milliseconds: number, temporal: 'date' | 'datetime' | 'time'): string | undefined {
  const text = temporalText(milliseconds, temporal);
  return text === null ? undefined : temporal === 'date' ? `${text}T00:00:00` : text;
}

/** In a danfojs that is not ours a column takes the place of the member of its name, and the frame stops working. */
function refuseBrokenNames(survey: Survey, Frame: Danfo['DataFrame']): void {
  const members = Frame.prototype as object;
  const taken = survey.names().filter((name) => name in members);
  if (taken.length === 0 || !Object.hasOwn(new Frame([[0]], { columns: [taken[0]] }), taken[0])) return;
  fail('name-taken', `column \`${taken[0]}\` has the name of a member of danfojs's DataFrame`, { help: 'leave `danfo` out: the danfojs that comes with semlab takes any name' });
}
