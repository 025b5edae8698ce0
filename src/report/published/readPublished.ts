import { SurveyError, type Diagnostic, type SourceText, type Span } from '../../shared/diagnostic.js';
import { typedMoments, type Moments } from '../../statistics/moments.js';
import { readPrinted, type PrintedNumber } from './printedNumber.js';

/** One printed number: whose it is and which of its figures. */
export interface PublishedNumber {
  /** 1-based line of the text. */
  readonly line: number;
  /** What it belongs to, as written: `SAT ~ CONF`, `cfi`, `R² SAT`. */
  readonly of: string;
  /** Which figure: `estimate`, `se`, `std` …; '' for the only or first one. */
  readonly figure: string;
  readonly printed: PrintedNumber;
  readonly span: Span;
}

/** Numbers as a paper prints them, and the moments it prints, if it does. */
export interface Published {
  readonly kind: 'published';
  readonly source: string;
  readonly numbers: readonly PublishedNumber[];
  readonly moments: Moments | null;
  readonly text: string;
}

const KEYED = /^(?<of>.+?)(?:\s*[:：]\s*|\s+=\s+)(?<values>\S.*)$/u;
const COMPARED = /^(?<of>.+?)\s*(?<values>[<>]\s*[.\d].*)$/u;
const NUMBER = '[-+−]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';
const VALUE = new RegExp(`\\(\\s*(?<paren>${NUMBER})\\s*\\)|\\[\\s*(?<low>${NUMBER})\\s*[,;]\\s*(?<high>${NUMBER})\\s*\\]|(?:(?<figure>[\\p{L}Δ²][\\p{L}\\p{N}._²]*)\\s*=?\\s*)?(?<comparison>[<>])?\\s*(?<number>${NUMBER})(?<percent>%)?(?<stars>\\*{1,3})?`, 'gu');
const STARS = new Map([['*', '.05'], ['**', '.01'], ['***', '.001']]);
const ROW = new RegExp(`^\\s*${NUMBER}(?:[\\s,;]+${NUMBER})*\\s*$`, 'u');
const MATRIX = /^(?<what>covariances?|correlations?)\s*[:：]\s*$/iu;
const LIST = /^(?<what>names|sds|means)\s*[:：]\s*(?<items>.*)$/iu;
const MOST_VARIABLES = 500;

/**
 * Reads printed results, one thing a line:
 *
 *     source: Wheaton et al. (1977), table 3
 *     n: 932
 *     chisq: 4.74, df 4, p .316
 *     alien71 ~ alien67: .607 (.051) std .567
 *     R² alien71: .50
 *
 * A bare number is the estimate, one in parentheses its standard error, a pair
 * in brackets its interval; others are named. Stars claim p < .05, .01, .001.
 * `names:` with `covariances:` (or `correlations:` and `sds:`) and the rows
 * below give the moments that the paper prints.
 *
 * @throws SurveyError `published-syntax` with the place of each line that cannot be read
 */
export function readPublished(text: string, source: Omit<SourceText, 'text'> = { name: 'published' }): Published {
  const numbers: PublishedNumber[] = [];
  const problems: Diagnostic[] = [];
  const matrix: { kind: string; rows: number[][]; names: readonly string[]; sds?: readonly number[]; means?: readonly number[]; n: number | null } = { kind: '', rows: [], names: [], n: null };
  let from = '';
  let inMatrix = false;
  let start = 0;
  text.split('\n').forEach((raw, index) => {
    const span = { start, end: start + raw.length };
    start += raw.length + 1;
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return;
    if (inMatrix && ROW.test(line)) {
      matrix.rows.push(asNumbers(line));
      return;
    }
    inMatrix = false;
    const list = LIST.exec(line)?.groups;
    const heading = MATRIX.exec(line)?.groups;
    if (/^source\s*[:：]/iu.test(line)) from = line.replace(/^source\s*[:：]\s*/iu, '');
    else if (heading) {
      matrix.kind = heading.what.toLowerCase().replace(/s$/, '');
      inMatrix = true;
    } else if (list) {
      if (list.what.toLowerCase() === 'names') matrix.names = list.items.split(/[\s,;]+/).filter((name) => name !== '');
      else if (ROW.test(list.items)) matrix[list.what.toLowerCase() as 'sds' | 'means'] = asNumbers(list.items);
      else problems.push(problem(span, `\`${list.what}\` is followed by numbers`));
    } else {
      const found = readLine(line, raw.indexOf(line), index + 1, span);
      if (found.length === 0) problems.push(problem(span, `\`${line.slice(0, 60)}\` holds no printed number`));
      numbers.push(...found);
      if (found.length === 1 && found[0].of.toLowerCase() === 'n') matrix.n = found[0].printed.value;
    }
  });
  if (problems.length > 0) throw new SurveyError(problems.slice(0, 5), { ...source, text });
  return Object.freeze({ kind: 'published' as const, source: from, numbers: Object.freeze(numbers), moments: momentsOf(matrix, source, text), text });
}

