import type { SourceText } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import type { FormulaSyntax } from './formula/ast.js';
import { columnsOf } from './design/evaluate.js';
import { parseFormula } from './formula/parser.js';
import { expandTerms, key, type Term, type Terms } from './formula/terms.js';

export interface ParsedFormula {
  readonly syntax: FormulaSyntax;
  readonly terms: Terms;
  readonly source: SourceText;
}

/**
 * The formula's terms by block. With `blocks` the formula's own terms that no
 * block names come first, then the blocks in order.
 */
export function formulaTerms(formula: string, survey: Survey, blocks: readonly (string | readonly string[])[] | undefined, source: SourceText): ParsedFormula {
  const syntax = parseFormula(formula, source.name);
  const terms = expandTerms(syntax, others(syntax, survey), source.name);
  if (!blocks || blocks.length === 0) return { syntax, terms, source };
  const sides = blocks.map((block) => (typeof block === 'string' ? block : block.join(' + ')));
  const text = `${formula.slice(syntax.response.span.start, syntax.response.span.end)} ~ ${sides.join(' | ')}`;
  const given = { ...source, text };
  const laid = expandTerms(parseFormula(text, source.name), others(syntax, survey), source.name);
  const named = new Set(laid.blocks.flat().map(key));
  const rest: readonly Term[] = terms.blocks.flat().filter((term) => !named.has(key(term)));
  return { syntax, source: given, terms: { intercept: terms.intercept && laid.intercept, blocks: rest.length > 0 ? [rest, ...laid.blocks] : laid.blocks } };
}

/** Columns that `.` stands for: all that are not in the outcome. */
function others(syntax: FormulaSyntax, survey: Survey): readonly string[] {
  const inOutcome = new Set(columnsOf(syntax.response).map(({ name }) => name));
  return survey.names().filter((name) => !inOutcome.has(name));
}
