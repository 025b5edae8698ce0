import type { ThresholdPoint } from './pairTable.js';

const LEAST = 1e-15;

/**
 * One ordinal variable by itself: Σ m_a ln π_a, π_a = Φ(τ_a) − Φ(τ_{a−1}), and
 * its derivatives in the thresholds. For answers whose partner is missing.
 */
export class MarginTable {
  readonly total: number;
  readonly probability: Float64Array;
  private point: ThresholdPoint | null = null;

  /** @param counts by category */
  constructor(readonly counts: Float64Array) {
    this.total = counts.reduce((sum, value) => sum + value, 0);
    this.probability = new Float64Array(counts.length);
  }

  move(point: ThresholdPoint): number {
    const { counts, probability } = this;
    this.point = point;
    const last = counts.length - 1;
    let value = 0;
    for (let a = 0; a <= last; a++) {
      probability[a] = Math.max((a === last ? 1 : point.cdf[a]) - (a === 0 ? 0 : point.cdf[a - 1]), LEAST);
      if (counts[a] > 0) value += counts[a] * Math.log(probability[a]);
    }
    return value;
  }

  /** ∂ ln π_a/∂τ_t: φ/π of the thresholds at both ends, 0 elsewhere. */
  slope(a: number, t: number): number {
    const density = this.point?.density[t] ?? 0;
    return a === t ? density / this.probability[a] : a === t + 1 ? -density / this.probability[a] : 0;
  }

  /** Adds Σ m_a ∂ ln π_a. */
  addGradient(out: Float64Array, at: number): void {
    for (let t = 0; t + 1 < this.counts.length; t++) out[at + t] += this.counts[t] * this.slope(t, t) + this.counts[t + 1] * this.slope(t + 1, t);
  }

  /** The information, observed or expected, thresholds × thresholds (lower triangle). */
  information(observed: boolean): Float64Array {
    const { counts, probability, total, point } = this;
    const size = counts.length - 1;
    const out = new Float64Array(size * size);
    for (let a = 0; a <= size; a++) {
      const w = observed ? counts[a] : total * probability[a];
      for (let t = Math.max(0, a - 1); t <= Math.min(a, size - 1); t++) for (let s = Math.max(0, a - 1); s <= t; s++) out[t * size + s] += w * this.slope(a, t) * this.slope(a, s);
    }
    // ∂²Φ/∂τ² = −τφ
    if (observed && point) for (let t = 0; t < size; t++) out[t * size + t] += point.thresholds[t] * point.density[t] * (counts[t] / probability[t] - counts[t + 1] / probability[t + 1]);
    return out;
  }
}
