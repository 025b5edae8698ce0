/** `EBM` (empirical Bayes modal) is `regression`, and `ML` is `Bartlett`, where all indicators are continuous. */
export type ScoreMethod = 'regression' | 'Bartlett' | 'EBM' | 'ML';

export interface FactorScores {
  readonly method: ScoreMethod;
  readonly latent: readonly string[];
  /** Of a two-level model: whose scores, 1 rows or 2 clusters. */
  readonly level?: 1 | 2;
  readonly groups: readonly {
    readonly group: string;
    /** The group's own latent variables, a column of `scores` each. */
    readonly latent: readonly string[];
    /** Row of each score among the valid rows of the data; of a cluster its first row. */
    readonly index: Int32Array;
    /** n × latent, row-major; NaN where a row answers too little for the method. */
    readonly scores: Float64Array;
    /** Standard error per latent variable, for a complete row; NaN where it differs from row to row. */
    readonly stdError: Float64Array;
    /** n × latent, of ordinal models: √ of the inverse curvature at the mode. */
    readonly rowErrors?: Float64Array;
    /** Of a two-level model: the cluster of each score. */
    readonly cluster?: readonly string[];
  }[];
}
