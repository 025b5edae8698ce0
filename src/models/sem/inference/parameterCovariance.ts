import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import { constrainedInverse } from '../../../numerics/optimize/equalityStep.js';
import { cholesky, choleskyInverse } from '../../../numerics/dense/cholesky.js';
import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ResolvedSemOptions } from '../options.js';
import { identificationWarning } from './identification.js';
import { activeJacobian } from './activeConstraints.js';
import { firstOrderInformation } from './firstOrderInformation.js';
import { deviationsUnder, momentMeat } from './momentMeat.js';
import { twoStage } from './incomplete/twoStage.js';
import { unrestrictedInformation } from './incomplete/unrestrictedInformation.js';
import { sandwich } from './traces.js';
import { atUnrestrictedMoments } from './unrestrictedWeight.js';

/** Smallest pivot, relative to its diagonal element, of an information matrix that identifies all parameters. */
export const IDENTIFICATION_TOLERANCE = 1e-10;

/**
 * Inverse of an information matrix of the distinct free parameters on the null
 * space of the active constraints, K(KᵀIK)⁻¹Kᵀ; null when the model is not
 * identified there.
 *
 * @param information lower triangle, size × size.
 */
export function invertInformation(information: Float64Array, estimation: Estimation): Float64Array | null {
  const n = estimation.x.length;
  if (n === 0) return new Float64Array(0);
  const bound = activeJacobian(estimation);
  if (bound) return constrainedInverse(information, bound.jacobian, bound.rows, n);
  return invertBlock(information, n);
}

/** Parameters without any covariance (free thresholds) are inverted by themselves, the others together. */
function invertBlock(information: Float64Array, n: number): Float64Array | null {
  const joined = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if (information[i * n + j] !== 0) joined[i] = joined[j] = 1;
    if (!joined[i] && !(information[i * n + i] > 0)) joined[i] = 1;
  }
  if (!joined.includes(0)) return invertWhole(information.slice(), n);
  const index = Int32Array.from(joined.keys()).filter((i) => joined[i] === 1);
  const k = index.length;
  const factor = new Float64Array(k * k);
  for (let a = 0; a < k; a++) for (let b = 0; b <= a; b++) factor[a * k + b] = information[index[a] * n + index[b]];
  const block = invertWhole(factor, k);
  if (!block) return null;
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) if (!joined[i]) inverse[i * n + i] = 1 / information[i * n + i];
  for (let a = 0; a < k; a++) for (let b = 0; b < k; b++) inverse[index[a] * n + index[b]] = block[a * k + b];
  return inverse;
}

/** @param factor lower triangle; destroyed */
function invertWhole(factor: Float64Array, n: number): Float64Array | null {
  if (cholesky(factor, n, IDENTIFICATION_TOLERANCE) >= 0) return null;
  const inverse = new Float64Array(n * n);
  choleskyInverse(factor, n, inverse, new Float64Array(n * n));
  return inverse;
}

/** Information of the kind asked for, per observation, lower triangle. */
export function informationMatrix(estimation: Estimation, sample: SemSample, kind: ResolvedSemOptions['information'], options: ResolvedSemOptions): Float64Array {
  const { structure } = estimation;
  const curved = options.observedInformation === 'hessian';
  const hessian = kind === 'observed' && curved;
  if (!hessian && sample.incomplete && options.h1Information === 'unstructured' && options.discrepancy === 'ML') {
    const unrestricted = unrestrictedInformation(estimation, sample, kind);
    if (unrestricted) return unrestricted;
  }
  const seen = hessian ? estimation : atUnrestrictedMoments(estimation, options);
  if (kind === 'first.order') return firstOrderInformation(seen, sample);
  const { objective } = seen;
  const out = new Float64Array(structure.size * structure.size);
  // lavaan weighs groups by n_g/N here, also where the discrepancy has n_g − 1, but not in second derivatives
  const weights = options.discrepancy === 'ML' || hessian ? objective.weights : Float64Array.from(sample.groups, (group) => group.n / sample.n);
  objective.parts.forEach((part, g) => (kind === 'observed' ? part.addHessian(weights[g], structure.size, out, curved) : part.addInformation(weights[g], structure.size, out)));
  return out;
}

/** N of vcov = I⁻¹/N: rows for normal likelihood, less one per group for wishart and least squares. */
function inferenceN(sample: SemSample, options: ResolvedSemOptions): number {
  return options.discrepancy === 'ML' && options.likelihood === 'normal' ? sample.n : sample.n - sample.groups.length;
}

/**
 * Covariance matrix of the distinct free parameters: I⁻¹/N, or a sandwich
 * E⁻¹BE⁻¹/N with B from casewise scores (`robust.huber.white`) or from the
 * fourth moments (`robust.sem`), or that of the two stages.
 */
export function parameterCovariance(estimation: Estimation, sample: SemSample, options: ResolvedSemOptions): { vcov: Float64Array | null; unidentified: Diagnostic | null } {
  const { size } = estimation.structure;
  const { se } = options;
  if (se === 'none') return { vcov: null, unidentified: null };
  const stage = sample.firstStage ? twoStage(estimation, sample, se === 'robust.two.stage') : null;
  if (sample.firstStage && !stage) return { vcov: null, unidentified: warning('first-stage', 'the answers given do not determine every mean and covariance, so two-stage standard errors do not exist', { zh: '作答不足以确定全部均值与协方差，两步法标准误不存在', help: 'look for two variables that were hardly ever answered together, or use `missing: "ml"`', helpZh: '查找极少同时作答的两个变量，或使用 `missing: "ml"`' }) };
  const information = stage?.information ?? informationMatrix(estimation, sample, se === 'first.order' ? 'first.order' : options.information, options);
  const inverse = invertInformation(information, estimation);
  if (!inverse) return { vcov: null, unidentified: identificationWarning(information, estimation) };
  let covariance = inverse;
  if (se === 'robust.huber.white' || se === 'robust.cluster') covariance = sandwich(inverse, informationMatrix(estimation, sample, 'first.order', options), size);
  else if (se === 'robust.sem' || se === 'robust.cluster.sem') covariance = sandwich(inverse, momentMeat(deviationsUnder(estimation, sample, options, options.information, false), size, sample.n), size);
  else if (stage) covariance = sandwich(inverse, stage.meat, size);
  const n = inferenceN(sample, options);
  for (let i = 0; i < covariance.length; i++) covariance[i] /= n;
  return { vcov: covariance, unidentified: null };
}
