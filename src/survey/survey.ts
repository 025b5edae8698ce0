import type { Diagnostic } from '../shared/diagnostic.js';
import type { Codebook, VariableInfo } from './codebook.js';
import type { DataFrame, ToDanfoOptions } from './danfoTypes.js';

/** A column of numbers; missing (system or declared) is `NaN` in `values`. */
export interface NumericColumn {
  readonly type: 'numeric';
  readonly name: string;
  readonly values: Float64Array;
  /** True when it is known that no cell is missing. */
  readonly complete?: boolean;
  /** Cells that held a declared missing code: code → how many cells. */
  readonly missingCodesHit: ReadonlyMap<number, number>;
  /**
   * Why a cell is missing: declared code (number) or Stata's tag (`.a` … `.z`) → rows of the file,
   * ascending. Lets a writer put the codes back and a report count reasons.
   */
  readonly missingReasons?: ReadonlyMap<number | string, Uint32Array>;
}

/** A column of words; missing is `null`. */
export interface StringColumn {
  readonly type: 'string';
  readonly name: string;
  readonly values: readonly (string | null)[];
  /** Cells that held a declared missing string → rows of the file, ascending. */
  readonly missingReasons?: ReadonlyMap<string, Uint32Array>;
}

export type SurveyColumn = NumericColumn | StringColumn;

/** Where the data came from, so that a result can be traced to its bytes. */
export interface SurveySource {
  readonly name: string;
  readonly format: string;
  readonly encoding?: string;
  /** Lower-case hex SHA-256 of the bytes that were read. */
  readonly sha256?: string;
}

/** One rule's effect in the flow sent → screened → valid. */
export interface ScreeningStep {
  readonly rule: string;
  readonly label: { readonly en: string; readonly zh?: string };
  readonly excluded: number;
  /** Valid rows left after this step. */
  readonly remaining: number;
  /** Row of the file → what was found there, for the rows that this step excluded. */
  readonly found?: ReadonlyMap<number, string>;
}

export interface Screening {
  readonly sent?: number;
  readonly returned: number;
  readonly steps: readonly ScreeningStep[];
  readonly valid: number;
  /** Per row of the file: 0 valid, else 1 + index of the first step that excluded it. */
  readonly excludedBy: Uint16Array;
  /** Rules that could not be applied, and why. */
  readonly warnings?: readonly Diagnostic[];
}

/**
 * A data set: columns, codebook, source. Rows are never reordered or deleted;
 * screening masks them, and every analysis sees the valid rows only.
 */
export interface Survey {
  readonly kind: 'survey';
  readonly name: string;
  /** Rows in the file. */
  readonly rowCount: number;
  readonly columns: readonly SurveyColumn[];
  readonly codebook: Codebook;
  readonly source: SurveySource;
  readonly screening?: Screening;
  readonly warnings: readonly Diagnostic[];

  /** Rows that passed screening (all rows without screening). */
  readonly validCount: number;
  /** Names in file order. */
  names(): readonly string[];
  has(name: string): boolean;
  /** The whole column; throws `unknown-variable` with the nearest name. */
  column(name: string): SurveyColumn;
  /** Numbers of the valid rows only (a copy when screened); throws for a string column. */
  numeric(name: string): Float64Array;
  /** Words of the valid rows only; numeric columns give their value labels, else the number as text. */
  labels(name: string): readonly (string | null)[];
  info(name: string): VariableInfo;
  /** A new survey with one more (or replaced) numeric column over all rows of the file. */
  withColumn(name: string, values: Float64Array, info?: Partial<VariableInfo>): Survey;
  /** A new survey whose rows outside `keep` are masked (length rowCount, 1 keeps). */
  withScreening(screening: Screening): Survey;
  /** The valid rows as a danfojs data frame, which is loaded now if it was not; see `fromDanfo` for the way back. */
  toDanfo(options?: ToDanfoOptions): DataFrame;
}
