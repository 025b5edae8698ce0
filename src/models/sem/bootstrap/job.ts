import type { CategoricalMap } from '../categorical/categoricalMap.js';
import type { CategoricalGroup } from '../categorical/sample/categoricalMoments.js';
import type { DiscrepancyName, MissingTreatment } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';

export type BootstrapType = 'nonparametric' | 'bollen.stine' | 'parametric';

/** Rows (n × p, already transformed for Bollen and Stine's test) or moments to draw from, per group. */
export interface BootstrapGroup {
  readonly n: number;
  readonly rows: Float64Array | null;
  /** Sample moments with the estimator's divisor. */
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  /** Sampling weights of the rows. */
  readonly weights?: Float64Array;
  /** Cluster of each row: clusters are drawn whole. */
  readonly cluster?: Int32Array;
  /** n × p, 1 where generated rows get a hole. */
  readonly holes?: Uint8Array;
}

/** The answers of a model with ordinal variables, per group, and how its moments are made of them. */
export interface OrdinalRows {
  readonly sources: readonly CategoricalGroup[];
  readonly maps: readonly CategoricalMap[];
  readonly zeroAdd: readonly [number, number];
  readonly missing: MissingTreatment;
  readonly discrepancy: DiscrepancyName;
}

/**
 * A run of draws, as plain data that can be sent to a worker thread. Draw d
 * uses stream d of the seed, so the bits do not depend on how draws are shared
 * out.
 */
export interface BootstrapJob {
  readonly table: ParameterTable;
  readonly discrepancy: Exclude<DiscrepancyName, 'PML'>;
  /** Whole rows are drawn and each draw's moments formed from them: missing answers, weights, clusters, or weights of fourth moments. */
  readonly wholeRows: boolean;
  /** Rows have missing answers: full-information likelihood. */
  readonly incomplete: boolean;
  readonly wishart: boolean;
  readonly groups: readonly BootstrapGroup[];
  readonly groupWeights: Float64Array;
  /** Factor of the test statistic: T = Σ multiplier_g F_g. */
  readonly multipliers: Float64Array;
  readonly type: BootstrapType;
  readonly seed: number;
  /** Solution in the full sample, one per distinct free parameter. */
  readonly from: Float64Array;
  /** Present where variables are ordinal: rows are drawn from these, not from `groups`. */
  readonly ordinal?: OrdinalRows;
  /** First draw (0-based) and how many. */
  readonly first: number;
  readonly count: number;
}

/** What became of a draw. */
export const DRAW_USED = 0;
/** Used, but the solution is improper (negative variance, covariance matrix that is none). */
export const DRAW_INADMISSIBLE = 1;
export const DRAW_NOT_CONVERGED = 2;
/** The drawn rows cannot be fitted at all (a variable without variance, an empty category). */
export const DRAW_FAILED = 3;

export interface BootstrapChunk {
  readonly first: number;
  /** count × rows of the table. */
  readonly estimates: Float64Array;
  /** The same, latent and observed variables standardized. */
  readonly standardized: Float64Array;
  readonly status: Uint8Array;
  /** Test statistic of each draw. */
  readonly statistics: Float64Array;
}
