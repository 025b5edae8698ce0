import { fail, type SourceText } from '../../../shared/diagnostic.js';
import type { Bilingual } from '../../../shared/table.js';
import type { PreciseColumn } from '../../../numerics/exact/accumulate.js';
import type { Survey } from '../../../survey/survey.js';
import { writeNode, type FormulaNode } from '../formula/ast.js';
import { key, type DesignVariable, type Term, type Terms } from '../formula/terms.js';
import { columnsOf, evaluate, type EvaluationRows } from './evaluate.js';
import { factorColumn, isFactorCall, makeFactor, type Factor } from './factor.js';
import { checkColumn, completeRows, pick, type UsedRows } from './rows.js';
import { polynomial, polynomialCall } from './polynomial.js';
import { isFactor, termColumns, type TermColumn, type TermPart } from './termColumns.js';

/** One column of the design, the constant apart. */
export interface DesignColumn extends TermColumn {
  /** Index into `terms`. */
  readonly term: number;
}

export interface DesignTerm {
  readonly name: string;
  /** 0-based block. */
  readonly block: number;
  /** Columns [first, first + count). */
  readonly first: number;
  readonly count: number;
  /** True when a factor takes part. */
  readonly categorical: boolean;
}

export interface Design {
  readonly response: PreciseColumn;
  readonly responseName: string;
  readonly responseLabel: Bilingual;
  readonly intercept: boolean;
  readonly columns: readonly DesignColumn[];
  readonly terms: readonly DesignTerm[];
  readonly blockCount: number;
  readonly factors: readonly Factor[];
  /** The outcome's classes, when `outcome: 'classes'` was asked for. */
  readonly classes?: Factor;
  readonly rows: UsedRows;
  readonly weights?: Float64Array;
  readonly clusters?: Int32Array;
  readonly clusterCount?: number;
}

/** Columns that a design may have: their cross products take the square of that. */
const MOST_COLUMNS = 2000;

export interface DesignOptions {
  readonly weights?: string;
  readonly cluster?: string;
  /** Further columns that must be complete. */
  readonly complete?: readonly string[];
  /** Kind of outcome: numbers, or classes coded 0 … k − 1. */
  readonly outcome?: 'numeric' | 'classes';
}

/**
 * Response and predictor columns over the complete rows.
 *
 * Factors take treatment contrasts against their reference level where their
 * margin is in the model, indicators of all levels otherwise, as in R.
 * @see Chambers & Hastie (1992), Statistical Models in S, 2.4.1
 */
export function buildDesign(responseNode: FormulaNode, terms: Terms, survey: Survey, options: DesignOptions, source: SourceText): Design {
  const names = usedColumns([responseNode, ...terms.blocks.flat().flatMap(({ variables }) => variables.map(({ node }) => node))], survey, source);
  for (const extra of [options.weights, options.cluster, ...(options.complete ?? [])]) if (extra !== undefined && !names.includes(extra)) {
    checkColumn(survey, extra, { name: 'options', text: '' });
    names.push(extra);
  }
  const refused: { reason: string; mask: Uint8Array }[] = [];
  if (options.weights !== undefined) {
    const weights = survey.numeric(options.weights);
    if (weights.some((w) => w < 0 || w === Infinity)) fail('bad-weights', `weights in \`${options.weights}\` must not be negative or infinite`);
    if (weights.includes(0)) refused.push({ reason: `weight \`${options.weights}\` is zero`, mask: Uint8Array.from(weights, (w) => (w === 0 ? 1 : 0)) });
  }
  let built = attempt(responseNode, terms, survey, options, source, completeRows(survey, names, refused));
  if (built.undefinedRows.length > 0) {
    const rows = completeRows(survey, names, [...refused, ...built.undefinedRows]);
    built = attempt(responseNode, terms, survey, options, source, rows);
  }
  return built.design;
}

function usedColumns(nodes: readonly FormulaNode[], survey: Survey, source: SourceText): string[] {
  const names: string[] = [];
  for (const node of nodes) {
    for (const { name, node: place } of columnsOf(node)) {
      checkColumn(survey, name, source, place.span);
      if (!names.includes(name)) names.push(name);
    }
  }
  return names;
}

interface Attempt {
  readonly design: Design;
  readonly undefinedRows: readonly { readonly reason: string; readonly mask: Uint8Array }[];
}

