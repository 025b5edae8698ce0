import { fail } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';

/** A column read as classes. */
export interface Grouping {
  readonly name: string;
  readonly label: Bilingual | undefined;
  /** Classes in ascending order of their codes (words in alphabetical order). */
  readonly groups: readonly { readonly code: number | string; readonly label: Bilingual }[];
  /** Index into `groups` per valid row, −1 where missing. */
  readonly indices: Int32Array;
}

/** More classes than this are not groups but a measurement. */
const MOST_GROUPS = 100;

/** Reads a numeric or string column as a factor. @throws SurveyError `too-many-groups`, `unknown-variable` */
export function grouping(survey: Survey, name: string): Grouping {
  const column = survey.column(name);
  const info = survey.info(name);
  const values: ArrayLike<number | string | null> = column.type === 'numeric' ? survey.numeric(name) : survey.labels(name);
  const codes = new Set<number | string>();
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && value === value) codes.add(value);
    if (codes.size > MOST_GROUPS) fail('too-many-groups', `\`${name}\` has more than ${MOST_GROUPS} different values`, { help: 'groups need a variable with few values; for a measurement use `correlate`' });
  }
  const order = [...codes].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1));
  const place = new Map(order.map((code, i) => [code, i]));
  const indices = Int32Array.from({ length: values.length }, (_, i) => {
    const value = values[i];
    return value === null ? -1 : (place.get(value) ?? -1);
  });
  return { name, label: info.label, groups: order.map((code) => ({ code, label: info.valueLabels.get(code) ?? { en: String(code) } })), indices };
}

/** Answers of each group; rows without group or answer are left out. */
export function splitByGroup(values: Float64Array, { groups, indices }: Grouping): readonly Float64Array[] {
  const counts = new Uint32Array(groups.length);
  for (let i = 0; i < values.length; i++) if (indices[i] >= 0 && values[i] === values[i]) counts[indices[i]]++;
  const samples = Array.from(counts, (n) => new Float64Array(n));
  counts.fill(0);
  for (let i = 0; i < values.length; i++) if (indices[i] >= 0 && values[i] === values[i]) samples[indices[i]][counts[indices[i]]++] = values[i];
  return samples;
}
