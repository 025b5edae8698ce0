import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { BootstrapResult } from '../bootstrap/bootstrapResult.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemData, SemSample } from '../estimation/sample.js';
import type { ResolvedSemOptions, TestKind } from '../options.js';
import type { ParameterTable } from '../parameterTable.js';
import type { TwoLevelState } from '../twoLevel/twoLevelState.js';

/** Test statistic of a model (or of its baseline): the plain one, and the scaled one when the estimator asks for it. */
export interface ModelTest {
  readonly statistic: number;
  readonly df: number;
  readonly scaled: ScaledTest | null;
}

export interface ScaledTest {
  readonly statistic: number;
  readonly df: number;
  /** c in T/c (1/a for a scaled and shifted test). */
  readonly scaling: number;
  /** b of a scaled and shifted statistic aT + b, else 0. */
  readonly shift: number;
  /** trace-based c of the robust fit measures, Satorra-Bentler or Yuan-Bentler form. */
  readonly trace: number;
  /** tr(A₁⁻¹B₁) of the saturated model and tr(A₀⁻¹B₀) of the fitted one (Yuan-Bentler tests). */
  readonly saturated?: number;
  readonly model?: number;
}

/** One test of the whole model, by lavaan's name. */
export interface TestResult {
  readonly test: TestKind;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly pValue: number | null;
  /** What the statistic is referred to; ULS has no known distribution. */
  readonly reference: 'chi-square' | 'bootstrap' | 'unknown';
  /** Of a scaled test: T/c or aT + b with a = 1/c. */
  readonly scalingFactor: number | null;
  readonly shift: number | null;
}

/** A pairwise likelihood at its maximum. */
export interface PairwiseFit {
  readonly logLikelihood: number;
  /** tr(J H⁻¹): what the number of parameters is to a full likelihood. */
  readonly dimension: number;
}

/** Derivatives over the distinct free parameters where the general ones do not hold: after rotation, and for ordinal variables. */
export interface RotatedSolution {
  /** Of the estimates, per table row; absent when the general ones hold. */
  readonly gradients?: readonly (Float64Array | null)[];
  readonly standardizedGradients: (kind: 'std.lv' | 'std.all' | 'std.nox') => readonly (Float64Array | null)[];
}

/** Everything that later questions to a fit are answered from. Not part of the printed contract. */
export interface FitState {
  readonly syntax: string;
  readonly table: ParameterTable;
  readonly options: ResolvedSemOptions;
  readonly data: SemData;
  readonly sample: SemSample;
  readonly estimation: Estimation;
  /** N of vcov = inverse information / N, and of test statistics in fit formulas. */
  readonly effectiveN: number;
  /** Covariance matrix of the distinct free parameters, or null when it does not exist. */
  readonly vcov: Float64Array | null;
  readonly test: ModelTest | null;
  /** Every test that was asked for, the standard one first. */
  readonly tests: readonly TestResult[];
  readonly baseline: ModelTest | null;
  /** Distinct free parameters minus independent active equality constraints. */
  readonly npar: number;
  readonly warnings: readonly Diagnostic[];
  /** The draws behind the standard errors, with `se: 'bootstrap'`. */
  readonly drawn?: BootstrapResult;
  /** Present when exploratory blocks were rotated (`estimation.values` and `.implied` are the rotated ones), or variables are ordinal. */
  readonly rotated?: RotatedSolution;
  /** Present for pairwise maximum likelihood. */
  readonly pairwise?: PairwiseFit;
  /** Present for two-level models: `estimation.implied` and `.samples` then hold one block per level of each group. */
  readonly twoLevel?: TwoLevelState;
}
