import type { Bilingual } from '../shared/table.js';
import { fail } from '../shared/diagnostic.js';
import type { Survey } from '../survey/survey.js';
import { score } from '../survey/score.js';

/** A numeric column as analyses see it: valid rows only, missing is `NaN`. */
export interface Variable {
  readonly name: string;
  readonly label: Bilingual | undefined;
  readonly values: Float64Array;
  /** Number of items when the values are the score of a construct. */
  readonly scoredItems?: number;
}

/** Says which of the variables are scores, so that no mean of items passes for a column. */
export function scoreNotes(variables: readonly { readonly name: string; readonly scoredItems?: number }[]): readonly Bilingual[] {
  const scored = variables.filter((variable) => variable.scoredItems !== undefined).map(({ name, scoredItems }) => `${name} (${scoredItems})`);
  if (scored.length === 0) return [];
  return [{ en: `Mean of the items, reverse items turned (number of items): ${scored.join(', ')}.`, zh: `以下为题项均分，反向题已转换（题项数）：${scored.join('、')}。` }];
}

/** Names with construct names replaced by their items, each once, in order. */
export function expandConstructs(survey: Survey, names: readonly string[]): readonly string[] {
  const expanded = new Set<string>();
  for (const name of names) {
    const construct = survey.has(name) ? undefined : survey.codebook.constructs.get(name);
    for (const item of construct ? construct.items : [name]) expanded.add(item);
  }
  return [...expanded];
}

/** Numeric columns by name; all numeric columns when no names are given. */
export function numericVariables(survey: Survey, names?: readonly string[]): readonly Variable[] {
  const wanted = names ?? survey.columns.filter((column) => column.type === 'numeric').map((column) => column.name);
  if (wanted.length === 0) fail('no-variables', `survey \`${survey.name}\` has no numeric column to analyse`);
  return [...new Set(wanted)].map((name) => ({ name, values: survey.numeric(name), label: survey.info(name).label }));
}

/** Numeric columns by name; the name of a construct stands for its score, the mean of its answered items with reversed ones turned. */
export function scoredVariables(survey: Survey, names?: readonly string[]): readonly Variable[] {
  if (!names) return numericVariables(survey);
  return [...new Set(names)].map((name) => {
    const construct = survey.has(name) ? undefined : survey.codebook.constructs.get(name);
    if (!construct) return { name, values: survey.numeric(name), label: survey.info(name).label };
    return { name, values: survey.withColumn(name, score(survey, construct)).numeric(name), label: construct.label, scoredItems: construct.items.length };
  });
}

/** Row indices without a missing value in any of the columns. */
export function completeRows(columns: readonly Float64Array[]): Uint32Array {
  const n = columns.length === 0 ? 0 : columns[0].length;
  const rows = new Uint32Array(n);
  let used = 0;
  for (let i = 0; i < n; i++) {
    let complete = true;
    for (const column of columns) {
      if (Number.isNaN(column[i])) {
        complete = false;
        break;
      }
    }
    if (complete) rows[used++] = i;
  }
  return rows.slice(0, used);
}

/** The given rows of a column. */
export function takeRows(column: Float64Array, rows: Uint32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = column[rows[i]];
  return taken;
}

/** A copy of a column without its missing values. */
export function present(column: Float64Array): Float64Array {
  const values = new Float64Array(column.length);
  let n = 0;
  for (let i = 0; i < column.length; i++) if (column[i] === column[i]) values[n++] = column[i];
  return values.slice(0, n);
}

/** Label for a row heading: the codebook's words, else nothing. */
export function labelCells(label: Bilingual | undefined): { readonly label: string | null; readonly labelZh: string | null } {
  return { label: label?.en ?? label?.zh ?? null, labelZh: label?.zh ?? label?.en ?? null };
}
