import type { Table } from '../../shared/table.js';
import type { Fit } from '../fit.js';
import type { BootstrapResult } from './bootstrap/bootstrapResult.js';
import type { TestResult } from './fit/fitState.js';
import type { Operator, Origin, ParameterTable } from './parameterTable.js';

/** One row of the estimated parameter table. Numbers that mean nothing are `null`. */
export interface ParameterEstimate {
  readonly term: string; // lhs + op + rhs
  readonly lhs: string;
  readonly op: Operator;
  readonly rhs: string;
  readonly group: number;
  readonly level: number;
  readonly label: string;
  /** 0 when fixed or defined. */
  readonly free: number;
  readonly origin: Origin;
  readonly estimate: number | null;
  readonly stdError: number | null;
  readonly statistic: number | null; // z
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  readonly stdLatent: number | null; // latent variables standardized
  readonly stdAll: number | null; // latent and observed variables standardized
}

/**
 * Fit measures by lavaan's names (`chisq`, `cfi`, `rmsea.ci.lower`, `srmr`,
 * `cfi.robust` …). A measure that does not exist for this fit is absent or null.
 */
export type FitMeasures = Readonly<Record<string, number | null>>;

/** What a two-level fit says of its clusters, per group. */
export interface FitLevels {
  /** What the model calls its levels, within clusters first. */
  readonly labels: readonly string[];
  readonly clusters: readonly { readonly count: number; readonly smallest: number; readonly largest: number; readonly distinctSizes: number }[];
  /** Level-1 variable → intraclass correlation. */
  readonly intraclass: readonly ReadonlyMap<string, number>[];
}

/** A fitted structural equation model. Immutable; no drawing, no strings made for print. */
export interface SemFit extends Fit {
  readonly kind: 'sem';
  readonly table: ParameterTable;
  readonly parameters: readonly ParameterEstimate[];
  /** The regressions (`~`) only. */
  readonly paths: readonly ParameterEstimate[];
  /** The loadings (`=~`) only. */
  readonly loadings: readonly ParameterEstimate[];
  /** The defined parameters (`:=`) only. */
  readonly defined: readonly ParameterEstimate[];
  readonly measures: FitMeasures;
  /** Every test of the model that was asked for, the standard one first. */
  readonly tests: readonly TestResult[];
  /** Per group: variable → R². Two-level models have one entry per level of each group. */
  readonly rSquared: readonly ReadonlyMap<string, number>[];
  /** False for a Heywood case, a non-positive-definite latent or residual covariance matrix … */
  readonly admissible: boolean;
  /** The draws behind the standard errors, with `se: 'bootstrap'`; else null. */
  readonly bootstrap: BootstrapResult | null;
  /** Present for two-level models. */
  readonly levels?: FitLevels | undefined;
  /** The model text that was fitted. */
  readonly syntax: string;
  /** One row per row used: observed variables and factor scores. */
  augment(): Table;
}
