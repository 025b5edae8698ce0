/**
 * The parameter table: the one representation of a model that every stage
 * reads (estimation, standardization, tables, diagram). Column meanings follow
 * lavaan's `parTable`.
 */

import type { Expression } from '../../language/syntax.js';
import type { Diagnostic } from '../../shared/diagnostic.js';

export type { Expression } from '../../language/syntax.js';

export type Operator = '=~' | '<~' | '~' | '~~' | '~1' | '|' | '~*~' | ':=' | '==' | '<' | '>';

/** Why a row is there: written by the user, or the rule that added it. */
export type Origin =
  | 'user'
  | 'marker' // first loading fixed to 1
  | 'std.lv' // latent variance fixed to 1
  | 'auto.var' // (residual) variance
  | 'auto.cov.lv.x' // covariance of exogenous latents
  | 'auto.cov.y' // residual covariance of dependent variables that predict nothing
  | 'single.indicator' // residual variance of a lone indicator fixed to 0
  | 'fixed.x' // moment of an exogenous observed variable
  | 'intercept' // observed intercept
  | 'latent.mean'
  | 'threshold'
  | 'scale'
  | 'group.equal' // equality of one parameter in all groups, or what it frees
  | 'shared.label' // equality of rows with one label
  | 'effect.coding' // loadings average 1, intercepts sum to 0
  | 'efa';

export interface Parameter {
  /** 1-based row number. */
  readonly id: number;
  readonly lhs: string;
  readonly op: Operator;
  readonly rhs: string;
  /** 1-based group; 0 for rows that belong to no group (`:=`, `==`, `<`, `>`). */
  readonly group: number;
  /** 1-based level in two-level models; 1 otherwise. */
  readonly level: number;
  /** 1-based index among the free parameters (before equality constraints), 0 when fixed or defined. */
  readonly free: number;
  /** The user's label, or ''. Rows that share a label share one value. */
  readonly label: string;
  /** Built-in label `.p1.`, usable in constraints. */
  readonly plabel: string;
  /** Fixed value, or the user's starting value when free; null when none was given. */
  readonly ustart: number | null;
  readonly lower: number;
  readonly upper: number;
  /** Moment of an exogenous observed variable (fixed.x). */
  readonly exo: boolean;
  /** Name of the EFA block, or ''. */
  readonly efa: string;
  readonly origin: Origin;
  /** Where the user wrote it. */
  readonly span?: { readonly start: number; readonly end: number } | undefined;
  /** For `:=`, `==`, `<`, `>`: the parsed expression(s). */
  readonly expression?: Expression | undefined;
}

/** Names by role, in lavaan's order. */
export interface VariableRoles {
  /** Observed variables in the model, in lavaan's `ov` order. */
  readonly observed: readonly string[];
  /** Latent variables in order of first appearance. */
  readonly latent: readonly string[];
  /** Exogenous observed variables (`ov.x`). */
  readonly exogenousObserved: readonly string[];
  /** Observed variables declared ordered. */
  readonly ordered: readonly string[];
}

/**
 * Equality is always said by `==` rows (rows 2 … n of a shared label each have
 * one), so that estimation needs to read these alone. A row that the user wrote
 * has a `span`; a row without one was added by the rule named in `origin`.
 */
export interface ParameterTable {
  readonly kind: 'parameterTable';
  readonly rows: readonly Parameter[];
  /** All names of the model, each once. Groups and levels may each have their own: see `blockRoles`. */
  readonly roles: VariableRoles;
  readonly groupLabels: readonly string[];
  /** Two-level models: what the model calls its levels, the one within clusters first. */
  readonly levelLabels?: readonly string[];
  /** Names of each block: per group, and in two-level models group 1 level 1, group 1 level 2, group 2 level 1 … */
  readonly blockRoles: readonly VariableRoles[];
  readonly meanStructure: boolean;
  /** Problems worth saying that do not forbid the fit: duplicated terms, labels over groups … */
  readonly warnings: readonly Diagnostic[];
  /** Free parameters before equality constraints. */
  readonly freeCount: number;
}
