import type { Diagnostic } from '../../../shared/diagnostic.js';
import { fail } from '../../../shared/diagnostic.js';
import type { Table } from '../../../shared/table.js';
import type { Convergence, SampleReport } from '../../fit.js';
import type { BootstrapResult } from '../bootstrap/bootstrapResult.js';
import { fitMeasures } from '../measures/fitMeasures.js';
import type { ParameterTable } from '../parameterTable.js';
import type { FitLevels, FitMeasures, ParameterEstimate, SemFit } from '../results.js';
import { augmentTable } from '../tables/augmentTable.js';
import { fitTables, glanceTable, tidyTable } from '../tables/fitTables.js';
import type { FitState, TestResult } from './fitState.js';
import { fitLevels } from '../twoLevel/fitLevels.js';
import { knownTests } from './identified.js';
import { parameterEstimates } from './parameterEstimates.js';
import { rSquared } from './rSquared.js';

/**
 * A fitted structural equation model. What is asked for often is computed on
 * first reading and kept; everything else starts from `stateOf(fit)`.
 */
export class FittedModel implements SemFit {
  readonly kind = 'sem';
  readonly #state: FitState;
  readonly convergence: Convergence;
  readonly admissible: boolean;
  #parameters: readonly ParameterEstimate[] | undefined;
  #measures: FitMeasures | undefined;
  #rSquared: readonly ReadonlyMap<string, number>[] | undefined;

  constructor(state: FitState, admissible: boolean) {
    this.#state = state;
    const { converged, iterations, gradient, message } = state.estimation.minimum;
    this.convergence = Object.freeze({ converged, iterations, gradient, message });
    this.admissible = admissible;
    Object.freeze(this);
  }

  static state(fit: SemFit): FitState {
    return fit instanceof FittedModel ? fit.#state : fail('not-a-fit', 'expected a model fitted by sem(), cfa(), growth() or lavaan()');
  }

  get syntax(): string {
    return this.#state.syntax;
  }
  get table(): ParameterTable {
    return this.#state.table;
  }
  get options(): Readonly<Record<string, unknown>> {
    return this.#state.options as unknown as Readonly<Record<string, unknown>>;
  }
  get warnings(): readonly Diagnostic[] {
    return this.#state.warnings;
  }
  get tests(): readonly TestResult[] {
    return knownTests(this.#state);
  }
  /** The draws behind the standard errors, with `se: 'bootstrap'`; else null. */
  get bootstrap(): BootstrapResult | null {
    return this.#state.drawn ?? null;
  }
  get sample(): SampleReport {
    return this.#state.sample.report;
  }
  get parameters(): readonly ParameterEstimate[] {
    return (this.#parameters ??= parameterEstimates(this.#state));
  }
  get paths(): readonly ParameterEstimate[] {
    return this.parameters.filter((row) => row.op === '~');
  }
  get loadings(): readonly ParameterEstimate[] {
    return this.parameters.filter((row) => row.op === '=~');
  }
  get defined(): readonly ParameterEstimate[] {
    return this.parameters.filter((row) => row.op === ':=');
  }
  get measures(): FitMeasures {
    return (this.#measures ??= fitMeasures(this.#state));
  }
  get levels(): FitLevels | undefined {
    return fitLevels(this.#state);
  }
  get rSquared(): readonly ReadonlyMap<string, number>[] {
    return (this.#rSquared ??= rSquared(this.#state));
  }
  tidy(): Table {
    return tidyTable(this);
  }
  glance(): Table {
    return glanceTable(this);
  }
  /** One row per row used: observed variables and factor scores. */
  augment(): Table {
    return augmentTable(this.#state);
  }
  tables(): readonly Table[] {
    return fitTables(this);
  }
}

/** The inner state of a fit, for the questions that are asked after fitting. */
export function stateOf(fit: SemFit): FitState {
  return FittedModel.state(fit);
}
