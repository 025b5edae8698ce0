import { inverseCovariance, type Estimation } from '../estimation/estimate.js';
import { ModelObjective } from '../estimation/modelObjective.js';
import { MomentPart } from '../estimation/momentPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { GroupDiscrepancy, GroupSample } from '../discrepancy/normalTheory.js';
import { dot } from '../../../numerics/dense/dot.js';
import { derivatives } from '../implied/derivatives.js';
import { momentCount } from '../implied/jacobian.js';
import type { ResolvedSemOptions } from '../options.js';

/** The normal-theory weight of the unrestricted model at the sample moments, S⁻¹ in the place of Σ⁻¹. */
export class SampleWeight implements GroupDiscrepancy {
  readonly omega: Float64Array;
  readonly drift: Float64Array;
  readonly v: Float64Array;
  readonly likelihood = false;

  constructor(sample: GroupSample) {
    const p = sample.mean.length;
    this.v = inverseCovariance(sample, p);
    this.omega = new Float64Array(p * p);
    this.drift = new Float64Array(p);
  }

  value(): number | null {
    return 0;
  }

  derive(): void {
    // no derivatives: the residuals are zero here
  }
}

/**
 * The solution as its information matrices see it: with `h1.information:
 * "unstructured"` the information of the unrestricted model is taken at the
 * sample moments rather than at the implied ones. Only maximum likelihood of
 * complete rows has the choice.
 */
export function atUnrestrictedMoments(estimation: Estimation, options: ResolvedSemOptions): Estimation {
  if (options.h1Information !== 'unstructured' || options.discrepancy !== 'ML') return estimation;
  const { objective, structure, samples, table } = estimation;
  if (!objective.parts.every((part) => part instanceof NormalPart)) return estimation;
  const parts = objective.parts.map((part, g) => new NormalPart((part as NormalPart).implied, new SampleWeight(samples[g]), derivatives(structure.groups[g], structure.position), table.meanStructure));
  return { ...estimation, objective: new ModelObjective(structure, parts, objective.weights, objective.values) };
}

/**
 * The observed information of the unrestricted model at the implied moments as
 * a weight of the moments, with V = Σ⁻¹, T = S + rrᵀ and r = m − μ:
 *
 *   W_σσ = Dᵀ(V ⊗ (VTV − ½V))D,  W_μμ = V,  W_σμ = Dᵀ(V ⊗ Vr).
 *
 * It need not be positive definite.
 */
export function observedWeights(estimation: Estimation): readonly MomentPart[] | null {
  const { objective, samples, structure, table } = estimation;
  const out: MomentPart[] = [];
  for (const [g, part] of objective.parts.entries()) {
    if (!(part instanceof NormalPart) || !part.discrepancy.likelihood) return null;
    const values = observedWeight(part.implied.structure.p, part.implied.mu, part.discrepancy.v, samples[g], table.meanStructure);
    out.push(new MomentPart(part.implied, samples[g], { kind: 'full', values }, derivatives(structure.groups[g], structure.position), table.meanStructure));
  }
  return out;
}

/** One group's, or one pattern's of missing answers. */
export function observedWeight(p: number, mu: Float64Array, v: Float64Array, sample: Pick<GroupSample, 'covariance' | 'mean'>, means: boolean): Float64Array {
  const residual = Float64Array.from(sample.mean, (value, i) => (means ? value - mu[i] : 0));
  const drift = Float64Array.from(residual, (_, i) => dot(v, i * p, residual, 0, p));
  const target = sample.covariance.map((value, at) => value + residual[Math.floor(at / p)] * residual[at % p]);
  const half = new Float64Array(p * p);
  const q = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) half[i * p + j] = dot(v, i * p, target, j * p, p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) q[i * p + j] = dot(half, i * p, v, j * p, p) - v[i * p + j] / 2;
  const width = momentCount(p, means);
  const offset = means ? p : 0;
  const out = new Float64Array(width * width);
  if (means) for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) out[i * width + j] = v[i * p + j];
  // element (ij, kl) of ½Dᵀ(V⊗Q + Q⊗V)D, each symmetrized over i ↔ j
  const both = (i: number, j: number, k: number, l: number): number => (v[i * p + k] * q[j * p + l] + q[i * p + k] * v[j * p + l]) / 2;
  let row = offset;
  for (let j = 0; j < p; j++) {
    for (let i = j; i < p; i++, row++) {
      let column = offset;
      for (let l = 0; l < p; l++) {
        for (let k = l; k < p; k++, column++) {
          const turned = i === j ? 0 : 1;
          const swapped = k === l ? 0 : 1;
          out[row * width + column] = both(i, j, k, l) + turned * both(j, i, k, l) + swapped * both(i, j, l, k) + turned * swapped * both(j, i, l, k);
        }
      }
      if (!means) continue;
      for (let k = 0; k < p; k++) out[row * width + k] = out[k * width + row] = i === j ? v[i * p + k] * drift[j] : v[i * p + k] * drift[j] + v[j * p + k] * drift[i];
    }
  }
  return out;
}