function attempt(responseNode: FormulaNode, terms: Terms, survey: Survey, options: DesignOptions, source: SourceText, rows: UsedRows): Attempt {
  const context: EvaluationRows = {
    count: rows.count,
    source,
    numeric(name) {
      return pick(survey.numeric(name), rows);
    }
  };
  const undefinedRows: { reason: string; mask: Uint8Array }[] = [];
  const numeric = (variable: DesignVariable): PreciseColumn => {
    const values = evaluate(variable.node, context);
    if (variable.node.type !== 'name') noteUndefined(values.hi, variable, rows, survey.validCount, undefinedRows, source);
    return values;
  };
  const factors: Factor[] = [];
  const coded = new Map<string, TermPart>();
  const code = (variable: DesignVariable): TermPart => {
    let known = coded.get(variable.name);
    if (known) return known;
    const column = factorColumn(variable.node, survey);
    if (isFactorCall(variable.node) && column === undefined) fail('bad-arguments', '`factor` takes the name of a column', { span: variable.node.span }, source);
    const polynomials = polynomialCall(variable.node, source);
    if (polynomials) known = polynomial(numeric({ name: writeNode(polynomials.argument), node: polynomials.argument }), polynomials, variable.name, variable.node, source);
    else if (column === undefined) known = numeric(variable);
    else {
      known = makeFactor(variable.node, column, survey, rows.indices, source);
      if (rows.count > 0 && known.levels.length < 2) fail('single-level', `factor \`${column}\` has only the level \`${known.levels[0].text}\` in the ${rows.count} rows used`, { span: variable.node.span, help: 'leave it out, or use rows in which it varies' }, source);
      factors.push(known);
    }
    coded.set(variable.name, known);
    return known;
  };

  const present = new Set(terms.blocks.flat().map(key));
  const earlier: ReadonlySet<string>[] = [];
  let constantMissing = !terms.intercept;
  const columns: DesignColumn[] = [];
  const designTerms: DesignTerm[] = [];
  terms.blocks.forEach((block, blockIndex) =>
    block.forEach((term) => {
      const parts = term.variables.map(code);
      const full = parts.map((part, i) => {
        if (!isFactor(part)) return false;
        // without a constant the first factor takes its place
        const standsForConstant = constantMissing;
        constantMissing = false;
        return standsForConstant || !marginPresent(term, i, present, earlier);
      });
      earlier.push(new Set(term.variables.map(({ name }) => name)));
      const made = termColumns(term, parts, full, survey, rows.count, source);
      if (columns.length + made.length > MOST_COLUMNS) fail('too-many-predictors', `the formula makes more than ${MOST_COLUMNS} predictors`, { span: term.span, help: 'name fewer terms, or join levels of a factor' }, source);
      designTerms.push({ name: term.name, block: blockIndex, first: columns.length, count: made.length, categorical: parts.some(isFactor) });
      columns.push(...made.map((column) => ({ ...column, term: designTerms.length - 1 })));
    })
  );

  const responseName = writeNode(responseNode);
  const response = options.outcome === 'classes' ? { hi: new Float64Array(rows.count) } : responseValues(responseNode, responseName, survey, numeric, source);
  const design: Design = {
    ...(options.outcome === 'classes' ? { classes: classesOf(responseNode, survey, rows, source) } : {}),
    response,
    responseName,
    responseLabel: (responseNode.type === 'name' && survey.info(responseNode.name).label) || { en: responseName },
    intercept: terms.intercept,
    columns,
    terms: designTerms,
    blockCount: terms.blocks.length,
    factors,
    rows,
    ...(options.weights === undefined ? {} : { weights: pick(survey.numeric(options.weights), rows) }),
    ...(options.cluster === undefined ? {} : clusterCodes(survey, options.cluster, rows))
  };
  return { design, undefinedRows };
}

function responseValues(node: FormulaNode, name: string, survey: Survey, numeric: (variable: DesignVariable) => PreciseColumn, source: SourceText): PreciseColumn {
  if (node.type === 'name' && survey.column(node.name).type === 'string') {
    fail('not-numeric', `the outcome \`${node.name}\` holds words, numbers were expected`, { span: node.span, help: 'a binary outcome in words is fitted by `logistic`' }, source);
  }
  return numeric({ name, node });
}

function classesOf(node: FormulaNode, survey: Survey, rows: UsedRows, source: SourceText): Factor {
  const column = factorColumn(node, survey) ?? (node.type === 'name' ? node.name : undefined);
  if (column === undefined) fail('bad-outcome', 'the outcome is one column with the classes', { span: node.span }, source);
  return makeFactor(node, column, survey, rows.indices, source);
}

/** Whether a term without one of its variables is in the model, or is part of a term before it: R's rule for contrasts. */
function marginPresent(term: Term, omit: number, present: ReadonlySet<string>, earlier: readonly ReadonlySet<string>[]): boolean {
  const rest = term.variables.filter((_, i) => i !== omit);
  return rest.length === 0 || present.has(key({ ...term, variables: rest })) || earlier.some((names) => rest.every(({ name }) => names.has(name)));
}

/** Rows where an expression has no value are dropped and told; infinite values are an error. */
function noteUndefined(values: Float64Array, variable: DesignVariable, rows: UsedRows, total: number, found: { reason: string; mask: Uint8Array }[], source: SourceText): void {
  let mask: Uint8Array | undefined;
  let infinite = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== values[i]) (mask ??= new Uint8Array(total))[rows.indices ? rows.indices[i] : i] = 1;
    else if (values[i] === Infinity || values[i] === -Infinity) infinite++;
  }
  if (infinite > 0) fail('infinite-value', `\`${variable.name}\` is infinite in ${infinite} ${infinite === 1 ? 'row' : 'rows'}`, { span: variable.node.span, help: 'a logarithm or quotient of zero; exclude these rows or add a constant' }, source);
  if (mask) found.push({ reason: `\`${variable.name}\` is not a number`, mask });
}

function clusterCodes(survey: Survey, name: string, rows: UsedRows): { readonly clusters: Int32Array; readonly clusterCount: number } {
  const values = survey.column(name).type === 'string' ? survey.labels(name) : survey.numeric(name);
  const places = new Map<number | string | null, number>();
  const clusters = new Int32Array(rows.count);
  for (let i = 0; i < rows.count; i++) {
    const value = values[rows.indices ? rows.indices[i] : i];
    let place = places.get(value);
    if (place === undefined) places.set(value, (place = places.size));
    clusters[i] = place;
  }
  return { clusters, clusterCount: places.size };
}
