/** What the data say that decides which parameters there are. */
export interface ModelVariables {
  /** Columns that the model may name; absent when unknown (a model without data). */
  readonly names?: readonly string[];
  /** Ordinal variable → number of thresholds (categories - 1). */
  readonly ordinal?: ReadonlyMap<string, number>;
  /** One label per group; one empty label for a single group. */
  readonly groupLabels?: readonly string[];
  /** What the data are called in messages. */
  readonly dataName?: string;
}