function problem(span: Span, message: string): Diagnostic {
  return { severity: 'error', code: 'published-syntax', message, span, help: 'write what it is, a colon, and the number as printed: `SAT ~ CONF: .45 (.06) std .51`, `cfi: .956`, `p < .001`' };
}

function readLine(line: string, indent: number, number: number, span: Span): readonly PublishedNumber[] {
  const parts = (KEYED.exec(line) ?? COMPARED.exec(line))?.groups;
  if (!parts) return [];
  const of = parts.of.trim();
  const at = span.start + indent + line.lastIndexOf(parts.values);
  const found: PublishedNumber[] = [];
  const rest = parts.values.replace(VALUE, (match) => ' '.repeat(match.length));
  if (/[\p{L}\p{N}]/u.test(rest)) return [];
  for (const match of parts.values.matchAll(VALUE)) {
    const { paren, low, high, figure, comparison, number: digits, percent, stars } = match.groups ?? {};
    const place = { line: number, of, span: { start: at + match.index, end: at + match.index + match[0].trimEnd().length } };
    if (paren !== undefined) found.push({ ...place, figure: 'se', printed: readPrinted('=', paren, false) });
    else if (low !== undefined && high !== undefined) {
      found.push({ ...place, figure: 'lower', printed: readPrinted('=', low, false) }, { ...place, figure: 'upper', printed: readPrinted('=', high, false) });
    } else {
      found.push({ ...place, figure: figure ?? '', printed: readPrinted(comparison ?? '=', digits, percent !== undefined) });
      if (stars !== undefined) found.push({ ...place, figure: 'p', printed: readPrinted('<', STARS.get(stars) ?? '.05', false) });
    }
  }
  return found;
}

function asNumbers(line: string): number[] {
  return line.trim().split(/[\s,;]+/).map((word) => Number(word.replace('−', '-')));
}

function momentsOf({ kind, rows, names, sds, means, n }: { readonly kind: string; readonly rows: readonly (readonly number[])[]; readonly names: readonly string[]; readonly sds?: readonly number[]; readonly means?: readonly number[]; readonly n: number | null }, source: Omit<SourceText, 'text'>, text: string): Moments | null {
  if (kind === '') return null;
  const refuse = (message: string): never => {
    throw new SurveyError([{ severity: 'error', code: 'published-moments', message }], { ...source, text });
  };
  if (n === null) return refuse('the matrix needs the sample size: a line `n: 932`');
  if (names.length === 0 || names.length > MOST_VARIABLES) return refuse('the matrix needs the names of its variables: a line `names: x1 x2 x3`');
  if (sds !== undefined && sds.length !== names.length) return refuse(`\`sds\` has ${sds.length} numbers, \`names\` has ${names.length}`);
  // standard deviations turn correlations into covariances; without them a correlation matrix is taken as it is
  const scale = kind === 'correlation' ? (sds ?? names.map(() => 1)) : names.map(() => 1);
  const covariance = rows.map((row, i) => row.map((value, j) => value * scale[i] * scale[j]));
  return typedMoments({ names, groups: [{ n, covariance, ...(means ? { mean: means } : {}) }] });
}
