import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Levene } from '../groups/levene.js';

export interface FactorialOptions {
  /** Covariates (ANCOVA); they enter without interactions. */
  covariates: readonly string[];
  /** Type of the sums of squares: 3 as SPSS's default, 2, or 1 (in order: covariates, factors, interactions). */
  type: 1 | 2 | 3;
  /** Largest number of factors in an interaction: 1 leaves interactions out. */
  order: number;
  confidence: number;
}

export interface FactorialTerm {
  readonly term: string;
  readonly sumOfSquares: number;
  readonly df: number;
  readonly meanSquare: number;
  readonly f: number | null;
  readonly pValue: number | null;
  /** SS / (SS + SS_error), interval from the noncentral F. */
  readonly partialEtaSquared: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

/** Mean of a class at equal weights of the other factors and covariates at their means. */
export interface MarginalMean {
  readonly factor: string;
  readonly group: Bilingual;
  readonly mean: number;
  readonly stdError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
}

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
}
