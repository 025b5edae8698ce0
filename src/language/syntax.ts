/**
 * The tree of a model text. Every node carries the span that it was read from.
 * It knows no data and no defaults: those come in `specify`.
 */
import type { Span } from '../shared/diagnostic.js';

/** Arithmetic over parameter labels; parsed by us, never evaluated as code. */
export type Expression =
  | { readonly type: 'number'; readonly value: number; readonly span?: Span }
  | { readonly type: 'name'; readonly name: string; readonly span?: Span }
  | { readonly type: 'unary'; readonly operator: '-' | '+'; readonly argument: Expression; readonly span?: Span }
  | { readonly type: 'binary'; readonly operator: '+' | '-' | '*' | '/' | '^'; readonly left: Expression; readonly right: Expression; readonly span?: Span }
  | { readonly type: 'call'; readonly name: string; readonly arguments: readonly Expression[]; readonly span?: Span };

/** Operators that relate variables. An intercept is a `~` term without a variable. */
export type FormulaOperator = '=~' | '<~' | '~' | '~~' | '|' | '~*~';
export type ConstraintOperator = '==' | '<' | '>';

/** `NA` in a list of numbers. */
export type NumberOrMissing = number | null;

/** What stands before `*` (or `?`). Lists have one element, or one per group. */
export type Modifier =
  | { readonly type: 'fixed'; readonly values: readonly NumberOrMissing[]; readonly span: Span }
  | { readonly type: 'start'; readonly values: readonly NumberOrMissing[]; readonly span: Span }
  | { readonly type: 'lower'; readonly values: readonly NumberOrMissing[]; readonly span: Span }
  | { readonly type: 'upper'; readonly values: readonly NumberOrMissing[]; readonly span: Span }
  | { readonly type: 'label'; readonly values: readonly string[]; readonly span: Span }
  | { readonly type: 'equal'; readonly values: readonly string[]; readonly span: Span }
  | { readonly type: 'rv'; readonly values: readonly string[]; readonly span: Span }
  | { readonly type: 'efa'; readonly values: readonly string[]; readonly span: Span };

export type ModifierType = Modifier['type'];

/** A variable as written; `x:z` is an observed product, its name joined by a colon. */
export interface VariableName {
  readonly name: string;
  readonly span: Span;
}

/** One summand: a variable with the modifiers before it. */
export interface Term {
  readonly variable: VariableName;
  readonly modifiers: readonly Modifier[];
  readonly span: Span;
}

/** `lhs op rhs`. The `1` (or `0`) of an intercept, `y ~ 1`, is a term whose variable is named ''. */
export interface Formula {
  readonly type: 'formula';
  readonly op: FormulaOperator;
  readonly left: readonly Term[];
  readonly right: readonly Term[];
  readonly operatorSpan: Span;
  readonly span: Span;
}

/** `name := expression`. */
export interface Definition {
  readonly type: 'definition';
  readonly name: VariableName;
  readonly expression: Expression;
  readonly span: Span;
}

/** `left == right`, `left < right`, `left > right`. */
export interface Constraint {
  readonly type: 'constraint';
  readonly op: ConstraintOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly operatorSpan: Span;
  readonly span: Span;
}

/** `group: men` or `level: 1`; holds for the statements below it. */
export interface BlockHeader {
  readonly type: 'block';
  readonly keyword: 'group' | 'level';
  readonly value: string;
  readonly span: Span;
}

export type Statement = Formula | Definition | Constraint | BlockHeader;

export interface ModelSyntax {
  readonly kind: 'modelSyntax';
  readonly text: string;
  readonly statements: readonly Statement[];
}
