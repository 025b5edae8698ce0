import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Levene } from '../groups/levene.js';
import type { Estimated, EstimatedPair, EstimatedSet, PairAdjustment } from './marginalModel.js';

export interface FactorialOptions {
  /** Covariates (ANCOVA); they enter without interactions. */
  covariates: readonly string[];
  /** Type of the sums of squares: 3 as SPSS's default, 2, or 1 (in order: covariates, factors, interactions). */
  type: 1 | 2 | 3;
  /** Largest number of factors in an interaction: 1 leaves interactions out. */
  order: number;
  confidence: number;
  /** How comparisons of marginal means allow for their number. */
  adjust: PairAdjustment;
}

export interface FactorialTerm {
  readonly term: string;
  readonly sumOfSquares: number;
  readonly df: number;
  readonly meanSquare: number;
  readonly f: number | null;
  readonly pValue: number | null;
  /** SS / SS_total, the total corrected for the mean. */
  readonly etaSquared: number | null;
  /** (SS − df MS_e)/(SS + (n − df) MS_e); negative values are kept. */
  readonly partialOmegaSquared: number | null;
  /** SS / (SS + SS_error), interval from the noncentral F. */
  readonly partialEtaSquared: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** Mean of a class at equal weights of the other factors and covariates at their means. */
export interface MarginalMean extends Unknown<Estimated, 'stdError' | 'confLow' | 'confHigh'> {
  readonly factor: string;
  readonly group: Bilingual;
}

/** A combination of classes: what was observed, and the mean that the model estimates at the covariates' means. */
export interface CellMean extends Unknown<Estimated, 'stdError' | 'confLow' | 'confHigh'> {
  /** One per factor. */
  readonly groups: readonly Bilingual[];
  readonly n: number;
  readonly observedMean: number;
  readonly observedSd: number | null;
}

/** One class of another factor, within which a simple effect is looked at. */
export interface Within {
  readonly factor: string;
  readonly group: Bilingual;
}

/** Difference of two marginal means, over all (`within` null) or within one class of another factor. */
export interface MarginalPair extends EstimatedPair {
  readonly factor: string;
  readonly within: Within | null;
  readonly groupI: Bilingual;
  readonly groupJ: Bilingual;
}

/** Effect of a factor within one class of another, on the error of the whole model. */
export interface SimpleEffect extends EstimatedSet {
  readonly factor: string;
  readonly within: Within;
}

/** Do the slopes of a covariate differ over the cells? ANCOVA takes them as equal. */
export interface SlopeHomogeneity {
  readonly covariate: string;
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
}

type Unknown<Row, Keys extends keyof Row> = { readonly [Key in keyof Row]: Key extends Keys ? Row[Key] | null : Row[Key] };

export interface FactorialAnova extends Analysis {
  readonly kind: 'factorial-anova';
  readonly options: Readonly<FactorialOptions>;
  readonly outcome: string;
  readonly factors: readonly string[];
  readonly n: number;
  readonly rows: number;
  readonly terms: readonly FactorialTerm[];
  readonly error: { readonly sumOfSquares: number; readonly df: number; readonly meanSquare: number };
  readonly model: { readonly sumOfSquares: number; readonly df: number; readonly f: number | null; readonly pValue: number | null };
  readonly totalSumOfSquares: number;
  readonly rSquared: number | null;
  readonly adjRSquared: number | null;
  /** Over the cells, on residuals. */
  readonly levene: Levene | null;
  readonly marginalMeans: readonly MarginalMean[];
  /** Combinations of classes that have rows. */
  readonly cells: readonly CellMean[];
  /** Pairs of marginal means of each factor. */
  readonly pairs: readonly MarginalPair[];
  /** For each two factors whose interaction is in the model, either one within the classes of the other. */
  readonly simpleEffects: readonly SimpleEffect[];
  readonly simplePairs: readonly MarginalPair[];
  /** One per covariate; empty where the rows are too few. */
  readonly slopeHomogeneity: readonly SlopeHomogeneity[];
}
