import type { Span } from '../../shared/diagnostic.js';
import type { Filter, FilterClause, FilterRange } from '../codebook.js';
import type { CodebookReader } from './reader.js';
import type { Tree } from './tree.js';

const CLAUSE_KEYS: readonly string[] = ['min', 'max', 'not'];
const RANGE = /^\s*(-?\d+(?:\.\d+)?)\s*(?:\.\.|-|–|~)\s*(-?\d+(?:\.\d+)?)\s*$/;
const HELP = 'write `{Q4: [1, 2]}`, `{age: {min: 18}}` or `Q4 = 1 and age >= 18`';

/**
 * Who is asked a question: `{Q4: 1}`, `{Q4: [1, 2]}`, `{age: 18-99}`,
 * `{age: {min: 18}}`, `{Q4: {not: 3}}`; several names must all hold, a list of
 * such maps is a choice of alternatives; or the same in words,
 * `Q4 in (1, 2) and age >= 18 or Q6 = yes`.
 */
export function readFilter(reader: CodebookReader, tree: Tree): Filter | undefined {
  const before = reader.problems.length;
  const alternatives = (tree.kind === 'list' ? tree.items : [tree]).flatMap((item) => alternativesOf(reader, item));
  if (reader.problems.length > before) return undefined;
  if (alternatives.length === 0) {
    reader.problem('codebook-shape', 'the answers that decide whether the question is put were expected', tree.span, HELP);
    return undefined;
  }
  return alternatives;
}

function alternativesOf(reader: CodebookReader, tree: Tree): readonly (readonly FilterClause[])[] {
  if (tree.kind === 'map') return tree.entries.length === 0 ? [] : [tree.entries.flatMap(({ key, keySpan, value }) => clause(reader, reader.place(String(key), keySpan), value))];
  if (tree.kind === 'value' && typeof tree.value === 'string') return inWords(reader, tree.value, tree.span);
  reader.problem('codebook-shape', 'a deciding question was expected, such as `{Q4: [1, 2]}`', tree.span, HELP);
  return [];
}

function clause(reader: CodebookReader, name: string, tree: Tree): readonly FilterClause[] {
  if (tree.kind === 'map') {
    reader.known(tree.entries, CLAUSE_KEYS, 'a filter');
    const part = (key: string): Tree | undefined => tree.entries.find((entry) => entry.key === key)?.value;
    const [min, max, not] = ['min', 'max', 'not'].map(part);
    const clauses: FilterClause[] = [];
    const low = min && reader.number(min, '`min`');
    const high = max && reader.number(max, '`max`');
    if (low !== undefined || high !== undefined) clauses.push({ name, answers: [], ranges: [{ low: low ?? -Infinity, high: high ?? Infinity }] });
    if (not) clauses.push({ ...listed(name, reader.answers(not, 'answers')), not: true });
    return clauses;
  }
  return [listed(name, reader.answers(tree, 'deciding answers'))];
}

/** Answers, of which `18-25` is a range of numbers and a word as well. */
function listed(name: string, answers: readonly (number | string)[]): FilterClause {
  const ranges = answers.flatMap((answer): FilterRange[] => {
    const match = typeof answer === 'string' ? RANGE.exec(answer) : null;
    return match ? [{ low: Number(match[1]), high: Number(match[2]) }] : [];
  });
  return { name, answers, ranges };
}

const TOKEN = /\s*(?:"([^"]*)"|'([^']*)'|(<>|[<>=!]=?|≠|≤|≥|[(),，、[\]])|([^\s<>=!≠≤≥(),，、[\]"']+))/gy;

interface Token {
  readonly text: string;
  readonly kind: 'mark' | 'word' | 'quoted';
  readonly span: Span;
}

function tokensOf(text: string, at: number): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    const quoted = match[1] ?? match[2];
    const found = quoted ?? match[3] ?? match[4];
    tokens.push({ text: found, kind: quoted !== undefined ? 'quoted' : match[3] !== undefined ? 'mark' : 'word', span: { start: at + end - found.length, end: at + end } });
  }
  return text.slice(end).trim() === '' ? tokens : undefined;
}

