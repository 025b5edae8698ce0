import type { Diagnostic, Span } from '../../shared/diagnostic.js';
import { didYouMean } from '../../shared/suggest.js';
import type { Bilingual } from '../../shared/table.js';
import type { Tree, TreeEntry } from './tree.js';

export interface NamedItem {
  readonly name: string;
  /** Written with a minus: worded against its construct. */
  readonly reverse: boolean;
  readonly span: Span;
}

const RUN = /^(.*?)(\d+)\s*(?:\.\.|-|–|:)\s*(.*?)(\d+)$/;
const LONGEST_RUN = 1000;

/** Reads pieces of a codebook; problems are collected so that all are told together. */
export class CodebookReader {
  readonly problems: Diagnostic[] = [];
  readonly places: Map<string, Span> = new Map();

  problem(code: string, message: string, span: Span, help?: string): void {
    this.problems.push({ severity: 'error', code, message, span, ...(help === undefined ? {} : { help }) });
  }

  /** Remembers where a column is first named. */
  place(name: string, span: Span): string {
    if (!this.places.has(name)) this.places.set(name, span);
    return name;
  }

  entries(tree: Tree, what: string): readonly TreeEntry[] {
    if (tree.kind === 'map') return tree.entries;
    if (tree.kind === 'value' && tree.value === null) return [];
    this.problem('codebook-shape', `${what} was expected as \`name: value\` pairs`, tree.span);
    return [];
  }

  /** Reports keys outside `known`, with the nearest. */
  known(entries: readonly TreeEntry[], known: readonly string[], where: string): void {
    for (const { key, keySpan } of entries) {
      if (known.includes(String(key))) continue;
      this.problem('unknown-key', `\`${key}\` is not a key of ${where}`, keySpan, didYouMean(String(key), known) ?? `known are ${known.join(', ')}`);
    }
  }

  /** Names of columns: a list, `A B C`, `A, B`, a run `A1..A4` or `A1-A4`; a minus before a name marks it reversed. */
  names(tree: Tree): readonly NamedItem[] {
    if (tree.kind === 'list') return tree.items.flatMap((item) => this.names(item));
    if (tree.kind === 'map') {
      this.problem('codebook-shape', 'a list of column names was expected', tree.span);
      return [];
    }
    const text = tree.value === null ? '' : String(tree.value);
    if (text.trim() === '') {
      this.problem('codebook-shape', 'a column name was expected', tree.span);
      return [];
    }
    const items: NamedItem[] = [];
    for (const match of text.matchAll(/[^\s,，、]+/g)) {
      const span = tree.span.end - tree.span.start === text.length ? { start: tree.span.start + match.index, end: tree.span.start + match.index + match[0].length } : tree.span;
      const reverse = match[0].length > 1 && /^[-−]/.test(match[0]);
      for (const name of expandRun(reverse ? match[0].slice(1) : match[0])) {
        this.place(name, span);
        items.push({ name, reverse, span });
      }
    }
    return items;
  }

  number(tree: Tree, what: string): number | undefined {
    if (tree.kind === 'value' && typeof tree.value === 'number' && Number.isFinite(tree.value)) return tree.value;
    this.problem('codebook-shape', `${what} must be a number`, tree.span);
    return undefined;
  }

  flag(tree: Tree, what: string): boolean | undefined {
    if (tree.kind === 'value' && typeof tree.value === 'boolean') return tree.value;
    this.problem('codebook-shape', `${what} must be true or false`, tree.span);
    return undefined;
  }

  text(tree: Tree, what: string): string | undefined {
    if (tree.kind === 'value' && tree.value !== null) return String(tree.value);
    this.problem('codebook-shape', `${what} must be text`, tree.span);
    return undefined;
  }

  /** `English | 中文`, or `{en, zh}`, or one text for both. */
  label(tree: Tree, what: string): Bilingual | undefined {
    if (tree.kind === 'map') {
      this.known(tree.entries, ['en', 'zh'], what);
      const part = (key: string): string | undefined => {
        const entry = tree.entries.find((candidate) => candidate.key === key);
        return entry && this.text(entry.value, what);
      };
      const zh = part('zh');
      const en = part('en') ?? zh;
      return en === undefined ? undefined : { en, ...(zh === undefined ? {} : { zh }) };
    }
    const text = this.text(tree, what);
    return text === undefined ? undefined : bilingual(text);
  }

  /** `1-5`, `1..5` or `[1, 5]`. */
  range(tree: Tree, what: string): { min: number; max: number } | undefined {
    if (tree.kind === 'list' && tree.items.length === 2) {
      const [min, max] = tree.items.map((item) => this.number(item, what));
      if (min === undefined || max === undefined) return undefined;
      if (min < max) return { min, max };
    }
    const match = tree.kind === 'value' ? /^\s*(-?\d+(?:\.\d+)?)\s*(?:\.\.|-|–|~|to)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(String(tree.value)) : null;
    if (match && Number(match[1]) < Number(match[2])) return { min: Number(match[1]), max: Number(match[2]) };
    this.problem('codebook-shape', `${what} must be a smallest and a larger largest answer, such as \`1-5\``, tree.span);
    return undefined;
  }

  /** One or several numbers or words. */
  answers(tree: Tree, what: string): readonly (number | string)[] {
    const items = tree.kind === 'list' ? tree.items : [tree];
    return items.flatMap((item) => {
      if (item.kind === 'value' && (typeof item.value === 'number' || typeof item.value === 'string')) return [item.value];
      this.problem('codebook-shape', `${what} must be numbers or words`, item.span);
      return [];
    });
  }
}

/** `English | 中文` in two languages; without a bar the same text serves both readers. */
export function bilingual(text: string): Bilingual {
  const bar = text.indexOf('|');
  if (bar < 0) return { en: text.trim() };
  const en = text.slice(0, bar).trim();
  const zh = text.slice(bar + 1).trim();
  return { en: en || zh, ...(zh === '' ? {} : { zh }) };
}

/** `A1..A4` and `A1-A4` are A1, A2, A3, A4; anything else is itself. */
export function expandRun(text: string): readonly string[] {
  const match = RUN.exec(text);
  if (!match) return [text];
  const [, prefix, first, prefix2, last] = match;
  const shortForm = prefix2 === '' && text.includes('..');
  if (prefix === '' || (prefix2 !== prefix && !shortForm)) return [text];
  const from = Number(first);
  const to = Number(last);
  if (to < from || to - from >= LONGEST_RUN) return [text];
  const width = first.startsWith('0') ? first.length : 0;
  return Array.from({ length: to - from + 1 }, (_, i) => `${prefix}${String(from + i).padStart(width, '0')}`);
}
