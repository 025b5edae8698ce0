import { bivariateNormalCdf, bivariateNormalDensity } from '../../../../numerics/distributions/bivariateNormal.js';
import { normalCdf, normalDensity } from '../../../../numerics/distributions/normal.js';
import type { Margin } from './margin.js';
import { interval } from './ordinalMargin.js';
import { pairInfluence, type PairDerivatives, type PairFit } from './pair.js';
import { solveCorrelation } from './solveCorrelation.js';

/**
 * A pair's likelihood for one case: at ρ it writes ∂/∂ρ and the derivatives
 * along each margin's upper and lower bound (ordinal) or standardized residual
 * (continuous, in `u`).
 */
interface CaseDerivatives {
  rho: number;
  u1: number;
  l1: number;
  u2: number;
  l2: number;
}

type CaseLikelihood = (i: number, rho: number, out: CaseDerivatives) => void;

/**
 * Correlation of two variables case by case: polychoric with exogenous
 * variables, polyserial, or Pearson's.
 *
 * @see Olsson, Drasgow & Dorans (1982), Psychometrika 47(3), for the polyserial correlation
 */
export function casePair(first: Margin, second: Margin, x: Float64Array, q: number, weights: Float64Array | null): PairFit {
  const n = first.category.length;
  const cases: number[] = [];
  for (let i = 0; i < n; i++) if (first.category[i] >= 0 && second.category[i] >= 0) cases.push(i);
  const likelihood = first.ordinal && second.ordinal ? rectangle(first, second) : first.ordinal ? swapped(serial(second, first)) : second.ordinal ? serial(first, second) : normal(first, second);
  const at: CaseDerivatives = { rho: 0, u1: 0, l1: 0, u2: 0, l2: 0 };
  const rho = solveCorrelation(startOf(first, second, cases), (r) => {
    let score = 0;
    let information = 0;
    for (const i of cases) {
      likelihood(i, r, at);
      const w = weights ? weights[i] : 1;
      score += w * at.rho;
      information += w * at.rho * at.rho;
    }
    return { score, information: information > 0 ? information : 1 };
  });
  const d: PairDerivatives = { rho: new Float64Array(n), first: new Float64Array(n * first.size), second: new Float64Array(n * second.size) };
  for (const i of cases) {
    likelihood(i, rho, at);
    d.rho[i] = at.rho;
    toParameters(first, i, at.u1, at.l1, x, q, d.first);
    toParameters(second, i, at.u2, at.l2, x, q, d.second);
  }
  return { rho, influence: pairInfluence(n, first, second, d, weights) };
}

/** From bounds (or residual) of a case to the margin's parameters. */
function toParameters(margin: Margin, i: number, u: number, l: number, x: Float64Array, q: number, out: Float64Array): void {
  const { size, locations, category, estimates } = margin;
  const at = i * size;
  if (!margin.ordinal) {
    const variance = estimates[size - 1];
    const sd = Math.sqrt(variance);
    out[at] = -u / sd;
    for (let j = 0; j < q; j++) out[at + 1 + j] = (-u * x[i * q + j]) / sd;
    out[at + size - 1] = (-u * margin.upper[i]) / (2 * variance) - 1 / (2 * variance);
    return;
  }
  const k = category[i];
  if (k < locations) out[at + k] += u;
  if (k > 0) out[at + k - 1] += l;
  for (let j = 0; j < q; j++) out[at + locations + j] = -x[i * q + j] * (u + l);
}

function swapped(likelihood: CaseLikelihood): CaseLikelihood {
  return (i, rho, out) => {
    likelihood(i, rho, out);
    [out.u1, out.l1, out.u2, out.l2] = [out.u2, out.l2, out.u1, out.l1];
  };
}

/** ln of a rectangle of Φ₂. */
function rectangle(first: Margin, second: Margin): CaseLikelihood {
  return (i, rho, out) => {
    const [u1, l1, u2, l2] = [first.upper[i], first.lower[i], second.upper[i], second.lower[i]];
    const root = Math.sqrt(1 - rho * rho);
    const p = Math.max(bivariateNormalCdf(u1, u2, rho) - bivariateNormalCdf(l1, u2, rho) - bivariateNormalCdf(u1, l2, rho) + bivariateNormalCdf(l1, l2, rho), 1e-15);
    out.rho = (bivariateNormalDensity(u1, u2, rho) - bivariateNormalDensity(l1, u2, rho) - bivariateNormalDensity(u1, l2, rho) + bivariateNormalDensity(l1, l2, rho)) / p;
    const side = (at: number, u: number, l: number): number => (normalDensity(at) * (normalCdf((u - rho * at) / root) - normalCdf((l - rho * at) / root))) / p;
    out.u1 = side(u1, u2, l2);
    out.l1 = -side(l1, u2, l2);
    out.u2 = side(u2, u1, l1);
    out.l2 = -side(l2, u1, l1);
  };
}

/** ln φ(z) + ln[Φ((u − ρz)/√(1−ρ²)) − Φ((l − ρz)/√(1−ρ²))]: first continuous, second ordinal. */
function serial(continuous: Margin, ordinal: Margin): CaseLikelihood {
  return (i, rho, out) => {
    const z = continuous.upper[i];
    const u = ordinal.upper[i];
    const l = ordinal.lower[i];
    const rest = 1 - rho * rho;
    const root = Math.sqrt(rest);
    const qu = (u - rho * z) / root;
    const ql = (l - rho * z) / root;
    const p = interval(qu, ql);
    const fu = normalDensity(qu) / p;
    const fl = normalDensity(ql) / p;
    out.rho = (fu * (rho * u - z) - fl * (rho * l - z)) / (rest * root);
    out.u1 = -z - (rho / root) * (fu - fl);
    out.l1 = 0;
    out.u2 = fu / root;
    out.l2 = -fl / root;
  };
}

/** ln of the bivariate normal density of two standardized residuals. */
function normal(first: Margin, second: Margin): CaseLikelihood {
  return (i, rho, out) => {
    const z1 = first.upper[i];
    const z2 = second.upper[i];
    const rest = 1 - rho * rho;
    out.rho = (rho * rest + (1 + rho * rho) * z1 * z2 - rho * (z1 * z1 + z2 * z2)) / (rest * rest);
    out.u1 = (rho * z2 - z1) / rest;
    out.u2 = (rho * z1 - z2) / rest;
    out.l1 = out.l2 = 0;
  };
}

function startOf(first: Margin, second: Margin, cases: readonly number[]): number {
  const value = (margin: Margin, i: number): number => (margin.ordinal ? margin.category[i] : margin.upper[i]);
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (const i of cases) {
    const [a, b] = [value(first, i), value(second, i)];
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const n = cases.length;
  const size = Math.sqrt((xx - (x * x) / n) * (yy - (y * y) / n));
  return size > 0 ? (xy - (x * y) / n) / size : 0;
}
