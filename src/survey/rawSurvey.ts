import type { Diagnostic } from '../shared/diagnostic.js';
import type { MissingRule, MultipleResponseSet, VariableInfo } from './codebook.js';
import type { ColumnNumbers } from './narrowNumbers.js';

/** A column as a reader hands it over: declared missing codes still stand among the values. */
export type RawColumn =
  | { readonly name: string; readonly type: 'numeric'; readonly values: ColumnNumbers; readonly complete?: boolean; readonly tags?: ReadonlyMap<string, Uint32Array> }
  | { readonly name: string; readonly type: 'string'; readonly values: readonly (string | null)[] };

/** What a reader found in a file. */
export interface RawSurvey {
  readonly rowCount: number;
  readonly columns: readonly RawColumn[];
  /** What the file itself says of its variables, in any order. */
  readonly variables: ReadonlyMap<string, VariableInfo>;
  readonly notes: readonly string[];
  readonly multipleResponse?: readonly MultipleResponseSet[];
  readonly warnings: readonly Diagnostic[];
  readonly encoding?: string;
  /** What the platform that wrote the file puts for "no answer"; holds beside the missing codes of the codebook. */
  readonly noAnswer?: MissingRule;
}
