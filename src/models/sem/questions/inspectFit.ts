import { fail } from '../../../shared/diagnostic.js';
import { stateOf } from '../fit/fittedModel.js';
import { informationMatrix } from '../inference/parameterCovariance.js';
import type { InformationKind } from '../options.js';
import type { SemFit } from '../results.js';

/** A square matrix over the free parameters, in the order of `Parameter.free`. */
export interface ParameterMatrix {
  /** Label of a parameter, or its term with `.g2` … in later groups. */
  readonly names: readonly string[];
  /** k × k, row-major. */
  readonly values: Float64Array;
}

/** Means and covariances of the observed variables of one group, as the estimator sees them. */
export interface SampleStatistics {
  readonly group: string;
  readonly n: number;
  readonly names: readonly string[];
  /** p × p, row-major, with the divisor of the estimator. */
  readonly covariance: Float64Array;
  readonly mean: Float64Array | null;
}

/**
 * Covariance matrix of the estimates, one row per free parameter; parameters
 * that share a label have equal rows. @throws SurveyError `no-covariance`
 */
export function parameterCovarianceMatrix(fit: SemFit): ParameterMatrix {
  const { vcov } = stateOf(fit);
  if (!vcov) return fail('no-covariance', 'the model has no covariance matrix of the estimates: it did not converge, is not identified, or `se` is `none`');
  return overFreeParameters(fit, vcov);
}

/** Information matrix per observation at the solution, of the kind asked for (by default the one that the standard errors come from). */
export function parameterInformation(fit: SemFit, kind?: InformationKind): ParameterMatrix {
  const { estimation, sample, options } = stateOf(fit);
  const lower = informationMatrix(estimation, sample, kind ?? options.information, options);
  const n = estimation.structure.size;
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) lower[j * n + i] = lower[i * n + j];
  return overFreeParameters(fit, lower);
}

/** The starting value of every row of the parameter table. */
export function startingValues(fit: SemFit): Float64Array {
  return stateOf(fit).estimation.start.slice();
}

/** Gradient of the minimized function over the free parameters, at the solution (or, without estimation, at the starting values). */
export function parameterGradient(fit: SemFit): { readonly names: readonly string[]; readonly values: Float64Array } {
  const { estimation } = stateOf(fit);
  const { objective, structure, x } = estimation;
  if (objective.evaluate(x) === null) fail('gradient', 'the minimized function does not exist at these values');
  const gradient = new Float64Array(structure.size);
  objective.gradient(gradient);
  return { names: Array.from(structure.firstRow, (row) => nameOf(fit, row)), values: gradient };
}

/** Sample means and covariances per group; of incomplete rows the saturated ones. */
export function sampleStatistics(fit: SemFit): readonly SampleStatistics[] {
  const { sample, table } = stateOf(fit);
  return sample.groups.map(({ n, mean, covariance }, g) => ({ group: sample.groupLabels[g], n, names: sample.names[g], covariance: covariance.slice(), mean: table.meanStructure ? mean.slice() : null }));
}

/** Spreads a matrix over the distinct parameters to one over the free rows. */
function overFreeParameters(fit: SemFit, distinct: Float64Array): ParameterMatrix {
  const { freeRows, position, size } = stateOf(fit).estimation.structure;
  const k = freeRows.length;
  const values = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) values[i * k + j] = distinct[position[freeRows[i]] * size + position[freeRows[j]]];
  return { names: Array.from(freeRows, (row) => nameOf(fit, row)), values };
}

function nameOf(fit: SemFit, index: number): string {
  const { lhs, op, rhs, group, level, label } = fit.table.rows[index];
  return label === '' ? `${lhs}${op}${rhs}${group > 1 ? `.g${group}` : ''}${level > 1 ? `.l${level}` : ''}` : label;
}
