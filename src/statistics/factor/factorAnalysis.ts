import type { Bilingual } from '../../shared/table.js';
import type { Analysis } from '../analysis.js';
import type { Convergence } from '../convergence.js';
import type { StoppingRule } from './extraction.js';
import type { Factorability } from './factorability.js';
import type { ParallelAnalysis } from './parallelAnalysis.js';

export interface EfaOptions {
  /** `pca` principal components, `paf` principal axis, `ml` maximum likelihood, `minres` unweighted least squares. */
  extraction: 'pca' | 'paf' | 'ml' | 'minres';
  /** A number, `kaiser` (eigenvalues above 1) or `parallel` (parallel analysis). */
  factors: number | 'kaiser' | 'parallel';
  rotation: 'varimax' | 'promax' | 'oblimin' | 'none';
  /** Kaiser normalization while rotating. */
  kaiser: boolean;
  /** Where iterations end: `tight`, or early as SPSS or R do. */
  stop: StoppingRule;
  /** Promax's power κ. */
  power: number;
  /** Oblimin's γ (SPSS: delta); at most 0.8, 0 is direct quartimin. */
  gamma: number;
  /** Loadings below this in absolute value are printed blank. */
  suppress: number;
  /** Print items grouped by their factor, by size. */
  sort: boolean;
  /** Seed and number of draws of the parallel analysis. */
  seed: number;
  draws: number;
}

export interface FactorAnalysis extends Analysis {
  readonly kind: 'factor-analysis';
  readonly options: Readonly<EfaOptions>;
  readonly names: readonly string[];
  readonly labels: readonly (Bilingual | undefined)[];
  readonly reversed: readonly boolean[];
  readonly n: number;
  readonly rows: number;
  readonly factors: number;
  readonly factorability: Factorability;
  /** All eigenvalues of the correlation matrix, largest first. */
  readonly eigenvalues: readonly number[];
  /** p × m, row-major, before rotation. */
  readonly unrotated: Float64Array;
  /** p × m: rotated loadings; the pattern when the rotation is oblique. Columns by rotated sum of squares, signs by column sum. */
  readonly loadings: Float64Array;
  /** p × m correlations of items and factors; null when orthogonal. */
  readonly structure: Float64Array | null;
  /** m × m; null when orthogonal. */
  readonly factorCorrelations: Float64Array | null;
  readonly initialCommunalities: readonly number[];
  readonly communalities: readonly number[];
  /** Sums of squared loadings before rotation. */
  readonly extractionSums: readonly number[];
  /** After rotation: of the loadings, or of the structure when oblique. */
  readonly rotationSums: readonly number[];
  /** ML only: test that m factors suffice, with Bartlett's correction. */
  readonly fitTest: { readonly chiSquare: number; readonly df: number; readonly pValue: number | null } | null;
  /** Root mean square of the off-diagonal residual correlations. */
  readonly rmsr: number;
  readonly parallel: ParallelAnalysis | null;
  readonly convergence: Convergence;
  readonly rotationConverged: boolean;
}
