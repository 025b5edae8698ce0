import { withCodes, withStrings } from '../../../src/survey/declaredMissing.js';
import type { Survey } from '../../../src/survey/survey.js';

/** A column as make.R writes down what haven read: numbers with 17 digits, moments in milliseconds. */
export interface HavenColumn {
  readonly type: 'numeric' | 'string';
  readonly temporal?: 'date' | 'datetime' | 'time' | null;
  readonly label?: string | null;
  readonly values: readonly (string | null)[];
  /** Letters of tagged missing cells (Stata). */
  readonly tags?: readonly (string | null)[] | null;
  readonly labelTags?: readonly (string | null)[] | null;
  readonly labelValues: readonly (string | null)[];
  readonly labelTexts: readonly string[];
  readonly missingValues: readonly string[];
  readonly missingRange: readonly string[];
}

export interface HavenFile {
  readonly file: string;
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly HavenColumn[];
}

/** haven gives moments in seconds or days: those agree to its 2 µs, all else to the last bit. */
const sameNumber = (ours: number, theirs: string | null, moment: boolean): boolean =>
  theirs === null ? Number.isNaN(ours) : Math.abs(ours - Number(theirs)) <= (moment ? 4e-3 : 0);

/** First cell in which the survey differs from what haven read, in words; declared codes are put back first. */
export function difference(survey: Survey, expected: HavenFile): string | undefined {
  if (survey.rowCount !== expected.rows || survey.columns.length !== expected.columns.length) return `${survey.rowCount} × ${survey.columns.length}`;
  for (const [j, wanted] of expected.columns.entries()) {
    const column = survey.columns[j];
    if (column.type !== wanted.type) return `${column.name} is ${column.type}`;
    const values = column.type === 'numeric' ? withCodes(column) : withStrings(column);
    for (const [i, value] of wanted.values.entries()) {
      const ours = values[i];
      const same = typeof ours === 'number' ? sameNumber(ours, value, wanted.temporal != null) : (ours === '' ? null : ours) === value;
      if (!same) return `${column.name}[${i}] is ${String(ours)}, haven reads ${String(value)}`;
    }
    const tags = new Map<string, number[]>();
    for (const [i, tag] of (wanted.tags ?? []).entries()) if (tag !== null) tags.set(`.${tag}`, [...(tags.get(`.${tag}`) ?? []), i]);
    const reasons = [...(column.missingReasons ?? [])].filter(([reason]) => /^\.[a-z]$/.test(String(reason)));
    if (JSON.stringify([...tags].sort()) !== JSON.stringify(reasons.map(([reason, rows]) => [reason, [...rows]]).sort())) return `${column.name} has other tagged missing cells`;
  }
  return undefined;
}

/** The same with the first cell of the first column changed: a comparison must notice. */
export function perturbed(expected: HavenFile): HavenFile {
  const [first, ...others] = expected.columns;
  return { ...expected, columns: [{ ...first, values: first.values.map((value, i) => (i === 0 ? `${String(value)}1` : value)) }, ...others] };
}

const bound = (text: string): number => (text === 'Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text));

/** What haven says of a variable, in our terms. */
export function described(column: HavenColumn): unknown {
  const isText = column.type === 'string';
  return {
    label: column.label ?? undefined,
    temporal: column.temporal ?? undefined,
    valueLabels: new Map(column.labelValues.map((value, k) => [value === null ? `.${column.labelTags?.[k]}` : isText ? value : Number(value), column.labelTexts[k]])),
    missing: column.missingValues.map((value) => (isText ? value : Number(value))),
    range: column.missingRange.length === 2 ? { low: bound(column.missingRange[0]), high: bound(column.missingRange[1]) } : undefined
  };
}

/** A label as a file holds it. */
const bothLanguages = ({ en, zh }: { en: string; zh?: string }): string => (zh === undefined ? en : `${en} | ${zh}`);

/** What the survey says of a variable, in the same form. */
export function describedBySurvey(survey: Survey, name: string, label: (bilingual: { en: string; zh?: string }) => string = bothLanguages): unknown {
  const info = survey.info(name);
  return {
    label: info.label && label(info.label),
    temporal: info.temporal,
    valueLabels: new Map([...info.valueLabels].map(([value, text]) => [value, label(text)])),
    missing: survey.column(name).type === 'string' ? (info.missing.strings ?? []) : info.missing.codes,
    range: info.missing.range
  };
}
