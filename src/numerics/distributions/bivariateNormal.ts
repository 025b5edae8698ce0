import { gaussLegendre, type QuadratureRule } from '../quadrature.js';
import { normalCdf } from './normal.js';

const TWO_PI = 2 * Math.PI;
const RULES: readonly QuadratureRule[] = Object.freeze([gaussLegendre(6), gaussLegendre(12), gaussLegendre(20)]);

/**
 * P(X > h, Y > k) for standard normals with correlation ρ.
 *
 * |ρ| < 0.925: ∫₀^{asin ρ} exp(−(h² + k² − 2hk sin θ)/(2 cos² θ)) dθ / 2π + Φ(−h)Φ(−k);
 * beyond: the same integral about |ρ| = 1 with its singular part taken out.
 * Absolute error below 5e-16.
 * @see A. Genz (2004), Numerical computation of rectangular bivariate and trivariate normal and t probabilities, Statistics and Computing 14, 251–260.
 */
export function bivariateNormalUpper(h: number, k: number, rho: number): number {
  if (Number.isNaN(h) || Number.isNaN(k) || !(Math.abs(rho) <= 1)) return NaN;
  if (h === Infinity || k === Infinity) return 0;
  if (h === -Infinity) return normalCdf(-k);
  if (k === -Infinity) return normalCdf(-h);
  if (rho === 0) return normalCdf(-h) * normalCdf(-k);
  const size = Math.abs(rho);
  const { nodes, weights } = RULES[size < 0.3 ? 0 : size < 0.75 ? 1 : 2];
  return size < 0.925 ? moderate(h, k, rho, nodes, weights) : nearOne(h, k, rho, nodes, weights);
}

function moderate(h: number, k: number, rho: number, nodes: Float64Array, weights: Float64Array): number {
  const hs = (h * h + k * k) / 2;
  const half = Math.asin(rho) / 2;
  const hk = h * k;
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) {
    const sn = Math.sin(half * (1 + nodes[i]));
    sum += weights[i] * Math.exp((sn * hk - hs) / (1 - sn * sn));
  }
  return (sum * half) / TWO_PI + normalCdf(-h) * normalCdf(-k);
}

function nearOne(h: number, k0: number, rho: number, nodes: Float64Array, weights: Float64Array): number {
  const k = rho < 0 ? -k0 : k0;
  const hk = h * k;
  let sum = 0;
  if (Math.abs(rho) < 1) {
    const square = (1 - rho) * (1 + rho);
    let a = Math.sqrt(square);
    const bs = (h - k) ** 2;
    const c = (4 - hk) / 8;
    const d = (12 - hk) / 16;
    const exponent = -(bs / square + hk) / 2;
    if (exponent > -100) sum = a * Math.exp(exponent) * (1 - (c * (bs - square) * (1 - (d * bs) / 5)) / 3 + (c * d * square * square) / 5);
    if (hk > -100) {
      const b = Math.sqrt(bs);
      sum -= Math.exp(-hk / 2) * Math.sqrt(TWO_PI) * normalCdf(-b / a) * b * (1 - (c * bs * (1 - (d * bs) / 5)) / 3);
    }
    a /= 2;
    for (let i = 0; i < nodes.length; i++) {
      const xs = (a * (nodes[i] + 1)) ** 2;
      const rs = Math.sqrt(1 - xs);
      const at = -(bs / xs + hk) / 2;
      if (at > -100) sum += a * weights[i] * Math.exp(at) * (Math.exp((-hk * xs) / (2 * (1 + rs) ** 2)) / rs - (1 + c * xs * (1 + d * xs)));
    }
    sum = -sum / TWO_PI;
  }
  if (rho > 0) return sum + normalCdf(-Math.max(h, k));
  if (h >= k) return Math.max(0, -sum);
  // Φ(k) − Φ(h), from the side where both are small
  const between = h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k);
  return Math.max(0, between - sum);
}

/** Φ₂(h, k; ρ) = P(X ≤ h, Y ≤ k). */
export function bivariateNormalCdf(h: number, k: number, rho: number): number {
  return bivariateNormalUpper(-h, -k, rho);
}

/** φ₂(x, y; ρ), |ρ| < 1: the derivative of Φ₂ with respect to ρ. */
export function bivariateNormalDensity(x: number, y: number, rho: number): number {
  const rest = (1 - rho) * (1 + rho);
  return Math.exp(-(x * x - 2 * rho * x * y + y * y) / (2 * rest)) / (TWO_PI * Math.sqrt(rest));
}

/**
 * Φ₂ at every point of a grid h × k (row-major, out[i · k.length + j]), one
 * sweep of the quadrature for all of them: nodes and their sines are those of ρ.
 *
 * @param cdfH Φ(h), cdfK Φ(k)
 */
export function bivariateNormalGrid(h: Float64Array, k: Float64Array, cdfH: Float64Array, cdfK: Float64Array, rho: number, out: Float64Array): void {
  const size = Math.abs(rho);
  const columns = k.length;
  if (!(size < 0.925)) {
    for (let i = 0; i < h.length; i++) for (let j = 0; j < columns; j++) out[i * columns + j] = bivariateNormalCdf(h[i], k[j], rho);
    return;
  }
  const { nodes, weights } = RULES[size < 0.3 ? 0 : size < 0.75 ? 1 : 2];
  const half = Math.asin(rho) / 2;
  for (let i = 0; i < h.length; i++) for (let j = 0; j < columns; j++) out[i * columns + j] = cdfH[i] * cdfK[j];
  for (let node = 0; node < nodes.length; node++) {
    const sn = Math.sin(half * (1 + nodes[node]));
    const precision = 1 / (1 - sn * sn);
    const weight = (weights[node] * half) / TWO_PI;
    for (let i = 0; i < h.length; i++) {
      const x = h[i] * precision;
      const square = -0.5 * h[i] * x;
      const slope = sn * x;
      for (let j = 0; j < columns; j++) out[i * columns + j] += weight * Math.exp(square + k[j] * (slope - 0.5 * precision * k[j]));
    }
  }
}
