import type { StandardErrorType } from './options.js';
import type { OrthogonalRows } from './orthogonalRows.js';

export interface SandwichInput {
  readonly rows: OrthogonalRows;
  readonly residuals: Float64Array;
  readonly weights?: Float64Array;
  readonly clusters?: Int32Array;
  readonly clusterCount?: number;
}

/** A case whose leverage leaves less than this fits itself: its residual is 0 and so is its contribution, not 0/0. */
const NOTHING_LEFT = 1e-10;

/**
 * Covariance of the estimates that holds under unequal error variances
 * (HC0–HC4) or correlated errors within clusters (CR1, factor
 * G/(G−1) · (n−1)/(n−q)): Σ ωᵢ aᵢaᵢᵀ with aᵢ = (XᵀWX)⁻¹xᵢ.
 *
 * @see MacKinnon & White (1985), Some heteroskedasticity-consistent covariance matrix estimators, Journal of Econometrics 29
 * @see Cribari-Neto (2004), Asymptotic inference under heteroskedasticity of unknown form, Computational Statistics & Data Analysis 45 (HC4)
 */
export function sandwich(type: Exclude<StandardErrorType, 'classical'>, input: SandwichInput): Float64Array {
  return type === 'cluster' ? clustered(input) : heteroskedastic(type, input);
}

function heteroskedastic(type: Exclude<StandardErrorType, 'classical' | 'cluster'>, { rows, residuals, weights }: SandwichInput): Float64Array {
  const { n, parameters: q } = rows;
  const covariance = new Float64Array(q * q);
  const z = new Float64Array(q);
  const pull = new Float64Array(q);
  const mean = q / n;
  for (let i = 0; i < n; i++) {
    const weight = weights ? weights[i] : 1;
    const leverage = weight * rows.coordinates(i, z);
    rows.pull(z, pull);
    let omega = (residuals[i] * weight) ** 2;
    if (type === 'HC2' || type === 'HC3' || type === 'HC4') {
      const rest = 1 - leverage;
      const exponent = type === 'HC2' ? 1 : type === 'HC3' ? 2 : Math.min(4, leverage / mean);
      omega = rest < NOTHING_LEFT ? 0 : omega / rest ** exponent;
    }
    addOuter(covariance, pull, omega, q);
  }
  return mirrored(covariance, q, type === 'HC1' ? n / (n - q) : 1);
}

function clustered({ rows, residuals, weights, clusters = new Int32Array(0), clusterCount: groups = 0 }: SandwichInput): Float64Array {
  const { n, parameters: q } = rows;
  const sums = new Float64Array(groups * q);
  const z = new Float64Array(q);
  const pull = new Float64Array(q);
  for (let i = 0; i < n; i++) {
    rows.coordinates(i, z);
    rows.pull(z, pull);
    const score = residuals[i] * (weights ? weights[i] : 1);
    const base = clusters[i] * q;
    for (let a = 0; a < q; a++) sums[base + a] += score * pull[a];
  }
  const covariance = new Float64Array(q * q);
  for (let g = 0; g < groups; g++) addOuter(covariance, sums.subarray(g * q, (g + 1) * q), 1, q);
  return mirrored(covariance, q, (groups / (groups - 1)) * ((n - 1) / (n - q)));
}

/** Adds factor · v vᵀ to the lower triangle. */
function addOuter(matrix: Float64Array, v: Float64Array, factor: number, q: number): void {
  for (let a = 0; a < q; a++) {
    const scaled = factor * v[a];
    for (let b = 0; b <= a; b++) matrix[a * q + b] += scaled * v[b];
  }
}

function mirrored(matrix: Float64Array, q: number, factor: number): Float64Array {
  for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) matrix[b * q + a] = matrix[a * q + b] *= factor;
  return matrix;
}
