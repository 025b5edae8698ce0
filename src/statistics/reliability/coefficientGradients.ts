/**
 * Derivatives of reliability coefficients in the items' covariances: each
 * function returns the symmetric matrix G with df = Σᵢⱼ Gᵢⱼ dSᵢⱼ, S the k × k
 * covariance matrix, T = 1′S1 the variance of the sum score. They feed
 * `deltaStdError`.
 */
import { crossProducts } from '../../numerics/dense/product.js';
import { choleskyFactor, choleskySolve } from '../../numerics/matrix/index.js';
import type { ScaleSums } from './alpha.js';
import type { QuadraticForm } from './quadraticForm.js';

/** r̄ of the k(k − 1)/2 pairs: dRᵢⱼ = dSᵢⱼ/(sᵢsⱼ) − Rᵢⱼ(dSᵢᵢ/Sᵢᵢ + dSⱼⱼ/Sⱼⱼ)/2. */
export function meanCorrelationGradient(correlation: Float64Array, covariance: Float64Array, k: number): QuadraticForm {
  const share = 1 / (k * (k - 1));
  const unit = Float64Array.from({ length: k }, (_, i) => 1 / Math.sqrt(covariance[i * k + i]));
  const diagonal = unit.map((value, i) => {
    let row = 0;
    for (let j = 0; j < k; j++) row += correlation[i * k + j];
    return -share * row * value * value;
  });
  return { outer: [{ u: unit, v: unit, weight: share }], diagonal };
}

/** λ₂ = (O + √(cQ))/T, O the sum of the covariances, Q that of their squares, c = k/(k − 1). */
export function lambda2Gradient({ k, total, trace }: ScaleSums, covariance: Float64Array): QuadraticForm {
  let squares = 0;
  for (let i = 0; i < k; i++) for (let j = 0; j < i; j++) squares += 2 * covariance[i * k + j] ** 2;
  const c = k / (k - 1);
  const root = Math.sqrt(c * squares);
  const value = (total - trace + root) / total;
  const dense = new Float64Array(k * k);
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) dense[i * k + j] = ((i === j ? 0 : 1 + (c * covariance[i * k + j]) / root) - value) / total;
  return { outer: [], dense };
}

/** λ₆ = 1 − Σ eᵢ/T with the residual variances eᵢ = 1/(S⁻¹)ᵢᵢ, deᵢ = eᵢ² (S⁻¹ dS S⁻¹)ᵢᵢ: G = Σ e/T² 11′ − S⁻¹ diag(e²) S⁻¹/T. */
export function lambda6Gradient(inverse: Float64Array, total: number, k: number): QuadraticForm {
  const scaled = new Float64Array(k * k);
  let residual = 0;
  for (let i = 0; i < k; i++) {
    const e = 1 / inverse[i * k + i];
    residual += e;
    // the inverse is symmetric: its rows times e, as columns
    for (let j = 0; j < k; j++) scaled[j * k + i] = inverse[i * k + j] * e;
  }
  const dense = new Float64Array(k * k);
  crossProducts(scaled, k, k, -1 / total, dense);
  const ones = new Float64Array(k).fill(1);
  return { outer: [{ u: ones, v: ones, weight: residual / (total * total) }], dense };
}

/** r = B/√(AC) of the halves and Guttman's 4B/T, from the halves' variances A, C and covariance B. */
export function halfGradients(a: number, c: number, b: number, k: number, first: number): { readonly correlation: QuadraticForm; readonly guttman: QuadraticForm } {
  const one = Float64Array.from({ length: k }, (_, i) => (i < first ? 1 : 0));
  const two = one.map((value) => 1 - value);
  const all = new Float64Array(k).fill(1);
  const r = b / Math.sqrt(a * c);
  const total = a + c + 2 * b;
  return {
    correlation: { outer: [{ u: one, v: two, weight: 1 / Math.sqrt(a * c) }, { u: one, v: one, weight: -r / (2 * a) }, { u: two, v: two, weight: -r / (2 * c) }] },
    guttman: { outer: [{ u: one, v: two, weight: 4 / total }, { u: all, v: all, weight: (-4 * b) / (total * total) }] }
  };
}

/**
 * ω of a one-factor model Σ = λλ′ + Ψ fitted by maximum likelihood:
 * G = ½ Σ⁻¹ (uλ′ + λu′ + diag v) Σ⁻¹ with (u, v) = I⁻¹ ∂ω/∂(λ, ψ), I the
 * information of one row in loadings and unique variances. By
 * Σ⁻¹ = D − aa′/σ, D = Ψ⁻¹, a = Dλ, σ = 1 + λ′a, no k × k product is formed.
 * @returns null when the information is singular
 * @see Raykov (2002), Multivariate Behav. Res. 37, 89-103 (delta method for ω); Browne (1984), Br. J. Math. Stat. Psychol. 37, 62-83
 */
export function omegaGradient(loadings: Float64Array, uniquenesses: Float64Array): QuadraticForm | null {
  const k = loadings.length;
  const a = loadings.map((value, i) => value / uniquenesses[i]);
  const signal = 1 + a.reduce((sum, value, i) => sum + value * loadings[i], 0);
  const inverse = (i: number, j: number): number => (i === j ? 1 / uniquenesses[i] : 0) - (a[i] * a[j]) / signal;
  const w = a.map((value) => value / signal);
  const q = (signal - 1) / signal;
  const size = 2 * k;
  const information = new Float64Array(size * size);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const s = inverse(i, j);
      information[i * size + j] = q * s + w[i] * w[j];
      information[i * size + k + j] = information[(k + j) * size + i] = s * w[j];
      information[(k + i) * size + k + j] = (s * s) / 2;
    }
  }
  const factor = choleskyFactor(information, size);
  if (!factor.ok) return null;
  const sum = loadings.reduce((total, value) => total + value, 0);
  const unique = uniquenesses.reduce((total, value) => total + value, 0);
  const below = (sum * sum + unique) ** 2;
  const h = choleskySolve(factor.lower, size, Float64Array.from({ length: size }, (_, at) => (at < k ? (2 * sum * unique) / below : -(sum * sum) / below)));
  const [u, v] = [h.subarray(0, k), h.subarray(k)];
  const reach = a.reduce((total, value, i) => total + value * u[i], 0) / signal;
  const pushed = u.map((value, i) => value / uniquenesses[i] - a[i] * reach);
  const bent = a.map((value, i) => (v[i] * value) / uniquenesses[i]);
  const middle = a.reduce((total, value, i) => total + value * value * v[i], 0);
  return {
    outer: [{ u: pushed, v: w, weight: 1 }, { u: bent, v: a, weight: -1 / signal }, { u: a, v: a, weight: middle / (2 * signal * signal) }],
    diagonal: v.map((value, i) => value / (2 * uniquenesses[i] ** 2))
  };
}
