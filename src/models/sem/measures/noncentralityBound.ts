import { chiSquareNoncentrality, chiSquareUpper, logGamma, normalUpperQuantile } from '../../../numerics/distributions/index.js';

/** Relative step after which Newton's next one would be below rounding. */
const TOLERANCE = 1e-7;
const MAX_STEPS = 20;
/** Terms of the mixture below this share of one are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * The noncentrality λ at which P(χ²(df, λ) > x) = upper, by Newton's method
 * from the root of the normal approximation x = df + λ + z √(2(df + 2λ)). The
 * tail and its slope come from one pass over the Poisson mixture
 *
 *   P = Σ_j π_j Q(df/2 + j, x/2),   ∂P/∂λ = ½ Σ_j π_j [Q(df/2 + j + 1, x/2) − Q(df/2 + j, x/2)].
 *
 * When a step leaves λ > 0, the bracketing search takes over.
 */
export function noncentralityBound(x: number, df: number, upper: number): number {
  const z = normalUpperQuantile(upper);
  const inside = z * z + x - df / 2;
  const root = inside > 0 ? 2 * (Math.sqrt(inside) - z) : 0;
  let lambda = Math.max(1e-2, (root * root) / 4 - df / 2);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { tail, slope } = upperTail(x, df, lambda);
    const next = lambda - (tail - upper) / slope;
    // a step far beyond x comes from a vanishing slope
    if (!(slope > 0) || !(next > 0) || !(next < 4 * (x + df) + 100)) break;
    if (Math.abs(next - lambda) <= TOLERANCE * (next + x)) return next;
    lambda = next;
  }
  return Math.max(0, chiSquareNoncentrality(x, df, 1 - upper));
}

/** P(χ²(df, λ) > x) and its slope in λ, to absolute rounding: from the largest Poisson weight both ways. */
function upperTail(x: number, df: number, lambda: number): { tail: number; slope: number } {
  const half = x / 2;
  const mean = lambda / 2;
  const j0 = Math.floor(mean);
  const a0 = df / 2 + j0;
  const q0 = chiSquareUpper(x, 2 * a0);
  const weight0 = Math.exp(j0 * Math.log(mean) - mean - logGamma(j0 + 1));
  // Q(a + 1) − Q(a) = xᵃ e⁻ˣ / Γ(a + 1)
  const mass0 = Math.exp(a0 * Math.log(half) - half - logGamma(a0 + 1));
  let tail = weight0 * q0;
  let slope = weight0 * mass0;
  let weight = weight0;
  let q = q0;
  let mass = mass0;
  for (let j = j0 + 1; weight > NEGLIGIBLE; j++) {
    q += mass;
    mass *= half / (df / 2 + j);
    weight *= mean / j;
    tail += weight * Math.min(1, q);
    slope += weight * mass;
  }
  weight = weight0;
  q = q0;
  mass = mass0;
  for (let j = j0 - 1; j >= 0 && weight > NEGLIGIBLE; j--) {
    mass *= (df / 2 + j + 1) / half;
    q -= mass;
    weight *= (j + 1) / mean;
    tail += weight * Math.max(0, q);
    slope += weight * mass;
  }
  return { tail, slope: slope / 2 };
}
