import type { Bilingual, Table } from '../../shared/table.js';
import type { Survey } from '../../survey/survey.js';
import type { Fit } from '../fit.js';
import type { ResolvedRegressOptions } from './options.js';

/** One row of a coefficient table. What cannot be computed is `null`. */
export interface Coefficient {
  /** As R names it: `(Intercept)`, `x`, `a:b`, `factor(g)2`. */
  readonly term: string;
  /** As a table shows it: `g: red`, `a × b`. */
  readonly display: string;
  readonly label: Bilingual;
  /** B. */
  readonly estimate: number | null;
  readonly stdError: number | null;
  /** b · sd(x) / sd(y). */
  readonly beta: number | null;
  /** t. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** 1 − R² of this predictor on the others. */
  readonly tolerance: number | null;
  readonly vif: number | null;
  readonly zeroOrder: number | null;
  readonly partial: number | null;
  readonly part: number | null;
  /** True when the column is a combination of those before it and has no estimate. */
  readonly aliased: boolean;
}

/** A joint test of one term's columns, given all the others. */
export interface TermTest {
  readonly term: string;
  readonly df: number;
  readonly sumOfSquares: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** SS / (SS + residual SS). */
  readonly partialEtaSquared: number | null;
  /** From the noncentral F; null with robust standard errors. */
  readonly partialEtaLow: number | null;
  readonly partialEtaHigh: number | null;
  /** Generalized variance inflation factor, and its 1/(2 df) power that compares across terms. */
  readonly gvif: number | null;
  readonly gvifRoot: number | null;
}

/** One step of a hierarchical regression. */
export interface BlockResult {
  /** 1-based. */
  readonly block: number;
  /** Terms that enter here. */
  readonly entered: readonly string[];
  readonly coefficients: readonly Coefficient[];
  readonly r: number | null;
  readonly rSquared: number | null;
  /** Interval of the population's R² from the noncentral F (predictors as fixed); null with robust standard errors, whose F it does not fit. */
  readonly rSquaredLow: number | null;
  readonly rSquaredHigh: number | null;
  readonly adjRSquared: number | null;
  /** Standard error of the estimate. */
  readonly sigma: number | null;
  readonly regressionSumOfSquares: number;
  readonly residualSumOfSquares: number;
  readonly totalSumOfSquares: number;
  readonly df1: number;
  readonly df2: number;
  readonly fStatistic: number | null;
  readonly pValue: number | null;
  readonly rSquaredChange: number | null;
  readonly fChange: number | null;
  readonly changeDf1: number;
  readonly changeDf2: number;
  readonly pChange: number | null;
  readonly logLik: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
}

/** One dimension of the scaled, uncentred cross products of the predictors. */
export interface CollinearityDimension {
  readonly eigenvalue: number;
  readonly conditionIndex: number | null;
  /** Per parameter: its share of variance in this dimension. */
  readonly proportions: readonly number[];
}

export interface RegressionMeasures {
  readonly n: number;
  readonly df1: number;
  readonly df2: number;
  readonly r: number | null;
  readonly rSquared: number | null;
  readonly rSquaredLow: number | null;
  readonly rSquaredHigh: number | null;
  readonly adjRSquared: number | null;
  readonly sigma: number | null;
  /** With robust standard errors a Wald F on their covariance matrix. */
  readonly fStatistic: number | null;
  readonly pValue: number | null;
  readonly durbinWatson: number | null;
  readonly conditionIndex: number | null;
  readonly logLik: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly regressionSumOfSquares: number;
  readonly residualSumOfSquares: number;
  readonly totalSumOfSquares: number;
}

/** Case statistics, one entry per row used. */
export interface Influence {
  readonly leverage: Float64Array;
  /** e / s (SPSS ZRESID). */
  readonly standardizedResidual: Float64Array;
  /** e / (s √(1 − h)), internally studentized (SPSS SRESID). */
  readonly studentizedResidual: Float64Array;
  /** With the case left out (SPSS SDRESID). */
  readonly deletedResidual: Float64Array;
  readonly cook: Float64Array;
  readonly dffits: Float64Array;
  /** Squared distance from the predictors' means. */
  readonly mahalanobis: Float64Array;
  /** n × parameters, row-major. */
  readonly dfbetas: Float64Array;
}

/** A test of an assumption; `null` where it cannot be computed. */
export interface AssumptionTest {
  readonly test: 'breuschPagan' | 'scoreTest' | 'reset' | 'durbinWatson' | 'shapiroWilk';
  readonly statistic: number | null;
  readonly df1: number | null;
  readonly df2: number | null;
  readonly pValue: number | null;
}

/** Tests of the assumptions of least squares, each with the other assumptions granted. */
export interface Assumptions {
  readonly kind: 'assumptions';
  readonly tests: readonly AssumptionTest[];
  tidy(): Table;
  tables(): readonly Table[];
}

/** A fitted linear regression. Immutable; the last block is the model. */
export interface RegressionFit extends Fit {
  readonly kind: 'regression';
  readonly formula: string;
  readonly response: string;
  readonly responseLabel: Bilingual;
  /** Factors and the level that the others are compared with. */
  readonly references: readonly { readonly factor: string; readonly level: Bilingual; readonly automatic: boolean }[];
  readonly options: Readonly<ResolvedRegressOptions> & Readonly<Record<string, unknown>>;
  readonly coefficients: readonly Coefficient[];
  readonly blocks: readonly BlockResult[];
  readonly termTests: readonly TermTest[];
  readonly measures: RegressionMeasures;
  readonly collinearity: readonly CollinearityDimension[];
  /** Parameters with an estimate, in the order of `covariance`. */
  readonly parameterNames: readonly string[];
  /** Covariance matrix of the estimates, by the chosen standard errors; row-major. */
  readonly covariance: Float64Array;
  readonly residuals: Float64Array;
  readonly fitted: Float64Array;
  /** 1-based rows of the file that were used. */
  rowNumbers(): Uint32Array;
  influence(): Influence;
  /** Breusch–Pagan, score test, RESET, Durbin–Watson with p, Shapiro–Wilk; computed when asked for. */
  assumptions(): Assumptions;
  tidy(): Table;
  glance(): Table;
  /** One row per row used; with a survey (the one that was fitted) its columns stand first. */
  augment(survey?: Survey): Table;
  /** Model summary, ANOVA, coefficients, … as a thesis prints them. */
  tables(): readonly Table[];
}
