import { dot } from '../../../numerics/dense/dot.js';
import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import { CategoricalPart } from '../categorical/categoricalPart.js';
import { buildProblem, partMaker, rowValues, solve, type Estimation } from '../estimation/estimate.js';
import type { FitState } from '../fit/fitState.js';
import { derivatives } from '../implied/derivatives.js';
import { jacobian, momentCount } from '../implied/jacobian.js';
import type { Parameter } from '../parameterTable.js';
import { activeJacobian } from './activeConstraints.js';
import { modelTest } from './modelTest.js';
import { informationMatrix, invertInformation } from './parameterCovariance.js';
import { momentDeviations, momentMeat } from './momentMeat.js';
import { traceOfProduct } from './traces.js';

/** Where the restriction is read from: from both models' derivatives of the moments, or from the parameters that are fixed or shared. */
export type RestrictionMethod = 'delta' | 'exact';

/** A difference T₀ − T₁ on m degrees of freedom, corrected: aT + b on `df`. */
export interface CorrectedDifference {
  readonly statistic: number;
  readonly df: number;
}

/**
 * Traces of UΓ for the restrictions that lead from model 1 to model 0,
 *
 *   U = WΔ₁MΔ₁ᵀW,  M = P⁻¹ − G(GᵀPG)⁻¹Gᵀ = P⁻¹Aᵀ(AP⁻¹Aᵀ)⁻¹AP⁻¹,
 *
 * P = Δ₁ᵀWΔ₁ the information of model 1, and G the directions in its
 * parameters that model 0 can go: Δ₁G = Δ₀ by least squares (`delta`), or row
 * by row of the tables (`exact`). Everything at model 1's solution.
 *
 * @returns null when a matrix is singular, or a row of model 0 is not in model 1 (`exact`)
 * @see Satorra (2000), in Heijmans et al., Innovations in Multivariate Statistical Analysis, 233-247
 */
export function restrictionTraces(larger: FitState, smaller: FitState, method: RestrictionMethod): { readonly trace: number; readonly squared: number } | null {
  const { estimation, sample, options } = larger;
  const q = estimation.structure.size;
  const information = informationMatrix(estimation, sample, options.information === 'observed' ? 'observed' : 'expected', { ...options, observedInformation: options.testObservedInformation });
  const g = method === 'delta' ? directionsByMoments(estimation, smaller.estimation) : directionsByRows(estimation, smaller.estimation);
  return g && directionTraces(information, momentMeat(momentDeviations(estimation, sample, false), q, sample.n), g, estimation, smaller.estimation);
}

/**
 * tr(MB) and tr((MB)²), M = P⁻¹ − G(GᵀPG)⁻¹Gᵀ.
 *
 * @param information P, lower triangle; @param meat B, lower triangle; @param g G, parameters of model 1 × parameters of model 0
 */
export function directionTraces(information: Float64Array, meat: Float64Array, g: Float64Array, larger: Estimation, smaller: Estimation): { readonly trace: number; readonly squared: number } | null {
  const q = larger.structure.size;
  const q0 = smaller.structure.size;
  const inverse = invertInformation(information, larger);
  if (!inverse) return null;
  const full = (k: number, l: number): number => (k >= l ? information[k * q + l] : information[l * q + k]);
  const pg = new Float64Array(q * q0);
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) if (full(k, l) !== 0) for (let c = 0; c < q0; c++) pg[k * q0 + c] += full(k, l) * g[l * q0 + c];
  const reduced = new Float64Array(q0 * q0);
  for (let a = 0; a < q0; a++) for (let b = 0; b <= a; b++) for (let k = 0; k < q; k++) reduced[a * q0 + b] += g[k * q0 + a] * pg[k * q0 + b];
  const within = q0 === 0 ? new Float64Array(0) : inverseUnder(reduced, smaller);
  if (!within) return null;
  const m = inverse.slice();
  const half = new Float64Array(q * q0);
  for (let k = 0; k < q; k++) for (let a = 0; a < q0; a++) half[k * q0 + a] = dot(g, k * q0, within, a * q0, q0);
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) m[k * q + l] -= dot(half, k * q0, g, l * q0, q0);
  const product = new Float64Array(q * q);
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) for (let j = 0; j < q; j++) product[k * q + l] += m[k * q + j] * (j >= l ? meat[j * q + l] : meat[l * q + j]);
  let squared = 0;
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) squared += product[k * q + l] * product[l * q + k];
  return { trace: traceOfProduct(m, meat, q), squared };
}

/** The difference scaled (T/c, c = tr/m), scaled and shifted (aT + m − a tr, a = √(m/tr₂)), or adjusted in mean and variance (T tr/tr₂ on tr²/tr₂). */
export function correctedDifference(difference: number, m: number, { trace, squared }: { readonly trace: number; readonly squared: number }, form: 'scaled' | 'shifted' | 'adjusted'): CorrectedDifference | null {
  if (!(trace > 0) || !(squared > 0)) return null;
  if (form === 'scaled') return { statistic: (difference * m) / trace, df: m };
  if (form === 'adjusted') return { statistic: (difference * trace) / squared, df: (trace * trace) / squared };
  const a = Math.sqrt(m / squared);
  return { statistic: a * difference + m - a * trace, df: m };
}

/** K(KᵀHK)⁻¹Kᵀ under the constraints of a model that hold with equality. */
function inverseUnder(hessian: Float64Array, estimation: Estimation): Float64Array | null {
  const bound = activeJacobian(estimation);
  return constrainedInverse(hessian, bound?.jacobian ?? new Float64Array(0), bound?.rows ?? [], estimation.structure.size);
}

