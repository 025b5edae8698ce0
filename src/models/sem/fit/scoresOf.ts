import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import { dot } from '../../../numerics/dense/dot.js';
import { invertGeneral } from '../../../numerics/dense/lu.js';
import { fail } from '../../../shared/diagnostic.js';
import { ordinalScores } from '../categorical/ordinalScores.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import { rolesOfBlock } from '../structure/blocks.js';
import type { FitState } from './fitState.js';
import type { FactorScores, ScoreMethod } from './scoreTypes.js';

export type { FactorScores, ScoreMethod } from './scoreTypes.js';

/**
 * Factor scores of every row. Regression (Thurstone): κ + ΦΛᵀΣ⁻¹(y − μ), with
 * incomplete rows under the inverse of their own observed block. Bartlett:
 * κ + (ΛᵀΘ⁻¹Λ)⁻¹ΛᵀΘ⁻¹(y − μ). With ordinal variables the mode of the posterior
 * or of the likelihood, see `ordinalScores`.
 *
 * @see Bartlett (1937); Thurstone (1935); Skrondal & Laake (2001), Psychometrika 66(4)
 */
export function scoresOf(state: FitState, asked: ScoreMethod = 'regression'): FactorScores {
  if (state.options.categorical) return ordinalScores(state, asked === 'regression' || asked === 'EBM' ? 'EBM' : 'ML');
  const method = asked === 'EBM' ? 'regression' : asked === 'ML' ? 'Bartlett' : asked;
  const { estimation, sample, table } = state;
  if (!sample.rows) return fail('rows-needed', 'factor scores need the rows of the data, and only moments were given');
  if (table.roles.latent.length === 0) return fail('no-latent', 'the model has no latent variables');
  const groups = sample.rows.groups.map((rows, g) => {
    const implied = estimation.implied[g];
    const { latent } = rolesOfBlock(table, g);
    const k = latent.length;
    const { p } = implied.structure;
    const centre = table.meanStructure ? implied.mu : sample.groups[g].mean;
    const kappa = table.meanStructure ? implied.kappa : meansByPredictors(implied, centre, k);
    const scores = new Float64Array(rows.n * k).fill(NaN);
    const known = new Map<string, Float64Array | null>();
    const d = new Float64Array(p);
    for (let i = 0; i < rows.n; i++) {
      let pattern = '';
      for (let j = 0; j < p; j++) {
        const value = rows.values[i * p + j];
        const missing = Number.isNaN(value);
        pattern += missing ? '0' : '1';
        d[j] = missing ? 0 : value - centre[j];
      }
      let weights = known.get(pattern);
      if (weights === undefined) known.set(pattern, (weights = scoreWeights(implied, method, k, [...pattern].flatMap((each, j) => (each === '1' ? [j] : [])))));
      if (weights) for (let f = 0; f < k; f++) scores[i * k + f] = kappa[f] + dot(weights, f * p, d, 0, p);
    }
    const all = scoreWeights(implied, method, k, Array.from({ length: p }, (_, j) => j));
    return { group: rows.label, latent, index: rows.index, scores, stdError: all ? scoreErrors(implied, all, method, k) : new Float64Array(k).fill(NaN) };
  });
  return { method, latent: table.roles.latent, groups };
}

/** Without a mean structure: means of the latent variables that follow from those of their observed predictors, (I − Β_ηη)⁻¹ Β_ηx x̄. */
function meansByPredictors({ structure, beta }: ImpliedMoments, mean: Float64Array, k: number): Float64Array {
  const { m, twin } = structure;
  const out = new Float64Array(k);
  if (m === k) return out;
  const right = new Float64Array(k);
  const left = new Float64Array(k * k);
  for (let f = 0; f < k; f++) {
    for (let h = 0; h < k; h++) left[f * k + h] = (f === h ? 1 : 0) - beta[f * m + h];
    twin.forEach((column, i) => (right[f] += column < 0 ? 0 : beta[f * m + column] * mean[i]));
  }
  const inverse = new Float64Array(k * k);
  if (invertGeneral(left, k, inverse)) for (let f = 0; f < k; f++) out[f] = dot(inverse, f * k, right, 0, k);
  return out;
}

/** k × p weights for the observed columns, zero elsewhere; null when they do not determine the scores. */
export function scoreWeights(implied: ImpliedMoments, method: 'regression' | 'Bartlett', k: number, observed: readonly number[]): Float64Array | null {
  const { structure, lambda, lambdaPhi, sigma, theta } = implied;
  const { p, m, twin } = structure;
  const out = new Float64Array(k * p);
  const used = method === 'regression' ? observed : observed.filter((j) => twin[j] < 0);
  const n = used.length;
  const source = method === 'regression' ? sigma : theta;
  const factor = new Float64Array(n * n);
  used.forEach((a, r) => used.forEach((b, c) => (factor[r * n + c] = source[a * p + b])));
  const inverse = new Float64Array(n * n);
  if (n === 0 || cholesky(factor, n) >= 0) return null;
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  const left = new Float64Array(k * n);
  const design = method === 'regression' ? lambdaPhi : lambda;
  for (let f = 0; f < k; f++) for (let c = 0; c < n; c++) for (let r = 0; r < n; r++) left[f * n + c] += design[used[r] * m + f] * inverse[r * n + c];
  if (method === 'regression') {
    for (let f = 0; f < k; f++) used.forEach((j, c) => (out[f * p + j] = left[f * n + c]));
    return out;
  }
  const cross = new Float64Array(k * k);
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) used.forEach((j, c) => (cross[a * k + b] += left[a * n + c] * lambda[j * m + b]));
  const solved = new Float64Array(k * k);
  if (!invertGeneral(cross, k, solved)) return null;
  for (let f = 0; f < k; f++) used.forEach((j, c) => {
    for (let a = 0; a < k; a++) out[f * p + j] += solved[f * k + a] * left[a * n + c];
  });
  return out;
}

/** √ of the diagonal of Φ − WΣWᵀ (regression) or WΘWᵀ (Bartlett). */
function scoreErrors(implied: ImpliedMoments, weights: Float64Array, method: 'regression' | 'Bartlett', k: number): Float64Array {
  const { p, m } = implied.structure;
  const spread = method === 'regression' ? implied.sigma : implied.theta;
  return Float64Array.from({ length: k }, (_, f) => {
    let sum = 0;
    for (let i = 0; i < p; i++) sum += weights[f * p + i] * dot(spread, i * p, weights, f * p, p);
    const variance = method === 'regression' ? implied.phi[f * m + f] - sum : sum;
    return variance >= 0 ? Math.sqrt(variance) : NaN;
  });
}
