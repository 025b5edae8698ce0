import { choleskyInverse, cholesky } from '../../../numerics/dense/cholesky.js';
import { minimizeConstrained } from '../../../numerics/optimize/constrained.js';
import type { Minimum } from '../../../numerics/optimize/objective.js';
import { minimizeByScoring } from '../../../numerics/optimize/scoring.js';
import { fail } from '../../../shared/diagnostic.js';
import { mapPacked } from '../../../shared/packedArray.js';
import { GeneralizedLeastSquares, MaximumLikelihood, type GroupSample } from '../discrepancy/normalTheory.js';
import { derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import { momentCount } from '../implied/jacobian.js';
import type { ParameterTable } from '../parameterTable.js';
import { modelConstraints, type ModelConstraints } from '../structure/modelConstraints.js';
import { modelStructure, type ModelStructure } from '../structure/modelStructure.js';
import { NamedValues } from '../structure/names.js';
import { factorObjective } from './factorObjective.js';
import { FimlPart } from './fimlPart.js';
import type { GroupPart } from './groupPart.js';
import { ModelObjective } from './modelObjective.js';
import { MomentPart, type MomentWeight } from './momentPart.js';
import { NormalPart } from './normalPart.js';
import type { IncompleteGroup } from './sample.js';
import { orient } from './orientation.js';
import { startValues, type StartMethod } from './start/startValues.js';

/** How each group's discrepancy is built. */
export interface DiscrepancyChoice {
  readonly name: 'ML' | 'GLS' | 'ULS' | 'WLS' | 'DWLS';
  /** Weights w_g of ½ Σ w_g F_g. */
  readonly groupWeights: Float64Array;
  /** Weight matrices of the moments, for WLS and DWLS. */
  readonly momentWeights?: readonly MomentWeight[];
  /** Incomplete rows, for full-information maximum likelihood. */
  readonly incomplete?: readonly IncompleteGroup[];
}

/** A model ready to be evaluated: structure, discrepancy and constraints. */
export interface ModelProblem {
  readonly table: ParameterTable;
  readonly structure: ModelStructure;
  readonly names: NamedValues;
  readonly samples: readonly GroupSample[];
  readonly implied: readonly ImpliedMoments[];
  readonly objective: ModelObjective;
  readonly constraints: ModelConstraints | null;
  /** One starting value per table row. */
  readonly start: Float64Array;
}

export interface Estimation extends ModelProblem {
  readonly minimum: Minimum;
  /** Estimates of the distinct free parameters. */
  readonly x: Float64Array;
  /** One value per table row (`:=` rows too). */
  readonly values: Float64Array;
  /** Indices of constraints that hold with equality at the solution. */
  readonly active: readonly number[];
}

export type PartMaker = (group: number, implied: ImpliedMoments, structure: ModelStructure, means: boolean) => GroupPart;

/** Builds the continuous-data parts of a discrepancy. */
export function partMaker(choice: DiscrepancyChoice, samples: readonly GroupSample[]): PartMaker {
  return (g, implied, structure, means) => {
    const { p } = implied.structure;
    const d = derivatives(implied.structure, structure.position);
    const sample = samples[g];
    switch (choice.name) {
      case 'ML':
        if (choice.incomplete) return new FimlPart(implied, choice.incomplete[g].patterns, d, choice.incomplete[g].saturated.value);
        return new NormalPart(implied, new MaximumLikelihood(p, sample, means), d, means);
      case 'GLS':
        return new NormalPart(implied, new GeneralizedLeastSquares(p, sample, means, inverseCovariance(sample, p)), d, means);
      default: {
        const weight = choice.momentWeights?.[g] ?? { kind: 'diagonal' as const, values: new Float64Array(momentCount(p, means)).fill(1) };
        return new MomentPart(implied, sample, weight, d, means);
      }
    }
  };
}

export function inverseCovariance(sample: GroupSample, p: number): Float64Array {
  const factor = sample.covariance.slice();
  const inverse = new Float64Array(p * p);
  if (cholesky(factor, p) >= 0) fail('covariance-not-positive-definite', 'the sample covariance matrix is not positive definite, and this estimator needs its inverse', { help: 'look for variables that are sums of others, or for more variables than rows' });
  choleskyInverse(factor, p, inverse, new Float64Array(p * p));
  return inverse;
}

export function buildProblem(table: ParameterTable, samples: readonly GroupSample[], groupWeights: Float64Array, makePart: PartMaker, startMethod: StartMethod): ModelProblem {
  const structure = modelStructure(table);
  const names = new NamedValues(table);
  const start = startValues(table, structure, samples, startMethod);
  const implied = mapPacked(structure.groups, (group) => new ImpliedMoments(group));
  const parts = mapPacked(implied, (moments, g) => makePart(g, moments, structure, table.meanStructure));
  const objective = new ModelObjective(structure, parts, groupWeights, start);
  return { table, structure, names, samples, implied, objective, constraints: modelConstraints(table, structure, names, start), start };
}

/** The model at its starting values. */
function unsearched(problem: ModelProblem, x: Float64Array): Estimation {
  const value = problem.objective.evaluate(x);
  const gradient = new Float64Array(x.length);
  if (value !== null) problem.objective.gradient(gradient);
  const minimum: Minimum = { x, value: value ?? NaN, converged: false, iterations: 0, gradient: gradient.reduce((most, each) => Math.max(most, Math.abs(each)), 0), message: 'not estimated, as `do.fit` is false' };
  return { ...problem, minimum, x, values: rowValues(problem, x), active: [] };
}

export interface SolveOptions {
  readonly maxIterations: number;
  readonly tolerance: number;
  /** Start here instead of the problem's starting values. */
  readonly from?: Float64Array;
  /** False stays at the starting values. */
  readonly search?: boolean;
}

/** Values of the distinct free parameters among one value per row. */
export function freeValues(structure: ModelStructure, values: Float64Array): Float64Array {
  return Float64Array.from(structure.firstRow, (row) => values[row]);
}

export function solve(problem: ModelProblem, options: SolveOptions): Estimation {
  const { objective, structure, constraints } = problem;
  const from = options.from ?? freeValues(structure, problem.start);
  if (options.search === false) return unsearched(problem, from);
  const limits = { maxIterations: options.maxIterations, tolerance: Math.min(options.tolerance, 1e-10) };
  const light = factorObjective(objective, problem.samples, problem.table.meanStructure);
  let { minimum, active } = minimize(light ?? objective, constraints, from, limits, light !== null);
  // the factor form ends where a residual variance passes through 0
  if (light && !minimum.converged) ({ minimum, active } = minimize(objective, constraints, from, limits, false));
  if (minimum.converged) {
    if (!constraints) orient(problem, minimum.x);
    if (light) objective.evaluate(minimum.x);
    else objective.moveTo(minimum.x);
  }
  // field by field: an object made by spreading has a hidden class of its own each time, which makes all code that reads it slow
  const { table, names, samples, implied, start } = problem;
  return { table, structure, names, samples, implied, objective, constraints, start, minimum, x: minimum.x, values: rowValues(problem, minimum.x), active };
}

function minimize(objective: ModelObjective, constraints: ModelConstraints | null, from: Float64Array, limits: { readonly maxIterations: number; readonly tolerance: number }, cheapGradient: boolean): { minimum: Minimum; active: readonly number[] } {
  if (!constraints) return { minimum: minimizeByScoring(objective, from, { maxIterations: limits.maxIterations, tolerance: limits.tolerance, cheapGradient }), active: [] };
  const minimum = minimizeConstrained(objective, constraints, from, limits);
  return { minimum, active: minimum.active };
}

/** Spreads x over the rows and evaluates the defined parameters. */
export function rowValues(problem: ModelProblem, x: Float64Array): Float64Array {
  const { table, structure, names, objective } = problem;
  const values = objective.values.slice();
  for (let i = 0; i < values.length; i++) if (structure.position[i] >= 0) values[i] = x[structure.position[i]];
  table.rows.forEach((row, i) => {
    if (row.op === ':=' && row.expression) values[i] = names.value(row.expression, values);
  });
  return values;
}
