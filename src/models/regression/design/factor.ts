import { fail, type SourceText } from '../../../shared/diagnostic.js';
import { didYouMean } from '../../../shared/suggest.js';
import type { Survey } from '../../../survey/survey.js';
import type { Bilingual } from '../../../shared/table.js';
import type { FormulaNode } from '../formula/ast.js';
import { writeName } from '../formula/ast.js';

export interface Level {
  /** As the column holds it. */
  readonly value: number | string;
  /** Short text that goes into term names: the value label, else the value. */
  readonly text: string;
  readonly label: Bilingual;
}

/** A categorical variable over the rows in use. */
export interface Factor {
  readonly name: string;
  readonly column: string;
  /** True for a numeric column that the codebook calls nominal, without `factor()` in the formula. */
  readonly automatic: boolean;
  readonly levels: readonly Level[];
  /** Index into `levels`. */
  readonly reference: number;
  /** Per row in use: index of its level. */
  readonly codes: Int32Array;
}

/** A factor with more levels than this is an identifier or a measurement. */
const MOST_LEVELS = 1000;

/** Spellings of the function that makes a factor. */
const FACTOR_FUNCTIONS: readonly string[] = ['factor', 'as.factor'];

export function isFactorCall(node: FormulaNode): boolean {
  return node.type === 'call' && FACTOR_FUNCTIONS.includes(node.name);
}

/** The column that a node treats as a factor, or undefined: `factor(g)`, a string column, a nominal numeric column. */
export function factorColumn(node: FormulaNode, survey: Survey): string | undefined {
  if (node.type === 'call' && isFactorCall(node)) {
    const [first] = node.arguments;
    return first?.name === undefined && first?.value.type === 'name' ? first.value.name : undefined;
  }
  if (node.type !== 'name' || !survey.has(node.name)) return undefined;
  if (survey.column(node.name).type === 'string') return node.name;
  return survey.info(node.name).level === 'nominal' ? node.name : undefined;
}

/**
 * Levels and codes of a factor. Numbers sort by value, words by code point;
 * only levels that occur in the rows are kept; the reference is `ref`, else
 * the first level.
 */
export function makeFactor(node: FormulaNode, column: string, survey: Survey, rows: ArrayLike<number> | undefined, source: SourceText): Factor {
  const held = survey.column(column);
  const info = survey.info(column);
  const values: readonly (number | string | null)[] | Float64Array = held.type === 'string' ? survey.labels(column) : survey.numeric(column);
  const count = rows ? rows.length : values.length;
  const at = (i: number): number | string => values[rows ? rows[i] : i] as number | string;
  const distinct = new Set<number | string>();
  for (let i = 0; i < count; i++) {
    distinct.add(at(i));
    if (distinct.size > MOST_LEVELS) fail('too-many-levels', `\`${column}\` has more than ${MOST_LEVELS} different values, too many for a factor`, { span: node.span }, source);
  }
  const sorted = [...distinct].sort((a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1));
  const labelled = held.type === 'numeric' && info.level === 'nominal';
  const levels = sorted.map((value): Level => {
    const label = info.valueLabels.get(value) ?? { en: String(value) };
    return { value, text: labelled ? label.en : String(value), label };
  });
  const places = new Map(sorted.map((value, i) => [value, i]));
  const codes = Int32Array.from({ length: count }, (_, i) => places.get(at(i)) ?? 0);
  const name = node.type === 'call' ? `${node.name}(${writeName(column)})` : writeName(column);
  return { name, column, automatic: labelled && node.type === 'name', levels, reference: referenceOf(node, column, sorted, levels, source), codes };
}

function referenceOf(node: FormulaNode, column: string, values: readonly (number | string)[], levels: readonly Level[], source: SourceText): number {
  if (node.type !== 'call') return 0;
  const extra = node.arguments.slice(1);
  const unknown = extra.find(({ name }) => name !== 'ref' && name !== 'reference');
  if (unknown) fail('bad-arguments', `\`factor\` takes a column and \`ref\`, not \`${unknown.name ?? 'another value'}\``, { span: unknown.value.span }, source);
  if (extra.length === 0) return 0;
  const { value } = extra[0];
  const wanted = value.type === 'number' ? value.text : value.type === 'text' ? value.value : value.type === 'name' ? value.name : undefined;
  if (wanted === undefined) fail('bad-arguments', '`ref` names one level', { span: value.span }, source);
  const found = values.findIndex((v, i) => String(v) === wanted || levels[i].text === wanted || levels[i].label.en === wanted || levels[i].label.zh === wanted);
  if (found < 0) {
    const help = didYouMean(wanted, levels.map(({ text }) => text)) ?? `levels are ${levels.slice(0, 12).map(({ text }) => `\`${text}\``).join(', ')}`;
    fail('unknown-level', `\`${wanted}\` is not a level of \`${column}\` in the rows used`, { span: value.span, help }, source);
  }
  return found;
}
