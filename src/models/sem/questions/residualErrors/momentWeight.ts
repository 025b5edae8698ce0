import { fail } from '../../../../shared/diagnostic.js';
import { MomentPart } from '../../estimation/momentPart.js';
import { NormalPart } from '../../estimation/normalPart.js';
import type { FitState } from '../../fit/fitState.js';
import { momentCount } from '../../implied/jacobian.js';
import { patternInformation } from '../../inference/incomplete/patternInformation.js';
import { rowsOf } from '../../inference/rowsOf.js';
import { atUnrestrictedMoments, observedWeights, SampleWeight } from '../../inference/unrestrictedWeight.js';
import { explicitCovariance, momentRows, normalCovariance, type MomentCovariance } from './momentCovariance.js';

/** W of every group as the information matrix of the fit uses it, ΔᵀWΔ: only its products are needed. */
export type MomentWeight = Pick<MomentCovariance, 'times'>;

export function momentWeights(state: FitState): readonly MomentWeight[] {
  const { estimation, sample, options, table } = state;
  const means = table.meanStructure;
  const firstOrder = options.information === 'first.order' || options.se === 'first.order';
  if (sample.incomplete) {
    if (firstOrder) fail('residual-type', 'standardized residuals of incomplete answers need the expected or the observed information', { help: 'use `normalized`' });
    const incomplete = sample.incomplete;
    return estimation.implied.map((implied, g) => explicitCovariance(patternInformation({ mean: implied.mu, covariance: implied.sigma }, incomplete[g].patterns, options.information === 'expected') ?? fail('residual-type', 'the implied covariance matrix is not positive definite'), momentCount(implied.structure.p, true)));
  }
  const observed = options.information === 'observed' && options.h1Information === 'structured' && options.discrepancy === 'ML' && !sample.firstStage ? observedWeights(estimation) : null;
  const parts = observed ?? (sample.firstStage ? estimation : atUnrestrictedMoments(estimation, options)).objective.parts;
  return parts.map((part, g) => {
    const { p } = estimation.implied[g].structure;
    if (part instanceof NormalPart) {
      const normal = normalWeight(sample.firstStage ? new SampleWeight(sample.groups[g]).v : part.discrepancy.v, p, means);
      if (!firstOrder) return normal;
      const { sigma, mu } = estimation.implied[g];
      const rows = momentRows(rowsOf(sample)[g], sigma, means ? mu : sample.groups[g].mean, means, null);
      return { times: (m, q) => normal.times(crossed(rows, momentCount(p, means), normal.times(m, q), q), q) };
    }
    if (!(part instanceof MomentPart)) return fail('residual-type', 'this estimator has no standardized residuals', { help: 'use `normalized` or `raw`' });
    const { kind, values } = part.weight;
    const width = momentCount(p, means);
    return kind === 'full' ? explicitCovariance(values, width) : { times: (m, q) => m.map((value, at) => value * values[Math.floor(at / q)]) };
  });
}

/** ½Dᵀ(V ⊗ V)D and V for means: the inverse of the normal-theory Γ at V⁻¹. */
function normalWeight(v: Float64Array, p: number, means: boolean): MomentWeight {
  const { times } = normalCovariance(v, p, means, null);
  const offset = means ? p : 0;
  const diagonal = new Uint8Array(momentCount(p, means));
  let at = offset;
  for (let j = 0; j < p; j++) for (let i = j; i < p; i++) diagonal[at++] = i === j ? 1 : 0;
  // element (ij, kl) is v_ik v_jl + v_il v_jk, halved for i = j and halved for k = l
  const halved = (m: Float64Array, q: number): Float64Array => m.map((value, k) => (diagonal[Math.floor(k / q)] ? value / 2 : value));
  return { times: (m, q) => halved(times(halved(m, q), q), q) };
}

/** (1/n) CᵀC M of n rows. */
function crossed(rows: Float64Array, width: number, m: Float64Array, q: number): Float64Array {
  const n = rows.length / width;
  const out = new Float64Array(width * q);
  const row = new Float64Array(q);
  for (let i = 0; i < n; i++) {
    row.fill(0);
    for (let r = 0; r < width; r++) for (let k = 0; k < q; k++) row[k] += rows[i * width + r] * m[r * q + k];
    for (let r = 0; r < width; r++) for (let k = 0; k < q; k++) out[r * q + k] += (rows[i * width + r] * row[k]) / n;
  }
  return out;
}
