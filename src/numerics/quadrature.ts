/** Below the peak by this much (natural log) an integrand no longer shows in a double. */
const NEGLIGIBLE = 42;

/**
 * ∫ exp(logF(u)) du over the real line for a log-concave logF, by the
 * trapezoidal rule, which converges geometrically for such integrands.
 *
 * @param start where the search for the peak begins
 * @param scale about the standard deviation of exp(logF)
 * @see Trefethen & Weideman (2014), The exponentially convergent trapezoidal rule, SIAM Review 56.
 */
export function integratePeak(logF: (u: number) => number, start: number, scale: number): number {
  const peak = climb(logF, start, scale);
  const top = logF(peak);
  if (top === -Infinity) return 0;
  // half the curvature width at the peak, measured, bounds the step
  const drop = Math.max(1e-12, 2 * top - logF(peak + scale) - logF(peak - scale));
  const step = Math.min(scale, scale / Math.sqrt(drop)) / 4;
  let sum = 1;
  for (const direction of [1, -1]) {
    for (let i = 1; i < 100_000; i++) {
      const below = logF(peak + direction * i * step) - top;
      sum += Math.exp(below);
      if (below < -NEGLIGIBLE) break;
    }
  }
  return sum * step * Math.exp(top);
}

/** Peak of a concave function: doubling steps uphill, then golden section to a tenth of the scale. */
function climb(f: (u: number) => number, start: number, scale: number): number {
  let x = start;
  let fx = f(x);
  let step = scale;
  let direction = f(start + scale) >= fx ? 1 : -1;
  for (let i = 0; i < 200; i++) {
    const next = x + direction * step;
    const value = f(next);
    if (value > fx) {
      x = next;
      fx = value;
      step *= 2;
    } else {
      direction = -direction;
      step /= 4;
      if (step < 0.05 * scale) break;
    }
  }
  return x;
}

export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * Gauss–Legendre nodes and weights on [−1, 1], by Newton's method on the
 * Legendre polynomial.
 * @see DLMF 3.5(v).
 */
export function gaussLegendre(n: number): QuadratureRule {
  const nodes = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let k = 0; k < 100; k++) {
      let previous = 1;
      let current = x;
      for (let j = 2; j <= n; j++) [previous, current] = [current, ((2 * j - 1) * x * current - (j - 1) * previous) / j];
      slope = (n * (x * current - previous)) / (x * x - 1);
      const change = current / slope;
      x -= change;
      if (Math.abs(change) < 1e-16) break;
    }
    nodes[i] = x;
    weights[i] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
