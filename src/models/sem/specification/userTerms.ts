import type { Formula, Modifier, ModelSyntax, Term } from '../../../language/syntax.js';
import type { Diagnostic, Span } from '../../../shared/diagnostic.js';
import type { Operator } from '../parameterTable.js';

/** A parameter as the user wrote it: one left and one right variable, all its modifiers. */
export interface UserTerm {
  lhs: string;
  readonly op: Operator;
  rhs: string;
  readonly modifiers: Modifier[];
  readonly efa: string;
  /** The formula that it stands in. */
  readonly formula: Formula;
  readonly lhsSpan: Span;
  readonly rhsSpan: Span;
  readonly span: Span;
}

/** The formulas below one `group:` or `level:` header, or all of them when there is none. */
export interface UserBlock {
  readonly group: string | null;
  readonly level: string | null;
  readonly terms: UserTerm[];
}

/**
 * Spreads `f + g =~ x1 + 0.5*x2` into one term per pair, and merges a term
 * repeated inside one formula into the first: that is how a second modifier is
 * given. Repeated in another formula it is ignored, with a warning.
 */
export function userBlocks(syntax: ModelSyntax, warnings: Diagnostic[]): readonly UserBlock[] {
  const blocks: UserBlock[] = [];
  let group: string | null = null;
  let level: string | null = null;
  let terms: UserTerm[] | undefined;
  for (const statement of syntax.statements) {
    if (statement.type === 'block') {
      if (statement.keyword === 'group') {
        group = statement.value;
        level = null;
      } else level = statement.value;
      terms = undefined;
      continue;
    }
    if (statement.type !== 'formula') continue;
    if (terms === undefined) {
      terms = [];
      blocks.push({ group, level, terms });
    }
    for (const left of statement.left) for (const right of statement.right) addTerm(terms, statement, left, right, warnings);
  }
  if (blocks.length === 0) blocks.push({ group: null, level: null, terms: [] });
  return blocks;
}

function addTerm(terms: UserTerm[], formula: Formula, left: Term, right: Term, warnings: Diagnostic[]): void {
  const formulaOperator: Operator = formula.op;
  const lhs = left.variable.name;
  const intercept = right.variable.name === '';
  // `f =~ 0` declares a latent variable without indicators: its own, fixed to 0.
  const rhs = intercept && formulaOperator === '=~' ? lhs : right.variable.name;
  const op: Operator = intercept && formulaOperator === '~' ? '~1' : formulaOperator;
  const modifiers: readonly Modifier[] = intercept && formulaOperator === '=~' ? [{ type: 'fixed', values: [0], span: right.span }] : right.modifiers;
  const same = terms.find((term) => term.op === op && ((term.lhs === lhs && term.rhs === rhs) || (op === '~~' && term.lhs === rhs && term.rhs === lhs)));
  if (same) {
    if (same.formula !== formula) {
      warnings.push({ severity: 'warning', code: 'duplicate-parameter', message: `\`${lhs} ${op} ${rhs}\` is in the model twice; the second is ignored`, span: right.span });
      return;
    }
    for (const modifier of modifiers) {
      const earlier = same.modifiers.findIndex((each) => each.type === modifier.type);
      if (earlier >= 0) same.modifiers[earlier] = modifier;
      else same.modifiers.push(modifier);
    }
    return;
  }
  const efa = left.modifiers.find((modifier) => modifier.type === 'efa');
  terms.push({ lhs, op, rhs, formula, modifiers: [...modifiers], efa: efa && 'values' in efa ? String(efa.values[0] ?? '') : '', lhsSpan: left.variable.span, rhsSpan: right.variable.span, span: right.span });
}
