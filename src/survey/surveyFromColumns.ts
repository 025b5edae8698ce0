import { fail, warning, type Diagnostic } from '../shared/diagnostic.js';
import { buildSurvey } from './buildSurvey.js';
import type { RawColumn } from './rawSurvey.js';
import type { Codebook, VariableInfo } from './codebook.js';
import { parseCodebook } from './codebookText/parseCodebook.js';
import type { Survey } from './survey.js';
import { mergeVariable, plainVariable } from './variableInfo.js';

/** Numbers, words or moments; `null` and `undefined` are missing, NaN too. */
export type ColumnInput = ArrayLike<number | boolean | string | Date | null | undefined>;

export interface FromColumnsOptions {
  readonly name?: string;
  /** Text is parsed as by `parseCodebook`. */
  readonly codebook?: Codebook | string;
}

/**
 * A survey from values in memory.
 *
 * @param columns `{name: values}` or pairs of name and values (safe for any name, `__proto__` too); values are copied; a `Date` becomes its Unix milliseconds
 * @throws SurveyError `bad-column` for unequal lengths or a column that mixes numbers, words and moments
 * @example surveyFromColumns({ x: [1, 2, NaN], group: ['a', 'b', 'a'] }).numeric('x')
 */
export function surveyFromColumns(columns: Readonly<Record<string, ColumnInput>> | Iterable<readonly [string, ColumnInput]>, options: FromColumnsOptions = {}): Survey {
  const entries = Symbol.iterator in columns ? [...(columns as Iterable<readonly [string, ColumnInput]>)] : Object.entries(columns);
  const warnings: Diagnostic[] = [];
  const variables = new Map<string, VariableInfo>();
  const seen = new Set<string>();
  const rowCount = entries.length === 0 ? 0 : entries[0][1].length;
  const raw = entries.map(([name, values]) => {
    if (seen.has(name)) fail('duplicate-variable', `column \`${name}\` is given twice`);
    seen.add(name);
    if (values.length !== rowCount) fail('bad-column', `column \`${name}\` has ${values.length} values, column \`${entries[0][0]}\` has ${rowCount}`);
    return rawColumn(name, values, variables, warnings);
  });
  const name = options.name ?? 'data';
  const codebook = typeof options.codebook === 'string' ? parseCodebook(options.codebook) : options.codebook;
  return buildSurvey(name, { rowCount, columns: raw, variables, notes: [], warnings }, { name, format: 'memory' }, codebook);
}

const DAY = 86_400_000;

function rawColumn(name: string, values: ColumnInput, variables: Map<string, VariableInfo>, warnings: Diagnostic[]): RawColumn {
  let firstWord = -1;
  let firstNumber = -1;
  let firstMoment = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || value === undefined) continue;
    if (typeof value === 'string') firstWord = firstWord < 0 ? i : firstWord;
    else if (typeof value === 'number' || typeof value === 'boolean') firstNumber = firstNumber < 0 ? i : firstNumber;
    else if (value instanceof Date) firstMoment = firstMoment < 0 ? i : firstMoment;
    else fail('bad-column', `column \`${name}\` holds ${typeof value} at index ${i}, numbers or strings were expected`);
  }
  const kinds = [['numbers', firstNumber], ['strings', firstWord], ['dates', firstMoment]].filter(([, first]) => (first as number) >= 0);
  if (kinds.length > 1) fail('bad-column', `column \`${name}\` mixes ${kinds.map(([kind, first]) => `${kind} (index ${first})`).join(' and ')}`);
  if (firstMoment >= 0) {
    const moments = Float64Array.from({ length: values.length }, (_, i) => (values[i] as Date | null | undefined)?.getTime() ?? NaN);
    variables.set(name, mergeVariable(plainVariable(name), { temporal: moments.every((moment) => Number.isNaN(moment) || moment % DAY === 0) ? 'date' : 'datetime' }));
    return { name, type: 'numeric', values: moments };
  }
  if (firstWord >= 0) return { name, type: 'string', values: Array.from(values as ArrayLike<string | null | undefined>, (value) => value ?? null) };
  let infinite = 0;
  let complete = true;
  const numbers = new Float64Array(values.length);
  for (let i = 0; i < numbers.length; i++) {
    const value = values[i];
    const number = value === null || value === undefined ? NaN : Number(value);
    const isInfinite = number === Infinity || number === -Infinity;
    if (isInfinite) infinite++;
    numbers[i] = isInfinite ? NaN : number;
    if (isInfinite || number !== number) complete = false;
  }
  if (infinite > 0) warnings.push(warning('infinite-value', `${infinite} infinite ${infinite === 1 ? 'value' : 'values'} of column \`${name}\` are read as missing`, { zh: `列 \`${name}\` 有 ${infinite} 个无穷值，按缺失读入` }));
  return { name, type: 'numeric', values: numbers, complete };
}
