import { fail } from '../../../shared/diagnostic.js';
import type { Bilingual } from '../../../shared/table.js';
import type { VariableInfo } from '../../codebook.js';
import { withCodes, withStrings } from '../../declaredMissing.js';
import type { Survey } from '../../survey.js';
import { spssNames, shortNames } from './names.js';
import { segmentsOf } from './segments.js';
import { toSpssSeconds, type Temporal } from './moments.js';

/** Bytes that the widest string of SPSS holds. */
const WIDEST = 32767;
/** Single missing values that a variable may have. */
export const MOST_CODES = 3;

/** A column as it will stand in the file. */
export interface OutlinedVariable {
  readonly name: string;
  readonly shorts: readonly string[];
  /** 0 numeric, else bytes. */
  readonly width: number;
  readonly info: VariableInfo;
  readonly numbers?: Float64Array;
  /** UTF-8 of the words; undefined is blank. */
  readonly words?: readonly (Uint8Array | undefined)[];
  /** Missing values as they are declared in the file: SPSS holds three, or a range and one. */
  readonly codes: readonly number[];
  readonly range: VariableInfo['missing']['range'];
  readonly strings: readonly string[];
  readonly decimals: number;
}

export type LabelLanguage = 'en' | 'zh' | 'both';

/** A label in the language asked for. */
export function labelText(label: Bilingual, language: LabelLanguage): string {
  if (language === 'en' || label.zh === undefined || label.zh === label.en) return label.en;
  return language === 'zh' ? label.zh : `${label.en} | ${label.zh}`;
}

/** Numbers of moments as SPSS keeps them. */
export function stored(value: number, temporal: Temporal | undefined): number {
  return temporal && Number.isFinite(value) ? toSpssSeconds(value, temporal) : value;
}

/** Every column with its file name, width and missing values. */
export function outline(survey: Survey): readonly OutlinedVariable[] {
  const names = spssNames(survey.names());
  const encoder = new TextEncoder();
  const parts = survey.columns.map((column, i) => {
    const info = survey.info(column.name);
    const rule = info.missing;
    const base = { name: names[i], info, codes: [] as readonly number[], range: undefined as OutlinedVariable['range'], strings: [] as readonly string[], decimals: 0 };
    if (column.type === 'numeric') {
      const range = rule.range;
      const codes = rule.codes.slice(0, range ? 1 : MOST_CODES);
      // Codes that the file cannot declare missing are written as system-missing, never as answers.
      const declared = new Set(codes);
      const hidden = [...(column.missingReasons ?? [])].filter(([code]) => typeof code === 'number' && !declared.has(code) && !(range && code >= range.low && code <= range.high));
      const raw = withCodes(column);
      for (const [, rows] of hidden) for (const row of rows) raw[row] = NaN;
      const decimals = info.decimals ?? (raw.every((x) => Number.isNaN(x) || Number.isInteger(x)) ? 0 : 2);
      const numbers = info.temporal ? raw.map((x) => stored(x, info.temporal)) : raw;
      return { ...base, width: 0, numbers, codes, range, decimals };
    }
    let width = 1;
    const known = new Map<string, Uint8Array>();
    const words = withStrings(column).map((word) => {
      if (word === null || word === '') return undefined;
      let bytes = known.get(word);
      if (!bytes) {
        bytes = encoder.encode(word);
        known.set(word, bytes);
      }
      if (bytes.length > width) width = bytes.length;
      return bytes;
    });
    if (width > WIDEST) fail('too-long', `column \`${column.name}\` holds a text of ${width} bytes, SPSS files hold at most ${WIDEST}`);
    for (const value of info.valueLabels.keys()) if (typeof value === 'string') width = Math.max(width, Math.min(encoder.encode(value).length, WIDEST));
    return { ...base, width, words, strings: (rule.strings ?? []).slice(0, MOST_CODES) };
  });
  const shorts = shortNames(names, parts.map(({ width }) => segmentsOf(width)));
  return parts.map((part, i) => ({ ...part, shorts: shorts[i] }));
}
