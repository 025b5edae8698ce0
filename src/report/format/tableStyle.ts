import { didYouMean } from '../../shared/suggest.js';
import { fail } from '../../shared/diagnostic.js';
import type { Language } from '../../shared/mime/surveyTable.js';

/**
 * How tables are printed. `apa`: APA 7 (no leading zero where |x| ≤ 1 by
 * definition, two decimals, three for p). `thesis`: the three-line tables of
 * Chinese theses (三线表), leading zeros and three decimals as SPSS prints them.
 */
export interface TableStyle {
  readonly style?: 'apa' | 'thesis';
  /** Headings in English, in Chinese, or both. */
  readonly lang?: Language;
  /** Decimals of `number`, `estimate` and `unit` columns that ask for none themselves. */
  readonly digits?: number;
  /** Decimals of p values. */
  readonly pDigits?: number;
  /** Append `*` `**` `***` where a column names its p values. */
  readonly stars?: boolean;
  /** `0.34` rather than `.34` for numbers that cannot pass 1; by default as the style has it. */
  readonly leadingZero?: boolean;
}

export interface ResolvedTableStyle {
  readonly style: 'apa' | 'thesis';
  readonly lang: Language;
  readonly digits: number;
  readonly pDigits: number;
  readonly stars: boolean;
  /** `0.34` rather than `.34` for numbers that cannot pass 1. */
  readonly leadingZero: boolean;
}

const KNOWN = ['style', 'lang', 'digits', 'pDigits', 'stars', 'leadingZero'] as const;
const MOST_DIGITS = 15;

function wholeDigits(name: string, value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= MOST_DIGITS) return value;
  return fail('invalid-option', `\`${name}\` is ${String(value)}, expected a whole number from 0 to ${MOST_DIGITS}`);
}

/** Fills in every default; an unknown key or value is an error with the nearest name. */
export function resolveTableStyle(style: TableStyle = {}): ResolvedTableStyle {
  for (const key of Object.keys(style)) {
    if (!(KNOWN as readonly string[]).includes(key)) fail('unknown-option', `table style has no option \`${key}\``, { help: didYouMean(key, KNOWN) ?? `known are ${KNOWN.join(', ')}` });
  }
  const name = style.style ?? 'apa';
  if (name !== 'apa' && name !== 'thesis') fail('invalid-option', `table style \`${String(name)}\` is unknown, expected apa or thesis`);
  const lang = style.lang ?? 'en';
  if (lang !== 'en' && lang !== 'zh' && lang !== 'both') fail('invalid-option', `language \`${String(lang)}\` is unknown, expected en, zh or both`);
  const thesis = name === 'thesis';
  return Object.freeze({
    style: name,
    lang,
    digits: wholeDigits('digits', style.digits ?? (thesis ? 3 : 2)),
    pDigits: wholeDigits('pDigits', style.pDigits ?? 3),
    stars: style.stars ?? true,
    leadingZero: style.leadingZero ?? thesis
  });
}
