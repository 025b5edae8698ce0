import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { Table } from '../../../shared/table.js';
import type { ParameterPower, SampleSizeSummary } from './summarizeReplications.js';

/** A Monte Carlo study of a planned model. */
export interface PowerResult {
  readonly kind: 'power';
  readonly seed: number;
  readonly alpha: number;
  readonly replications: number;
  readonly analysis: string;
  readonly sampleSizes: readonly SampleSizeSummary[];
  readonly parameters: readonly ParameterPower[];
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}
