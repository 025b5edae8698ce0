import type { Margin } from './margin.js';

/** The second stage for one pair of variables: their correlation given both margins. */
export interface PairFit {
  readonly rho: number;
  /** Casewise influence of ρ, the margins' uncertainty included, n. */
  readonly influence: Float64Array;
}

/** Casewise derivatives of a pair's log-likelihood at ρ, written into the caller's arrays. */
export interface PairDerivatives {
  /** ∂/∂ρ. */
  readonly rho: Float64Array;
  /** ∂/∂(parameters of the first margin), n × size. */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Influence of ρ̂: (n w_i s_i − A₂₁ a_i) / A₂₂ with s the scores of ρ, a the
 * influences of the margins, w sampling weights, A₂₁ = Σ w_i s_i d_iᵀ, A₂₂ = Σ w_i s_i².
 */
export function pairInfluence(n: number, first: Margin, second: Margin, d: PairDerivatives, weights: Float64Array | null): Float64Array {
  const weighted = weights ? d.rho.map((s, i) => weights[i] * s) : d.rho;
  const a = crossed(weighted, d.first, n, first.size);
  const b = crossed(weighted, d.second, n, second.size);
  let squares = 0;
  for (let i = 0; i < n; i++) squares += weighted[i] * d.rho[i];
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let value = n * weighted[i];
    for (let r = 0; r < first.size; r++) value -= a[r] * first.influence[i * first.size + r];
    for (let r = 0; r < second.size; r++) value -= b[r] * second.influence[i * second.size + r];
    out[i] = value / squares;
  }
  return out;
}

function crossed(rho: Float64Array, d: Float64Array, n: number, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < n; i++) if (rho[i] !== 0) for (let r = 0; r < size; r++) out[r] += rho[i] * d[i * size + r];
  return out;
}
