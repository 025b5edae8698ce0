import type { Bilingual, Table } from '../../../shared/table.js';
import type { Fit } from '../../fit.js';

/** One row of a logistic or ordinal coefficient table. */
export interface CategoricalCoefficient {
  readonly term: string;
  readonly display: string;
  readonly label: Bilingual;
  readonly estimate: number | null;
  readonly stdError: number | null;
  /** z. */
  readonly statistic: number | null;
  /** Wald χ² = z², one degree of freedom, as SPSS prints it. */
  readonly wald: number | null;
  readonly pValue: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** exp(b) with its interval; null for constants, thresholds, and links other than logit. */
  readonly oddsRatio: number | null;
  readonly oddsLow: number | null;
  readonly oddsHigh: number | null;
  readonly aliased: boolean;
}

export interface LikelihoodBlock {
  readonly block: number;
  readonly entered: readonly string[];
  readonly minus2LogLik: number;
  /** Fall of −2 log L from the block before (from the constant-only model for the first). */
  readonly chiSquare: number | null;
  readonly df: number;
  readonly pValue: number | null;
}

export interface Limits {
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

export interface LikelihoodMeasures {
  readonly n: number;
  readonly logLik: number;
  readonly minus2LogLik: number;
  readonly nullMinus2LogLik: number;
  /** Likelihood ratio against the model without predictors. */
  readonly chiSquare: number;
  readonly df: number;
  readonly pValue: number | null;
  readonly coxSnell: number;
  readonly nagelkerke: number;
  readonly mcFadden: number;
  /** Of each pseudo-R², from the noncentral χ² of the likelihood ratio; null where estimates run to infinity. */
  readonly intervals: Readonly<Record<'coxSnell' | 'nagelkerke' | 'mcFadden', Limits>> | null;
  readonly aic: number;
  readonly bic: number;
}

interface CategoricalFit extends Fit {
  readonly formula: string;
  readonly response: string;
  /** Classes of the outcome in order. */
  readonly classes: readonly Bilingual[];
  readonly coefficients: readonly CategoricalCoefficient[];
  readonly blocks: readonly LikelihoodBlock[];
  readonly measures: LikelihoodMeasures;
  readonly parameterNames: readonly string[];
  readonly covariance: Float64Array;
  readonly references: readonly { readonly factor: string; readonly level: Bilingual }[];
  tables(): readonly Table[];
}

/** Observed by predicted at a cut of one half. */
export interface Classification {
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly truePositive: number;
  readonly shareCorrect: number;
  /** Share of the events that are predicted, and of the others. */
  readonly sensitivity: number | null;
  readonly specificity: number | null;
  /** Probability that a case with the event gets the higher prediction. */
  readonly areaUnderCurve: number | null;
  /** After DeLong. */
  readonly areaStdError: number | null;
  readonly areaLow: number | null;
  readonly areaHigh: number | null;
}

/** One row of the contingency table behind the Hosmer–Lemeshow test. */
export interface HosmerLemeshowGroup {
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
  /** Largest predicted probability of the group. */
  readonly highest: number;
}

export interface HosmerLemeshow {
  readonly statistic: number | null;
  readonly df: number;
  readonly pValue: number | null;
  readonly groups: number;
  /** Groups in ascending order of the predicted probability. */
  readonly table: readonly HosmerLemeshowGroup[];
}

export interface LogisticFit extends CategoricalFit {
  readonly kind: 'logistic';
  /** The class whose probability is modelled. */
  readonly event: Bilingual;
  /** P(event) per row used. */
  readonly fitted: Float64Array;
  readonly classification: Classification;
  readonly hosmerLemeshow: HosmerLemeshow;
}

/** Test that the slopes are the same at every threshold. */
export interface ParallelLines {
  /** Null when the model with free slopes has no maximum. */
  readonly statistic: number | null;
  readonly df: number;
  readonly pValue: number | null;
}

/** Wald tests that the slopes of the binary regressions at each threshold are equal. */
export interface BrantTest extends ParallelLines {
  /** One per predictor column with an estimate. */
  readonly predictors: readonly (ParallelLines & { readonly display: string })[];
}

export interface OrdinalFit extends CategoricalFit {
  readonly kind: 'ordinal';
  readonly link: 'logit' | 'probit';
  readonly thresholds: readonly CategoricalCoefficient[];
  /** Null when there is nothing to test: two classes, or no predictor. */
  readonly parallelLines: ParallelLines | null;
  /** Logit link only; null as `parallelLines` is. */
  readonly brant: BrantTest | null;
}