/** G = K(KᵀΔ₁ᵀΔ₁K)⁻¹KᵀΔ₁ᵀΔ₀. */
export function directionsByMoments(larger: Estimation, smaller: Estimation): Float64Array | null {
  const [q, q0] = [larger.structure.size, smaller.structure.size];
  const own = momentJacobians(larger);
  const other = momentJacobians(smaller);
  const square = new Float64Array(q * q);
  const cross = new Float64Array(q * q0);
  for (let at = 0; at < own.length; at++) {
    const [d1, d0] = [own[at], other[at]];
    const moments = d1.length / q;
    if (d0.length / Math.max(1, q0) !== moments && q0 > 0) return null;
    for (let r = 0; r < moments; r++) {
      for (let k = 0; k < q; k++) {
        const value = d1[r * q + k];
        if (value === 0) continue;
        for (let l = 0; l <= k; l++) square[k * q + l] += value * d1[r * q + l];
        for (let c = 0; c < q0; c++) cross[k * q0 + c] += value * d0[r * q0 + c];
      }
    }
  }
  const inverse = inverseUnder(square, larger);
  if (!inverse) return null;
  const out = new Float64Array(q * q0);
  for (let k = 0; k < q; k++) for (let l = 0; l < q; l++) for (let c = 0; c < q0; c++) out[k * q0 + c] += inverse[k * q + l] * cross[l * q0 + c];
  return out;
}

/** ∂(moments)/∂θ per group, moments × q. */
export function momentJacobians({ objective, structure, table, implied }: Estimation): readonly Float64Array[] {
  const q = structure.size;
  return objective.parts.map((part, g) => {
    if (part instanceof CategoricalPart) {
      const { start, column, value } = part.delta();
      const out = new Float64Array(part.moments.layout.count * q);
      for (let r = 0; r + 1 < start.length; r++) for (let e = start[r]; e < start[r + 1]; e++) out[r * q + column[e]] += value[e];
      return out;
    }
    const out = new Float64Array(momentCount(implied[g].structure.p, table.meanStructure) * q);
    jacobian(derivatives(implied[g].structure, structure.position), implied[g], q, table.meanStructure, out);
    return out;
  });
}

const nameOf = ({ lhs, op, rhs, group }: Parameter): string => JSON.stringify(op === '~~' && lhs > rhs ? [rhs, op, lhs, group] : [lhs, op, rhs, group]);

function directionsByRows(larger: Estimation, smaller: Estimation): Float64Array | null {
  const [q, q0] = [larger.structure.size, smaller.structure.size];
  const rows = new Map(larger.table.rows.map((row, i) => [nameOf(row), i]));
  const out = new Float64Array(q * q0);
  for (const [i, row] of smaller.table.rows.entries()) {
    const c = smaller.structure.position[i];
    if (c < 0) continue;
    const other = rows.get(nameOf(row));
    const k = other === undefined ? -1 : larger.structure.position[other];
    if (k < 0) return null;
    out[k * q0 + c] = 1;
  }
  return out;
}

/** Model 0's estimates in the places of model 1's parameters; what model 0 lacks is 0 (scales 1). */
export function transferred(larger: Estimation, smaller: Estimation): Float64Array {
  const values = new Map(smaller.table.rows.map((row, i) => [nameOf(row), smaller.values[i]]));
  return Float64Array.from(larger.structure.firstRow, (i) => values.get(nameOf(larger.table.rows[i])) ?? (larger.table.rows[i].op === '~*~' ? 1 : 0));
}

/**
 * Scaling factor of model 1 evaluated at model 0's estimates, for the strictly
 * positive difference test.
 * @see Satorra & Bentler (2010), Psychometrika 75(2)
 */
export function scalingAtRestriction(larger: FitState, smaller: FitState): number | null {
  const { estimation, sample, options, test } = larger;
  if (!test || test.df === 0) return 0;
  const x = transferred(estimation, smaller.estimation);
  try {
    if (estimation.objective.evaluate(x) === null) return null;
    const moved = { ...estimation, x, values: rowValues(estimation, x) };
    return modelTest(moved, sample, options, test.statistic, test.df).scaled?.scaling ?? null;
  } finally {
    estimation.objective.evaluate(estimation.x);
  }
}

/** Discrepancy below which model 1 reproduces moments exactly. */
const REPRODUCED = 1e-7;

/**
 * Whether model 1 can reproduce what model 0 implies: fitted to the implied
 * moments of model 0 its discrepancy is 0. Null where that cannot be asked
 * (ordinal variables, rotated blocks, two levels).
 * @see Bentler & Satorra (2010), Psychological Methods 15(2)
 */
export function isNested(larger: FitState, smaller: FitState): boolean | null {
  const { estimation, options, sample } = larger;
  if (options.categorical || larger.twoLevel || larger.rotated || smaller.rotated || !sample.groups.length) return null;
  const means = estimation.table.meanStructure;
  const samples = smaller.estimation.implied.map(({ mu, sigma }, g) => ({ n: sample.groups[g].n, mean: means && smaller.table.meanStructure ? mu.slice() : sample.groups[g].mean, covariance: sigma.slice() }));
  if (samples.length !== sample.groups.length || smaller.sample.names.some((own, g) => own.join('\n') !== sample.names[g].join('\n'))) return null;
  const weights = Float64Array.from(samples, ({ n }) => n / sample.n);
  try {
    const problem = buildProblem(estimation.table, samples, weights, partMaker({ name: 'ML', groupWeights: weights }, samples), 'informed');
    const limits = { maxIterations: 200, tolerance: 1e-9 };
    const near = solve(problem, { ...limits, from: transferred(estimation, smaller.estimation) });
    if (near.minimum.value < REPRODUCED) return true;
    const far = solve(problem, limits);
    return far.minimum.value < REPRODUCED ? true : near.minimum.converged || far.minimum.converged ? false : null;
  } catch {
    return null;
  }
}
