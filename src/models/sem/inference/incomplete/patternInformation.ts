import { cholesky, choleskyInverse } from '../../../../numerics/dense/cholesky.js';
import type { MissingPattern } from '../../estimation/missingPatterns.js';
import { momentCount } from '../../implied/jacobian.js';
import { observedWeight } from '../unrestrictedWeight.js';

/** Means and covariances at which a group's unrestricted model is looked at. */
export interface MomentPoint {
  readonly mean: Float64Array;
  /** p × p. */
  readonly covariance: Float64Array;
}

/**
 * Information per row of the unrestricted model with missing answers at given
 * moments, added up over the patterns; over the p means and then the lower
 * triangle, column by column. Null where a pattern's covariance matrix is not
 * positive definite.
 */
export function patternInformation(at: MomentPoint, patterns: readonly MissingPattern[], expected: boolean): Float64Array | null {
  const p = at.mean.length;
  const width = momentCount(p, true);
  const out = new Float64Array(width * width);
  for (const pattern of patterns) {
    const { observed, share } = pattern;
    const k = observed.length;
    if (k === 0) continue;
    const own = ownMoments(at, observed);
    if (!own) return null;
    const mean = expected ? own.mean : Float64Array.from(observed, (j) => pattern.mean[j]);
    const covariance = expected ? own.covariance : pattern.covariance ? picked(pattern.covariance, observed, p) : new Float64Array(k * k);
    const weight = observedWeight(k, own.mean, own.inverse, { covariance, mean }, true);
    const place = places(observed, p);
    const size = place.length;
    for (let r = 0; r < size; r++) for (let c = 0; c < size; c++) out[place[r] * width + place[c]] += share * weight[r * size + c];
  }
  return out;
}

function ownMoments({ mean, covariance }: MomentPoint, observed: Int32Array): (MomentPoint & { readonly inverse: Float64Array }) | null {
  const k = observed.length;
  const own = picked(covariance, observed, mean.length);
  const factor = own.slice();
  if (cholesky(factor, k) >= 0) return null;
  const inverse = new Float64Array(k * k);
  choleskyInverse(factor, k, inverse, new Float64Array(k * k));
  return { mean: Float64Array.from(observed, (j) => mean[j]), covariance: own, inverse };
}

function picked(from: Float64Array, observed: Int32Array, p: number): Float64Array {
  const k = observed.length;
  return Float64Array.from({ length: k * k }, (_, at) => from[observed[Math.floor(at / k)] * p + observed[at % k]]);
}

/** Where a pattern's own moments stand among those of all p variables. */
function places(observed: Int32Array, p: number): readonly number[] {
  const place: number[] = Array.from(observed);
  for (let b = 0; b < observed.length; b++) for (let a = b; a < observed.length; a++) place.push(p + pairAt(p, Math.max(observed[a], observed[b]), Math.min(observed[a], observed[b])));
  return place;
}

/** Place of the pair i ≥ j in the lower triangle column by column. */
function pairAt(p: number, i: number, j: number): number {
  return j * p - (j * (j - 1)) / 2 + i - j;
}
