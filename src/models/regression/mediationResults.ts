import type { Diagnostic } from '../../shared/diagnostic.js';
import type { Table } from '../../shared/table.js';
import type { IntervalType } from './bootstrapInterval.js';
import type { Probe, ProbeRule } from './probes.js';
import type { RegressionFit } from './results.js';

/** 4: mediation; 7: the path to the mediator is moderated; 14: the path from the mediator is moderated (numbers of PROCESS). */
export type MediationModel = 4 | 7 | 14;

export interface MediationSpec {
  readonly outcome: string;
  readonly predictor: string;
  /** One, or several in parallel. */
  readonly mediators: string | readonly string[];
  readonly moderator?: string;
  /** 4 without a moderator; with one it must be said: 7 or 14. */
  readonly model?: MediationModel;
  readonly covariates?: readonly string[];
  /** Variables of a product less their means (`mean`, default) or as they are (`none`). */
  readonly centre?: 'mean' | 'none';
  readonly probe?: ProbeRule;
  /** Bootstrap samples, 5000. */
  readonly draws?: number;
  readonly seed?: number;
  readonly interval?: IntervalType;
  readonly confLevel?: number;
}

export interface IndirectEffect {
  readonly mediator: string;
  /** `X → M → Y`. */
  readonly path: string;
  /** Where the moderator stands; absent for an effect that no moderator changes. */
  readonly probe?: Probe;
  readonly kind: 'indirect' | 'totalIndirect' | 'index';
  readonly estimate: number;
  /** Indirect effect in standard deviations of x and y (model 4). */
  readonly standardized: number | null;
  readonly stdError: number | null;
  readonly confLow: number | null;
  readonly confHigh: number | null;
  /** Sobel's z for model 4, for comparison with older studies. */
  readonly sobel: { readonly statistic: number; readonly pValue: number } | null;
}

export interface Mediation {
  readonly kind: 'mediation';
  readonly spec: MediationSpec;
  readonly model: MediationModel;
  /** One regression per mediator, then that of the outcome. */
  readonly equations: readonly RegressionFit[];
  /** Outcome on predictor and covariates alone (model 4). */
  readonly total?: RegressionFit;
  readonly effects: readonly IndirectEffect[];
  readonly draws: number;
  readonly seed: number;
  readonly interval: IntervalType;
  readonly confLevel: number;
  readonly warnings: readonly Diagnostic[];
  tidy(): Table;
  tables(): readonly Table[];
}
