import { fail } from '../shared/diagnostic.js';
import type { Codebook, VariableInfo } from './codebook.js';
import { parseCodebook } from './codebookText/parseCodebook.js';
import type { Survey } from './survey.js';
import { surveyFromColumns, type ColumnInput } from './surveyFromColumns.js';

/** What is used of a danfojs data frame, so that one from any copy of danfojs will do. */
export interface DanfoFrame {
  readonly columns: readonly string[];
  /** Row-major values. */
  readonly values: unknown;
}

export interface FromDanfoOptions {
  readonly name?: string;
  /** Text is parsed as by `parseCodebook`. */
  readonly codebook?: Codebook | string;
  /** The survey that the frame was made of: its labels, missing codes and constructs hold again for the columns that are left. */
  readonly like?: Survey;
}

const MOMENT = /^(?:\d{4}|[-+]\d{6})-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?$/;
const CLOCK = /^(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?)$/;

/**
 * A survey from a danfojs data frame: columns of numbers, words, booleans or
 * dates. The frame's index is left behind.
 *
 * @throws SurveyError `bad-input`, `bad-column` for a column that mixes numbers and words
 * @example fromDanfo(survey.toDanfo().query(…), { like: survey })
 */
export function fromDanfo(frame: DanfoFrame, options: FromDanfoOptions = {}): Survey {
  const { columns, values } = frame ?? {};
  if (!Array.isArray(columns) || !Array.isArray(values) || !values.every(Array.isArray)) fail('bad-input', 'a danfojs data frame was expected', { help: 'a Series becomes a data frame with `new DataFrame({ name: series.values })`' });
  const names = columns as readonly string[];
  const given = typeof options.codebook === 'string' ? parseCodebook(options.codebook) : options.codebook;
  const codebook = given ?? (options.like ? partOf(options.like.codebook, new Set(names)) : undefined);
  const rows = values as readonly (readonly unknown[])[];
  return surveyFromColumns(
    names.map((name, j): [string, ColumnInput] => [name, answers(rows.map((row) => row[j]), codebook?.variables.get(name))]),
    { name: options.name ?? options.like?.name ?? 'data', ...(codebook ? { codebook } : {}) }
  );
}

/** Text of moments becomes numbers again where the codebook says that the variable is one. */
function answers(values: readonly unknown[], info: VariableInfo | undefined): ColumnInput {
  const { temporal } = info ?? {};
  if (!temporal || !values.some((value) => typeof value === 'string')) return values as ColumnInput;
  return values.map((value) => (typeof value === 'string' ? milliseconds(value, temporal) : value)) as ColumnInput;
}

function milliseconds(text: string, temporal: 'date' | 'datetime' | 'time'): number {
  const clock = temporal === 'time' ? CLOCK.exec(text) : null;
  if (clock) return (clock[1] ? -1 : 1) * (Number(clock[2]) * 3_600_000 + Number(clock[3]) * 60_000 + Math.round(Number(clock[4]) * 1000));
  if (temporal === 'time' || !MOMENT.test(text)) fail('bad-column', `\`${text.slice(0, 40)}\` is no ${temporal === 'time' ? 'time such as `13:05:00`' : 'date such as `2024-03-01` or `2024-03-01T13:05:00`'}`);
  return Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text);
}

/** What a codebook says of the columns that are left; a construct that lost an item is no longer that construct. */
function partOf({ variables, constructs, labels, notes, multipleResponse }: Codebook, names: ReadonlySet<string>): Codebook {
  const left = [...variables].filter(([name]) => names.has(name)).map(([name, info]): [string, VariableInfo] => {
    if (!info.askedWhen || info.askedWhen.every((clauses) => clauses.every((clause) => names.has(clause.name)))) return [name, info];
    const { askedWhen: _gone, ...rest } = info;
    return [name, rest];
  });
  const whole = <Group extends { readonly items: readonly string[] }>(group: Group): boolean => group.items.every((item) => names.has(item));
  return {
    variables: new Map(left),
    constructs: new Map([...constructs].filter(([, construct]) => whole(construct))),
    notes,
    ...(labels ? { labels } : {}),
    ...(multipleResponse ? { multipleResponse: multipleResponse.filter(whole) } : {})
  };
}
