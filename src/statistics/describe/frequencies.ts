import type { Bilingual, Table, TableRow } from '../../shared/table.js';
import { table } from '../../shared/table.js';
import { fail } from '../../shared/diagnostic.js';
import { countValid, skipsOf } from '../../survey/skip/skipsOf.js';
import type { Survey } from '../../survey/survey.js';
import type { Analysis } from '../analysis.js';
import { heading } from '../headings.js';
import { requireShare, resolveOptions } from '../options.js';
import { expandConstructs } from '../variables.js';
import { proportionInterval } from './proportionInterval.js';

/** More rows than this are no table. */
const MOST_VALUES = 2000;

export interface FrequencyRow {
  readonly value: number | string;
  readonly label: Bilingual | undefined;
  readonly frequency: number;
  /** Share of all valid rows of the survey, missing answers included. */
  readonly percent: number;
  /** Share of the rows that answered. */
  readonly validPercent: number;
  /** Wilson's interval of `validPercent`. */
  readonly confLow: number | null;
  readonly confHigh: number | null;
  readonly cumulativePercent: number;
}

export interface VariableFrequencies {
  readonly variable: string;
  readonly label: Bilingual | undefined;
  readonly rows: readonly FrequencyRow[];
  readonly n: number;
  /** Empty although asked. */
  readonly missing: number;
  /** Empty because the question was not put to the person. */
  readonly notAsked: number;
}

export interface FrequencyOptions {
  /** Level of the intervals of the valid percentages. */
  confidence: number;
}

export interface Frequencies extends Analysis {
  readonly kind: 'frequencies';
  readonly options: Readonly<FrequencyOptions>;
  readonly variables: readonly VariableFrequencies[];
}

/** Frequency tables in ascending order of the values; labelled values that nobody chose appear with frequency 0. */
export function frequencies(survey: Survey, names: readonly string[], options?: Partial<FrequencyOptions>): Frequencies {
  const resolved = resolveOptions<FrequencyOptions>('frequencies', options, { confidence: 0.95 });
  requireShare('frequencies', 'confidence', resolved.confidence);
  const variables = expandConstructs(survey, names).map((name) => countValues(survey, name, resolved.confidence));
  return Object.freeze({ kind: 'frequencies' as const, options: resolved, variables, warnings: [], tidy: () => tidyTable(variables, resolved.confidence), tables: () => variables.map(printedTable) });
}

function countValues(survey: Survey, name: string, confidence: number): VariableFrequencies {
  const column = survey.column(name);
  const info = survey.info(name);
  const counts = new Map<number | string, number>();
  const isMissing = (code: number | string): boolean =>
    typeof code === 'number' ? info.missing.codes.includes(code) || (info.missing.range !== undefined && code >= info.missing.range.low && code <= info.missing.range.high) : (info.missing.strings ?? []).includes(code);
  for (const code of info.valueLabels.keys()) if (typeof code === (column.type === 'numeric' ? 'number' : 'string') && !isMissing(code)) counts.set(code, 0);
  const values: ArrayLike<number | string | null> = column.type === 'numeric' ? survey.numeric(name) : survey.labels(name);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value === null || (typeof value === 'number' && Number.isNaN(value))) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    n++;
    if (counts.size > MOST_VALUES) fail('too-many-values', `\`${name}\` has more than ${MOST_VALUES} different values`, { help: 'a frequency table is for classes; use `describe` for measurements' });
  }
  const order = [...counts.keys()].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1));
  let cumulative = 0;
  const rows = order.map((value): FrequencyRow => {
    const frequency = counts.get(value) ?? 0;
    cumulative += frequency;
    return { value, label: info.valueLabels.get(value), frequency, percent: share(frequency, values.length), validPercent: share(frequency, n), ...proportionInterval(frequency, n, confidence), cumulativePercent: share(cumulative, n) };
  });
  const notAsked = countValid(survey, skipsOf(survey, name)?.notAsked);
  return { variable: name, label: info.label, rows, n, missing: values.length - n - notAsked, notAsked };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

const VALID: Bilingual = { en: 'Valid percent', zh: '有效百分比' };

function tidyTable(variables: readonly VariableFrequencies[], confidence: number): Table {
  const rows = variables.flatMap(({ variable, rows }) => rows.map((row): TableRow => ({ ...row, variable, label: row.label?.en ?? null })));
  return table({ en: 'Frequencies', zh: '频率' }, [heading('variable'), heading('value'), heading('label'), heading('frequency'), heading('percent'), heading('validPercent'), heading('confLow', { kind: 'percent', group: VALID }), heading('confHigh', { kind: 'percent', group: VALID }), heading('cumulativePercent')], rows, { notes: [{ en: `${Math.round(confidence * 1000) / 10}% intervals of the valid percentages after Wilson.`, zh: `有效百分比的 ${Math.round(confidence * 1000) / 10}% 置信区间用 Wilson 法。` }] });
}

function printedTable({ variable, label, rows, n, missing, notAsked }: VariableFrequencies): Table {
  const total = n + missing + notAsked;
  const printed: TableRow[] = rows.map((row) => ({
    value: row.label ? (row.label.en || row.label.zh) ?? null : String(row.value),
    valueZh: row.label?.zh ?? row.label?.en ?? String(row.value),
    frequency: row.frequency,
    percent: row.percent,
    validPercent: row.validPercent,
    cumulativePercent: row.cumulativePercent
  }));
  printed.push({ value: 'Valid total', valueZh: '有效合计', frequency: n, percent: share(n, total), validPercent: n > 0 ? 1 : null, cumulativePercent: null });
  if (missing > 0) printed.push({ value: 'Missing', valueZh: '缺失', frequency: missing, percent: share(missing, total), validPercent: null, cumulativePercent: null });
  if (notAsked > 0) printed.push({ value: 'Not asked', valueZh: '未询问', frequency: notAsked, percent: share(notAsked, total), validPercent: null, cumulativePercent: null });
  if (missing + notAsked > 0) {
    printed.push({ value: 'Total', valueZh: '合计', frequency: total, percent: 1, validPercent: null, cumulativePercent: null });
  }
  const title = { en: `Frequencies of ${variable}${label?.en ? `: ${label.en}` : ''}`, zh: `${variable}${label?.zh ? `（${label.zh}）` : ''}的频率` };
  const columns = [heading('value', { zhFrom: 'valueZh' }), heading('frequency'), heading('percent'), heading('validPercent'), heading('cumulativePercent')];
  return table(title, columns, printed, { sections: [{ beforeRow: rows.length }], notes: [{ en: `n = ${n}; missing = ${missing}${notAsked > 0 ? `; not asked = ${notAsked}` : ''}.`, zh: `n = ${n}；缺失 = ${missing}${notAsked > 0 ? `；未询问 = ${notAsked}` : ''}。` }] });
}
