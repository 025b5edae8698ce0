import type { MissingRule } from '../codebook.js';
import type { Diagnostic } from '../../shared/diagnostic.js';
import type { Bilingual } from '../../shared/table.js';

/** How the first records of a sheet or text file name its columns. */
export interface HeaderPlan {
  /** `csv`, `qualtrics`, `wenjuanxing`: who wrote the file, as far as its header tells. */
  readonly platform: string;
  /** Records before the first answer. */
  readonly skip: number;
  readonly names: readonly string[];
  readonly labels: readonly (Bilingual | undefined)[];
  /** What the platform writes for "no answer", besides the usual words; kept as reasons of missing answers. */
  readonly noAnswer?: MissingRule;
  readonly notes: readonly string[];
  /** What was decided without being told. */
  readonly warnings?: readonly Diagnostic[];
}
