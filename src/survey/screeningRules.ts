/**
 * What makes an answered questionnaire invalid. Each rule that is present is
 * one step of the flow sent → returned → valid, in the order written here.
 */
export interface ScreeningRules {
  /** Questionnaires sent out, for the response rate; not a rule. */
  readonly sent?: number;
  /** Items that the pattern rules look at; by default all items of the constructs. */
  readonly items?: readonly string[];
  /** Column → accepted answers; any other answer, or none, fails. */
  readonly attention?: ReadonlyMap<string, readonly (number | string)[]>;
  /** Column that holds the time taken, in seconds. */
  readonly seconds?: string;
  /** Shorter answering times than this fail; rows without a time are not judged. */
  readonly minSeconds?: number;
  /** Longer answering times than this fail. */
  readonly maxSeconds?: number;
  /** Share (0..1) of unanswered items, among those that were put to the person, above which a row fails. */
  readonly maxMissing?: number;
  /** Answers outside the range or the value labels of the codebook fail. */
  readonly impossible?: boolean;
  /** Answers to questions that, by the codebook's `asked`, were not to be put fail. */
  readonly skips?: boolean;
  /** Longest allowed run of identical answers over neighbouring items. @see Johnson (2005), J. Res. Pers. 39, 103-129 */
  readonly longString?: number;
  /** Smallest allowed standard deviation of a person's answers. @see Dunn et al. (2018), J. Bus. Psychol. 33, 105-121 */
  readonly minDeviation?: number;
  /** Upper tail of the chi-square law of squared Mahalanobis distances below which a row fails, for example 0.001; rows that miss an item are not judged. */
  readonly mahalanobis?: number;
  /** Rows equal to an earlier one in all these columns fail; `true` means all items. */
  readonly duplicates?: boolean | readonly string[];
}
