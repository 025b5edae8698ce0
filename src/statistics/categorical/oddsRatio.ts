import { logGamma, normalQuantile } from '../../numerics/distributions/index.js';
import { findRootFrom } from '../../numerics/rootFinding.js';

export interface OddsRatio {
  /** n₁₁n₂₂/(n₁₂n₂₁); null when a cell is empty. */
  readonly sample: number | null;
  /** Woolf's interval, exp(ln OR ± z √Σ 1/n), as SPSS prints it. */
  readonly sampleLow: number | null;
  readonly sampleHigh: number | null;
  /** Conditional maximum-likelihood estimate given the margins: 0 or null (without bound) at the edges, as R's `fisher.test`. */
  readonly conditional: number | null;
  /** Exact interval; a null upper limit has no bound. */
  readonly conditionalLow: number | null;
  readonly conditionalHigh: number | null;
}

/** Samples so large that listing the noncentral law takes long, and Woolf's interval says the same. */
const MOST_CELLS = 1_000_000;

/**
 * Odds ratio of a 2 × 2 table with two intervals.
 * @param counts n₁₁, n₁₂, n₂₁, n₂₂; no empty row or column
 * @see Woolf (1955), Ann. Hum. Genet. 19, 251-253; Cornfield (1956), Proc. 3rd Berkeley Symp. 4, 135-148 (exact limits)
 */
export function oddsRatio(counts: ArrayLike<number>, confidence: number): OddsRatio {
  const [a, b, c, d] = Array.from(counts);
  const filled = Math.min(a, b, c, d) > 0;
  const log = Math.log(a) + Math.log(d) - Math.log(b) - Math.log(c);
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return { sample: filled ? Math.exp(log) : null, sampleLow: filled ? Math.exp(log - reach) : null, sampleHigh: filled ? Math.exp(log + reach) : null, ...conditional(a, b, c, d, filled ? log : 0, (1 - confidence) / 2) };
}

type Conditional = Pick<OddsRatio, 'conditional' | 'conditionalLow' | 'conditionalHigh'>;

/** By the noncentral hypergeometric law of n₁₁ given the margins, P(x) ∝ C(r₁, x) C(r₂, c₁ − x) ωˣ. */
function conditional(a: number, b: number, c: number, d: number, start: number, tail: number): Conditional {
  const [r1, r2, c1] = [a + b, c + d, a + c];
  const low = Math.max(0, c1 - r2);
  const high = Math.min(r1, c1);
  if (high - low > MOST_CELLS) return { conditional: null, conditionalLow: null, conditionalHigh: null };
  const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const weights = Float64Array.from({ length: high - low + 1 }, (_, i) => logChoose(r1, low + i) + logChoose(r2, c1 - low - i));
  /** Mean of n₁₁, P(n₁₁ ≥ a) and P(n₁₁ ≤ a) at log odds ratio θ. */
  const at = (theta: number): { readonly mean: number; readonly upper: number; readonly lower: number } => {
    let most = -Infinity;
    for (let i = 0; i < weights.length; i++) most = Math.max(most, weights[i] + theta * (low + i));
    let total = 0;
    let mean = 0;
    let upper = 0;
    let lower = 0;
    for (let i = 0; i < weights.length; i++) {
      const x = low + i;
      const weight = Math.exp(weights[i] + theta * x - most);
      total += weight;
      mean += weight * x;
      if (x >= a) upper += weight;
      if (x <= a) lower += weight;
    }
    return { mean: mean / total, upper: upper / total, lower: lower / total };
  };
  const solve = (f: (theta: number) => number): number | null => {
    const root = findRootFrom(f, start, 0.5, -700, 700, 1e-14);
    return root.ok ? Math.exp(root.x) : null;
  };
  return {
    conditional: a === low ? 0 : a === high ? null : solve((theta) => at(theta).mean - a),
    conditionalLow: a === low ? 0 : solve((theta) => at(theta).upper - tail),
    conditionalHigh: a === high ? null : solve((theta) => tail - at(theta).lower)
  };
}
