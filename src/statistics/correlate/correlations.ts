import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Coefficient } from './coefficient.js';

/** `polychoric` takes the variables as ordered classes of a latent normal. */
export type CorrelationMethod = 'pearson' | 'spearman' | 'kendall' | 'polychoric';

export interface CorrelateOptions {
  method: CorrelationMethod;
  /** `pairwise` (as SPSS): every pair uses the rows that answer both; `listwise`: rows that answer all. */
  missing: 'pairwise' | 'listwise';
  confidence: number;
  /** Print a table of the pairs with their intervals beside the matrix. */
  intervals: boolean;
  /** Variables held constant (partial correlations, always listwise; only with `pearson` and `spearman`). */
  control: readonly string[];
}

export interface CorrelatedVariable {
  readonly name: string;
  readonly label: Bilingual | undefined;
  readonly n: number;
  readonly mean: number | null;
  readonly sd: number | null;
  /** Number of items when the variable is the score of a construct. */
  readonly scoredItems?: number;
}

export interface Correlations extends Analysis {
  readonly kind: 'correlations';
  readonly options: Readonly<CorrelateOptions>;
  readonly variables: readonly CorrelatedVariable[];
  readonly rows: number;
  /** Rows that answer everything. */
  readonly listwise: number;
  /** Coefficient of variables i and j (indices, symmetric); the diagonal has r = 1 and no test. */
  at(i: number, j: number): Coefficient;
  /** p × p coefficients, row-major; `NaN` where one cannot be computed. */
  readonly matrix: Float64Array;
}