/** `Q4 in (1, 2) and age >= 18 or Q6 = yes`; `and` binds before `or`. */
function inWords(reader: CodebookReader, text: string, span: Span): readonly (readonly FilterClause[])[] {
  const exact = span.end - span.start === text.length;
  const tokens = tokensOf(text, exact ? span.start : 0) ?? [];
  const place = (token: Token | undefined): Span => (exact && token ? token.span : span);
  const alternatives: FilterClause[][] = [[]];
  let i = 0;
  const is = (...words: readonly string[]): boolean => i < tokens.length && tokens[i].kind !== 'quoted' && words.includes(tokens[i].text.toLowerCase());
  const refuse = (what: string): readonly (readonly FilterClause[])[] => {
    reader.problem('codebook-shape', `${what} was expected in the filter \`${text}\``, place(tokens[i]), HELP);
    return [];
  };
  for (;;) {
    const name = tokens[i];
    if (!name || name.kind === 'mark') return refuse('the name of a question');
    i++;
    let operator = tokens[i]?.kind === 'quoted' ? undefined : tokens[i]?.text.toLowerCase();
    i++;
    if (operator === 'not' && is('in')) {
      operator = 'not in';
      i++;
    }
    if (operator === undefined || !OPERATORS.has(operator)) {
      i--;
      return refuse('one of =, !=, <, <=, >, >=, in');
    }
    const answers: (number | string)[] = [];
    const bracketed = is('(', '[');
    if (bracketed) i++;
    while (i < tokens.length && (bracketed ? !is(')', ']') : !is('and', 'or', '&', '&&', '|', '||', '且', '或'))) {
      const token = tokens[i];
      if (token.kind === 'mark' && !COMMAS.has(token.text)) return refuse('`and` or `or`');
      i++;
      if (token.kind !== 'mark') answers.push(token.kind === 'word' && token.text.trim() !== '' && Number.isFinite(Number(token.text)) ? Number(token.text) : token.text);
    }
    if (bracketed) {
      if (i >= tokens.length) return refuse('a closing bracket');
      i++;
    }
    const range = OPERATORS.get(operator);
    const [limit] = answers;
    if (answers.length === 0 || (range && (answers.length > 1 || typeof limit !== 'number'))) {
      i--;
      return refuse(range ? 'one number' : 'an answer');
    }
    reader.place(name.text, place(name));
    const made = range ? { name: name.text, answers: [], ranges: [range(limit as number)] } : { ...listed(name.text, answers), ...(operator === '=' || operator === '==' || operator === 'in' ? {} : { not: true }) };
    alternatives[alternatives.length - 1].push(made);
    if (i >= tokens.length) return alternatives;
    if (is('or', '|', '||', '或')) alternatives.push([]);
    else if (!is('and', '&', '&&', '且')) return refuse('`and` or `or`');
    i++;
  }
}

const COMMAS: ReadonlySet<string> = new Set([',', '，', '、']);

/** Operators; those that compare give the range in which they hold. */
const OPERATORS: ReadonlyMap<string, ((limit: number) => FilterRange) | undefined> = new Map([
  ['=', undefined],
  ['==', undefined],
  ['in', undefined],
  ['!=', undefined],
  ['<>', undefined],
  ['≠', undefined],
  ['not in', undefined],
  ['<', (high: number): FilterRange => ({ low: -Infinity, high, below: true })],
  ['<=', (high: number): FilterRange => ({ low: -Infinity, high })],
  ['≤', (high: number): FilterRange => ({ low: -Infinity, high })],
  ['>', (low: number): FilterRange => ({ low, high: Infinity, above: true })],
  ['>=', (low: number): FilterRange => ({ low, high: Infinity })],
  ['≥', (low: number): FilterRange => ({ low, high: Infinity })]
]);
