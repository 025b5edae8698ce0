import { fail, type SourceText } from '../../../shared/diagnostic.js';
import type { Bilingual } from '../../../shared/table.js';
import type { PreciseColumn } from '../../../numerics/exact/accumulate.js';
import type { Survey } from '../../../survey/survey.js';
import type { DesignVariable, Term } from '../formula/terms.js';
import type { Factor } from './factor.js';
import type { Polynomial } from './polynomial.js';
import { product } from './preciseArithmetic.js';

/** One column that a term contributes. */
export interface TermColumn {
  /** As R names it: `x`, `a:b`, `factor(g)2`. */
  readonly name: string;
  /** As a table shows it: `g: red`, `a × b`. */
  readonly display: string;
  readonly label: Bilingual;
  readonly values: PreciseColumn;
}

/** Cells that a design may have: beyond this it would not fit into memory beside the data. */
const MOST_CELLS = 2e8;

/** What a variable of a term is made into. */
export type TermPart = PreciseColumn | Factor | Polynomial;

export function isFactor(part: TermPart): part is Factor {
  return 'levels' in part;
}

function columnCount(part: TermPart): number {
  return isFactor(part) ? part.levels.length : 'degrees' in part ? part.degrees.length : 1;
}

/** Columns of a term: every combination of its factors' levels, first factor fastest. */
export function termColumns(term: Term, parts: readonly TermPart[], full: readonly boolean[], survey: Survey, count: number, source: SourceText): readonly TermColumn[] {
  const cells = count * parts.reduce((product, part) => product * columnCount(part), 1);
  if (cells > MOST_CELLS) fail('too-large', `\`${term.name}\` would make ${Math.round(cells / Math.max(1, count))} columns of ${count} rows, too many to hold`, { span: term.span, help: 'join levels of the factor' }, source);
  let made: readonly TermColumn[] = [];
  parts.forEach((part, i) => {
    const own: readonly TermColumn[] = isFactor(part) ? indicatorColumns(part, full[i], survey, count) : 'degrees' in part ? degreeColumns(term.variables[i], part, survey) : [{ name: term.variables[i].name, display: term.variables[i].name, label: labelOf(term.variables[i], survey), values: part }];
    made = i === 0 ? own : own.flatMap((right) => made.map((left) => ({ name: `${left.name}:${right.name}`, display: `${left.display} × ${right.display}`, label: joinLabels(left.label, right.label), values: product(left.values, right.values) })));
  });
  return made;
}

function indicatorColumns(factor: Factor, full: boolean, survey: Survey, count: number): readonly TermColumn[] {
  const label = survey.info(factor.column).label ?? { en: factor.column };
  return factor.levels.flatMap((level, k) => {
    if (!full && k === factor.reference) return [];
    const values = new Float64Array(count);
    for (let i = 0; i < count; i++) if (factor.codes[i] === k) values[i] = 1;
    const zh = label.zh ?? level.label.zh;
    return [{ name: `${factor.name}${level.text}`, display: `${factor.column}: ${level.label.en}`, label: { en: `${label.en}: ${level.label.en}`, ...(zh === undefined ? {} : { zh: `${label.zh ?? label.en}：${level.label.zh ?? level.label.en}` }) }, values: { hi: values } }];
  });
}

/** What the degrees of a polynomial are called. */
const DEGREES: readonly Required<Bilingual>[] = [{ en: 'linear', zh: '一次项' }, { en: 'quadratic', zh: '二次项' }, { en: 'cubic', zh: '三次项' }];

/** `poly(x, 2)1`, `poly(x, 2)2`, as R names them. */
function degreeColumns({ name, node }: DesignVariable, { degrees }: Polynomial, survey: Survey): readonly TermColumn[] {
  const inner = node.type === 'call' ? node.arguments[0]?.value : undefined;
  const known = inner?.type === 'name' ? survey.info(inner.name).label : undefined;
  return degrees.map((values, k) => {
    const degree = DEGREES[k] ?? { en: `degree ${k + 1}`, zh: `${k + 1} 次项` };
    // R numbers the columns of a matrix, and a matrix of one has no number
    const own = degrees.length === 1 ? name : `${name}${k + 1}`;
    return { name: own, display: own, label: known ? { en: `${known.en} (${degree.en})`, ...(known.zh === undefined ? {} : { zh: `${known.zh}（${degree.zh}）` }) } : { en: own }, values };
  });
}

/** What is added to the wording of a column that a function shifts or scales. */
const SHIFTED: ReadonlyMap<string, Required<Bilingual>> = new Map([
  ['numeric', { en: '', zh: '' }],
  ['center', { en: ' (centred)', zh: '（中心化）' }],
  ['centre', { en: ' (centred)', zh: '（中心化）' }],
  ['scale', { en: ' (standardized)', zh: '（标准化）' }],
  ['standardize', { en: ' (standardized)', zh: '（标准化）' }]
]);

function labelOf({ node, name }: DesignVariable, survey: Survey): Bilingual {
  const shift = node.type === 'call' ? SHIFTED.get(node.name) : undefined;
  const inner = node.type === 'call' && shift ? node.arguments[0]?.value : node;
  const known = inner?.type === 'name' ? survey.info(inner.name).label : undefined;
  if (!known) return { en: name };
  return shift ? { en: known.en + shift.en, ...(known.zh === undefined ? {} : { zh: known.zh + shift.zh }) } : known;
}

function joinLabels(a: Bilingual, b: Bilingual): Bilingual {
  const zh = a.zh ?? b.zh;
  return { en: `${a.en} × ${b.en}`, ...(zh === undefined ? {} : { zh: `${a.zh ?? a.en} × ${b.zh ?? b.en}` }) };
}
