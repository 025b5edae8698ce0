import { inLanguage, type Language } from '../../shared/mime/surveyTable.js';
import type { Bilingual } from '../../shared/table.js';
import { formatEstimate, formatFixed, formatInteger, formatPClause, formatPercent, formatUnit } from '../format/formatNumber.js';
import { resolveTableStyle, type TableStyle } from '../format/tableStyle.js';

/**
 * One statement about a result in both languages, from a template: what was
 * found, how sure it is, and no claim past the numbers. Nothing here speaks of
 * causes; "significant" always means p below the stated level.
 */
export type Sentence = Required<Bilingual>;

/** Level at which a sentence calls a result significant. */
export const LEVEL = 0.05;

/** Past this many a list of sentences is no summary any more. */
export const MOST_SENTENCES = 24;

/** Numbers as the style prints them, for use inside sentences. */
export interface NumberWriter {
  /** `p = .034`, `p < .001`. */
  p(value: number | null): string;
  /** A number bounded by 1: `.34`. */
  unit(value: number | null): string;
  /** An estimate or a mean. */
  estimate(value: number | null): string;
  /** A test statistic with two decimals. */
  statistic(value: number | null): string;
  /** Degrees of freedom, a count. */
  count(value: number | null): string;
  percent(share: number | null): string;
  /** `95% CI [0.12, 0.34]`; nothing when a limit does not exist. */
  interval(low: number | null, high: number | null, level?: number, kind?: 'unit' | 'estimate'): string;
}

const known = (value: number | null | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

export function numberWriter(style: TableStyle): NumberWriter {
  const { digits, pDigits, leadingZero } = resolveTableStyle(style);
  const write = (value: number | null, how: (value: number) => string): string => (known(value) ? how(value) : '–');
  const unit = (value: number | null): string => write(value, (x) => formatUnit(x, digits, leadingZero));
  const estimate = (value: number | null): string => write(value, (x) => formatEstimate(x, digits));
  return {
    p: (value) => (known(value) ? `p ${formatPClause(value, pDigits, leadingZero)}` : 'p –'),
    unit,
    estimate,
    statistic: (value) => write(value, (x) => formatFixed(x, 2)),
    count: (value) => write(value, formatInteger),
    percent: (share) => write(share, (x) => formatPercent(x)),
    interval(low, high, level = 0.95, kind = 'estimate') {
      if (!known(low) || !known(high)) return '';
      const print = kind === 'unit' ? unit : estimate;
      return `${Number((level * 100).toFixed(2))}% CI [${print(low)}, ${print(high)}]`;
    }
  };
}

/** `a, b, c`, without empty parts. */
export function clause(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** The wording of a name where there is one. */
export function named(name: string, label: Bilingual | undefined): Sentence {
  return { en: label?.en ?? name, zh: label?.zh ?? label?.en ?? name };
}

export function both(label: Bilingual): Sentence {
  return { en: label.en, zh: label.zh ?? label.en };
}

/** `a`, `a and b`, `a, b and c`; 、 in Chinese. */
export function listed(items: readonly Sentence[]): Sentence {
  const en = items.map((item) => item.en);
  return { en: en.length < 2 ? en.join('') : `${en.slice(0, -1).join(', ')} and ${en[en.length - 1]}`, zh: items.map((item) => item.zh).join('、') };
}

/** A number of things: `1 item`, `3 items`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Words inside a clause of numbers that Chinese has its own for. */
const CHINESE: readonly (readonly [string, string])[] = [['adjusted R²', '调整后 R²'], ['exact p', '精确 p'], ['Fisher’s ', 'Fisher '], ['Welch’s ', 'Welch '], ['interaction ', '交互项 '], ['effect ', '效应 '], ['boot SE', 'Boot 标准误'], ['rank-biserial r', '秩二列 r']];

/** A clause of numbers for a Chinese sentence. */
export function inChinese(numbers: string): string {
  return CHINESE.reduce((text, [en, zh]) => text.replaceAll(en, zh), numbers).replace(/(\d)% CI/g, '$1% 置信区间');
}

/** Sentences in the style's language; both, Chinese first, where it asks for both. */
export function inStyle(sentences: readonly Sentence[], style: TableStyle): readonly string[] {
  const lang: Language = resolveTableStyle(style).lang;
  const shown = sentences.slice(0, MOST_SENTENCES).map(({ en, zh }) => ({ en, zh: inChinese(zh) }));
  const rest = sentences.length - shown.length;
  const all = rest > 0 ? [...shown, { en: `${plural(rest, 'further result')} in the tables.`, zh: `其余 ${rest} 项结果见表。` }] : shown;
  if (lang !== 'both') return all.map((sentence) => inLanguage(sentence, lang));
  return [...all.map(({ zh }) => zh), ...all.map(({ en }) => en)];
}
