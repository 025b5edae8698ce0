import { logScaleDensity } from '../special/saddlePoint.js';
import { integratePeak } from '../quadrature.js';
import { invertPositive, type Tail } from './inversion.js';
import { normalCdf, normalDensity } from './normal.js';

/** Half width of the trapezoidal rule over the largest of the k normals. */
const REACH = 9;

/** The more normals, the narrower the density of the largest. */
function stepFor(groups: number): number {
  return groups <= 8 ? 1 / 4 : groups <= 40 ? 1 / 8 : 1 / 16;
}

interface Grid {
  readonly z: Float64Array;
  /** k φ(z) h */
  readonly weight: Float64Array;
  readonly cdf: Float64Array;
}

function grid(groups: number): Grid {
  const step = stepFor(groups);
  const count = Math.round((2 * REACH) / step) + 1;
  const z = new Float64Array(count);
  const weight = new Float64Array(count);
  const cdf = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    z[i] = -REACH + i * step;
    weight[i] = groups * normalDensity(z[i]) * step;
    cdf[i] = normalCdf(z[i]);
  }
  return { z, weight, cdf };
}

/**
 * Tail of the range W of k standard normals. With z the largest:
 * P(W ≤ w) = k ∫ φ(z) [Φ(z) − Φ(z − w)]ᵏ⁻¹ dz and, since k∫φΦᵏ⁻¹ = 1,
 * P(W > w) = k ∫ φ(z) Φ(z)ᵏ⁻¹ (1 − [1 − Φ(z−w)/Φ(z)]ᵏ⁻¹) dz: positive terms only.
 */
function rangeTail(w: number, groups: number, upper: boolean, { z, weight, cdf }: Grid): number {
  const power = groups - 1;
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    if (cdf[i] === 0) continue;
    const share = normalCdf(z[i] - w) / cdf[i];
    const logInside = share >= 1 ? -Infinity : power * Math.log1p(-share);
    sum += weight[i] * cdf[i] ** power * (upper ? -Math.expm1(logInside) : Math.exp(logInside));
  }
  return sum;
}

function tailOf(q: number, groups: number, df: number, upper: boolean, nodes: Grid): number {
  if (Number.isNaN(q) || !(groups >= 2) || !(df > 0)) return NaN;
  if (q <= 0) return upper ? 1 : 0;
  if (df === Infinity) return rangeTail(q, groups, upper, nodes);
  // average over u = log s with s² = χ²(df)/df
  const logIntegrand = (u: number): number => {
    const inner = rangeTail(q * Math.exp(u), groups, upper, nodes);
    return inner > 0 ? logScaleDensity(u, df) + Math.log(inner) : -Infinity;
  };
  return Math.min(1, integratePeak(logIntegrand, 0, 1 / Math.sqrt(2 * df)));
}

/** P(Q ≤ q) for the studentized range of `groups` means with `df` error degrees of freedom. */
export function studentizedRangeCdf(q: number, groups: number, df: number): number {
  return tailOf(q, groups, df, false, grid(groups));
}

/** P(Q > q): the p value of Tukey's and Games and Howell's tests. */
export function studentizedRangeUpper(q: number, groups: number, df: number): number {
  return tailOf(q, groups, df, true, grid(groups));
}

export function studentizedRangeQuantile(p: number, groups: number, df: number, tail: Tail = 'lower'): number {
  if (!(groups >= 2) || !(df > 0)) return NaN;
  const nodes = grid(groups);
  return invertPositive(p, tail, 3, (q) => Math.log(tailOf(q, groups, df, false, nodes)), (q) => Math.log(tailOf(q, groups, df, true, nodes)));
}
