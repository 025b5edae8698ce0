import type { Diagnostic } from '../../../shared/diagnostic.js';
import type { Table } from '../../../shared/table.js';
import type { IntervalKind } from './intervals.js';
import type { BootstrapType } from './job.js';

export type Limits = readonly [low: number, high: number] | null;

/** One parameter over the draws. */
export interface BootstrapEstimate {
  readonly term: string;
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly group: number;
  readonly label: string;
  readonly estimate: number | null;
  /** Mean of the draws − estimate. */
  readonly bias: number | null;
  /** Standard deviation of the draws. */
  readonly stdError: number | null;
  readonly statistic: number | null;
  readonly pValue: number | null;
  readonly intervals: Readonly<Record<IntervalKind, Limits>>;
  readonly stdAll: number | null;
  readonly stdAllError: number | null;
  readonly stdAllPercentile: Limits;
  readonly stdAllBc: Limits;
}

export interface BootstrapResult {
  readonly kind: 'bootstrap';
  readonly type: BootstrapType;
  readonly seed: number;
  readonly level: number;
  /** Draws asked for. */
  readonly draws: number;
  /** Draws whose solution converged: what the intervals are made of. */
  readonly used: number;
  readonly notConverged: number;
  /** Draws that cannot be fitted at all. */
  readonly failed: number;
  /** Converged, but improper; counted among `used`, as in lavaan and Mplus. */
  readonly inadmissible: number;
  readonly estimates: readonly BootstrapEstimate[];
  /** Bollen-Stine: share of draws whose statistic exceeds the fit's; null for other types. */
  readonly testPValue: number | null;
  readonly warnings: readonly Diagnostic[];
  /** used × rows of the parameter table. */
  readonly drawnEstimates: Float64Array;
  readonly drawnStandardized: Float64Array;
  tidy(): Table;
  tables(): readonly Table[];
}
