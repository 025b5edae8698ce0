import { cholesky, choleskyInverse } from '../../../../numerics/dense/cholesky.js';
import { dot } from '../../../../numerics/dense/dot.js';
import { weightedCount, type GroupRows } from '../../../../statistics/rows.js';
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

/**
 * First-order information of the same: the mean of s sᵀ over rows, s of a row
 * with d = y − μ and w = Σ⁻¹d being w for the means and wwᵀ − Σ⁻¹ for the
 * covariances (half of it for variances). Weights count squared; sums over
 * clusters take the place of rows, with the usual factor C/(C − 1).
 */
export function patternFirstOrder(at: MomentPoint, patterns: readonly MissingPattern[], rows: GroupRows): Float64Array | null {
  const p = at.mean.length;
  const width = momentCount(p, true);
  const out = new Float64Array(width * width);
  const sums = new Map<number, Float64Array>();
  const score = new Float64Array(width);
  for (const { observed, rows: members } of patterns) {
    const k = observed.length;
    if (k === 0) continue;
    const own = ownMoments(at, observed);
    if (!own) return null;
    const place = places(observed, p);
    const d = new Float64Array(k);
    const w = new Float64Array(k);
    for (const row of members) {
      for (let a = 0; a < k; a++) d[a] = rows.values[row * p + observed[a]] - own.mean[a];
      for (let a = 0; a < k; a++) w[a] = dot(own.inverse, a * k, d, 0, k);
      const f = rows.weights ? rows.weights[row] : 1;
      score.fill(0);
      for (let a = 0; a < k; a++) score[place[a]] = f * w[a];
      for (let b = 0, at = k; b < k; b++) for (let a = b; a < k; a++, at++) score[place[at]] = f * (w[a] * w[b] - own.inverse[a * k + b]) * (a === b ? 0.5 : 1);
      if (!rows.cluster) addSquare(score, out);
      else {
        const sum = sums.get(rows.cluster[row]);
        if (sum) score.forEach((value, i) => (sum[i] += value));
        else sums.set(rows.cluster[row], score.slice());
      }
    }
  }
  for (const sum of sums.values()) addSquare(sum, out);
  const scale = (rows.cluster ? sums.size / (sums.size - 1) : 1) / weightedCount(rows);
  for (let i = 0; i < width; i++) for (let j = 0; j <= i; j++) out[i * width + j] = out[j * width + i] = out[i * width + j] * scale;
  return out;
}

/** Adds xxᵀ to the lower triangle. */
function addSquare(x: Float64Array, out: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    const xi = x[i];
    if (xi !== 0) for (let j = 0; j <= i; j++) out[i * n + j] += xi * x[j];
  }
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
