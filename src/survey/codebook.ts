import type { SourceText, Span } from '../shared/diagnostic.js';
import type { Bilingual } from '../shared/table.js';
import type { ScreeningRules } from './screeningRules.js';

export type MeasurementLevel = 'nominal' | 'ordinal' | 'scale';

/** What declared missing means: single codes and at most one closed range, as in SPSS. */
export interface MissingRule {
  readonly codes: readonly number[];
  readonly range?: { readonly low: number; readonly high: number };
  /** Codes of string variables. */
  readonly strings?: readonly string[];
  /** Those of the codes, words and tags that say that the question was not put to the person. */
  readonly skipped?: readonly (number | string)[];
}

/** One condition of a filter: the answer to `name` is one of `answers`, or lies in one of `ranges`. */
export interface FilterClause {
  readonly name: string;
  readonly answers: readonly (number | string)[];
  readonly ranges: readonly FilterRange[];
  /** Turned round: any other answer. */
  readonly not?: boolean;
}

export interface FilterRange {
  readonly low: number;
  readonly high: number;
  /** The end itself lies outside. */
  readonly above?: boolean;
  readonly below?: boolean;
}

/** Who is asked: people who meet every clause of at least one alternative. */
export type Filter = readonly (readonly FilterClause[])[];

export interface VariableInfo {
  readonly name: string;
  readonly label?: Bilingual;
  /** Value → label. Keys are the numbers (or strings) of the file. */
  readonly valueLabels: ReadonlyMap<number | string, Bilingual>;
  readonly level?: MeasurementLevel;
  readonly missing: MissingRule;
  /** True when the item is worded against its construct; scoring uses min + max − x. */
  readonly reverse?: boolean;
  /** Smallest and largest answer that the questionnaire allows. */
  readonly range?: { readonly min: number; readonly max: number };
  /** Decimal places that the source file declares for display. */
  readonly decimals?: number;
  /** `date`, `datetime`, `time` when numbers are moments (`date` and `datetime` are Unix milliseconds in UTC, `time` is milliseconds since midnight). */
  readonly temporal?: 'date' | 'datetime' | 'time';
  /** The question is put only to people whose earlier answers meet this; for others it is not missing but not asked. See `skipsOf`. */
  readonly askedWhen?: Filter;
  /** Custom attributes of the source (SPSS `VARIABLE ATTRIBUTE`), name → values. */
  readonly attributes?: ReadonlyMap<string, readonly string[]>;
}

/** A question with several answers, spread over columns (SPSS `MRSETS`). */
export interface MultipleResponseSet {
  readonly name: string;
  readonly label?: Bilingual;
  readonly items: readonly string[];
  /** The value that means "chosen" in a set of dichotomies; absent in a set of categories. */
  readonly countedValue?: number | string;
}

/** A scale: a construct measured by items; its score is the mean of its (reversed) items. */
export interface Construct {
  readonly name: string;
  readonly label?: Bilingual;
  readonly items: readonly string[];
}

export interface Codebook {
  /** In file order; names are looked up in the map, never as object keys. */
  readonly variables: ReadonlyMap<string, VariableInfo>;
  readonly constructs: ReadonlyMap<string, Construct>;
  /** Wordings of names that are neither columns nor constructs, such as second-order factors. */
  readonly labels?: ReadonlyMap<string, Bilingual>;
  /** File label, notes and other facts of the source. */
  readonly notes: readonly string[];
  readonly multipleResponse?: readonly MultipleResponseSet[];
  /** Rules that `screen` uses when it is given none. */
  readonly screening?: ScreeningRules;
  /** Missing codes of every described variable that declares none of its own. */
  readonly allMissing?: MissingRule;
  /** Range of every construct item that declares none of its own. */
  readonly allRange?: { readonly min: number; readonly max: number };
  /** The text this codebook was parsed from: offsets at which a name stands, for carets. */
  readonly origin?: CodebookOrigin;
}

export interface CodebookOrigin {
  readonly source: SourceText;
  /** First place at which a column is named. */
  readonly places: ReadonlyMap<string, Span>;
}
