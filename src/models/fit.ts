import type { Diagnostic } from '../shared/diagnostic.js';
import type { Table } from '../shared/table.js';

/** How an iterative (or direct) estimation ended. Never thrown: always told. */
export interface Convergence {
  readonly converged: boolean;
  readonly iterations: number;
  /** Largest absolute element of the scaled gradient at the solution; 0 for closed forms. */
  readonly gradient: number;
  /** One sentence: why it stopped. */
  readonly message: string;
}

/**
 * What every fitted model offers. The three verbs `tidy` (one row per term),
 * `glance` (one row) and `augment` (one row per data row) are methods here and
 * free functions in `src/index.ts`.
 */
export interface Fit {
  readonly kind: string;
  readonly convergence: Convergence;
  /** Resolved options: every default filled in. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Diagnostic[];
  /** Rows used and rows dropped, with the reason. */
  readonly sample: SampleReport;
  tidy(): Table;
  glance(): Table;
}

export interface SampleReport {
  readonly used: number;
  readonly total: number;
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
}

export function tidy(fit: { tidy(): Table }): Table {
  return fit.tidy();
}
export function glance(fit: { glance(): Table }): Table {
  return fit.glance();
}

/** One row per row used: fitted values, residuals and case statistics; with a survey its columns stand before them. */
export function augment<Data>(fit: { augment(survey?: Data): Table }, survey?: Data): Table {
  return fit.augment(survey);
}
