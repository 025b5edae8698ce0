import type { Bilingual } from '../shared/table.js';

export type MeasurementLevel = 'nominal' | 'ordinal' | 'scale';

/** What declared missing means: single codes and at most one closed range, as in SPSS. */
export interface MissingRule {
  readonly codes: readonly number[];
  readonly range?: { readonly low: number; readonly high: number };
  /** Codes of string variables. */
  readonly strings?: readonly string[];
}

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
  /** `date`, `datetime`, `time` when numbers are moments (seconds since 1582-10-14 are converted to ISO text or Unix ms by the reader). */
  readonly temporal?: 'date' | 'datetime' | 'time';
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
  /** File label, notes and other facts of the source. */
  readonly notes: readonly string[];
}
