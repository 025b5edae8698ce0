import { cholesky, choleskyInverse } from '../../../../numerics/dense/cholesky.js';
import { fail } from '../../../../shared/diagnostic.js';
import type { FitState } from '../../fit/fitState.js';
import { momentCount } from '../../implied/jacobian.js';
import { fixedExogenous } from '../../inference/fixedExogenous.js';
import { addForm } from '../../inference/incomplete/whitening.js';
import { saturatedInformation } from '../../inference/incomplete/saturatedTrace.js';
import type { SaturatedInformation } from '../../inference/incomplete/saturatedInformation.js';
import { rowsOf } from '../../inference/rowsOf.js';
import { casewiseCovariance, explainedBy, explicitCovariance, normalCovariance, type MomentCovariance } from './momentCovariance.js';

/**
 * Γ of every group's unrestricted moments, as the standard errors of the fit
 * see the data: under normality, distribution-free for robust standard errors
 * and weighted least squares, from the saturated model where answers are
 * missing.
 */
export function unrestrictedCovariance(state: FitState): readonly MomentCovariance[] {
  const { estimation, sample, options, table } = state;
  const robust = options.se.startsWith('robust');
  if (sample.incomplete ?? sample.firstStage) {
    const groups = saturatedInformation(sample, (g) => fixedExogenous(estimation, g));
    return groups?.map((group) => saturatedCovariance(group, options.se === 'two.stage' || robust ? 'observed' : options.information, robust)) ?? fail('saturated', 'the saturated model has no positive definite covariance matrix, so its moments have no standard errors');
  }
  const means = table.meanStructure;
  const free = robust || options.discrepancy === 'WLS' || options.discrepancy === 'DWLS';
  const firstOrder = !free && (options.information === 'first.order' || options.se === 'first.order');
  return sample.groups.map(({ covariance, mean }, g) => {
    const p = mean.length;
    const explained = explainedBy(covariance, p, fixedExogenous(estimation, g));
    if (free) return casewiseCovariance(rowsOf(sample)[g], covariance, mean, means, explained);
    const normal = normalCovariance(covariance, p, means, explained);
    return firstOrder ? inverseOfFirstOrder(normal, casewiseCovariance(rowsOf(sample)[g], covariance, mean, means, explained), momentCount(p, means)) : normal;
  });
}

/** B⁻¹ = Γ_N Γ⁻¹ Γ_N of the first-order information B = Γ_N⁻¹ Γ Γ_N⁻¹, on the moments that vary. */
function inverseOfFirstOrder(normal: MomentCovariance, casewise: MomentCovariance, width: number): MomentCovariance {
  const index = Array.from({ length: width }, (_, i) => i).filter((i) => normal.diagonal[i] > 1e-10 * Math.max(...normal.diagonal));
  const k = index.length;
  const pick = (from: MomentCovariance): Float64Array => {
    const unit = new Float64Array(width * k);
    index.forEach((i, a) => (unit[i * k + a] = 1));
    const product = from.times(unit, k);
    return Float64Array.from({ length: k * k }, (_, at) => product[index[Math.floor(at / k)] * k + (at % k)]);
  };
  const factor = pick(casewise);
  if (cholesky(factor, k, 1e-10) >= 0) fail('residual-type', 'there are too few rows for the first-order standard errors of all moments', { help: 'use `information: "expected"`, or `raw` residuals' });
  const inverse = new Float64Array(k * k);
  choleskyInverse(factor, k, inverse, new Float64Array(k * k));
  const small = new Float64Array(k * k);
  addForm(pick(normal), inverse, k, k, 1, small);
  const out = new Float64Array(width * width);
  index.forEach((i, a) => index.forEach((j, b) => (out[i * width + j] = small[a * k + b])));
  return explicitCovariance(out, width);
}

/** A⁻¹ (or the sandwich A⁻¹BA⁻¹) of the saturated model with missing answers, from its whitened coordinates back to means and covariances. */
function saturatedCovariance(saturated: SaturatedInformation, kind: 'expected' | 'observed' | 'first.order', robust: boolean): MomentCovariance {
  const { whitening: w, width } = saturated;
  const bread = saturated.inverse(kind);
  if (!bread) return fail('saturated', 'the answers given do not determine every mean and covariance, so the moments have no standard errors');
  let whitened = bread;
  if (robust) addForm(bread, saturated.information('first.order'), width, width, 1, (whitened = new Float64Array(width * width)));
  const moments = momentCount(w.p, true);
  const turn = fromWhitened(w);
  const out = new Float64Array(moments * moments);
  addForm(turn, whitened, moments, width, 1, out);
  return explicitCovariance(out, moments);
}

/** Moments × whitened coordinates: what one unit of each does to means and covariances, μ = Cμ*, Σ = CΣ*Cᵀ. */
function fromWhitened({ p, order, fixed, factor, width, means }: SaturatedInformation['whitening']): Float64Array {
  const out = new Float64Array(momentCount(p, true) * width);
  const place = new Int32Array(p);
  order.forEach((variable, a) => (place[variable] = a));
  for (let i = 0; i < p; i++) for (let a = fixed; a < p; a++) out[i * width + a - fixed] = factor[place[i] * p + a];
  let column = means;
  for (let a = fixed; a < p; a++) {
    for (let b = 0; b <= a; b++, column++) {
      let row = p;
      for (let j = 0; j < p; j++) {
        for (let i = j; i < p; i++, row++) {
          const [ia, ib, ja, jb] = [factor[place[i] * p + a], factor[place[i] * p + b], factor[place[j] * p + a], factor[place[j] * p + b]];
          out[row * width + column] = a === b ? Math.SQRT2 * ia * ja : ia * jb + ib * ja;
        }
      }
    }
  }
  return out;
}
