import type { StandardErrorType } from './options.js';

/** Rows of the model matrix of estimated parameters, constant first: what a sandwich needs. */
export interface ModelRows {
  readonly n: number;
  readonly parameters: number;
  /** Copies row i into `row`. */
  read(i: number, row: Float64Array): void;
}

export interface SandwichInput {
  readonly rows: ModelRows;
  /** (XᵀWX)⁻¹. */
  readonly bread: Float64Array;
  readonly residuals: Float64Array;
  readonly weights?: Float64Array;
  readonly clusters?: Int32Array;
  readonly clusterCount?: number;
}

/** hᵢ = wᵢ xᵢᵀ (XᵀWX)⁻¹ xᵢ. */
export function leverages(rows: ModelRows, bread: Float64Array, weights?: Float64Array): Float64Array {
  const q = rows.parameters;
  const row = new Float64Array(q);
  const result = new Float64Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    rows.read(i, row);
    let sum = 0;
    for (let a = 0; a < q; a++) {
      let inner = 0.5 * bread[a * q + a] * row[a];
      for (let b = 0; b < a; b++) inner += bread[a * q + b] * row[b];
      sum += row[a] * inner;
    }
    result[i] = Math.min(1, 2 * sum * (weights ? weights[i] : 1));
  }
  return result;
}

/**
 * Covariance of the estimates that holds under unequal error variances
 * (HC0–HC4) or correlated errors within clusters (CR1, factor
 * G/(G−1) · (n−1)/(n−q)).
 *
 * @see MacKinnon & White (1985), Some heteroskedasticity-consistent covariance matrix estimators, Journal of Econometrics 29
 * @see Cribari-Neto (2004), Asymptotic inference under heteroskedasticity of unknown form, Computational Statistics & Data Analysis 45 (HC4)
 */
export function sandwich(type: Exclude<StandardErrorType, 'classical'>, input: SandwichInput): Float64Array {
  const meat = type === 'cluster' ? clusterMeat(input) : heteroskedasticMeat(type, input);
  return multiplyBread(input.bread, meat, input.rows.parameters);
}

function heteroskedasticMeat(type: Exclude<StandardErrorType, 'classical' | 'cluster'>, { rows, bread, residuals, weights }: SandwichInput): Float64Array {
  const { n, parameters: q } = rows;
  const meat = new Float64Array(q * q);
  const row = new Float64Array(q);
  const leverage = type === 'HC0' || type === 'HC1' ? undefined : leverages(rows, bread, weights);
  const mean = q / n;
  for (let i = 0; i < n; i++) {
    rows.read(i, row);
    const score = residuals[i] * (weights ? weights[i] : 1);
    let omega = score * score;
    if (leverage) {
      const rest = 1 - leverage[i];
      const exponent = type === 'HC2' ? 1 : type === 'HC3' ? 2 : Math.min(4, leverage[i] / mean);
      // a case that fits itself exactly has residual 0: its contribution is taken as 0, not 0/0
      omega = rest < 1e-10 ? 0 : omega / rest ** exponent;
    }
    for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) meat[a * q + b] += omega * row[a] * row[b];
  }
  const factor = type === 'HC1' ? n / (n - q) : 1;
  for (let a = 0; a < q; a++) for (let b = 0; b <= a; b++) meat[b * q + a] = meat[a * q + b] *= factor;
  return meat;
}

function clusterMeat({ rows, residuals, weights, clusters, clusterCount }: SandwichInput): Float64Array {
  const { n, parameters: q } = rows;
  const groups = clusterCount ?? 0;
  const scores = new Float64Array(groups * q);
  const row = new Float64Array(q);
  for (let i = 0; i < n; i++) {
    rows.read(i, row);
    const base = (clusters as Int32Array)[i] * q;
    const score = residuals[i] * (weights ? weights[i] : 1);
    for (let a = 0; a < q; a++) scores[base + a] += score * row[a];
  }
  const factor = (groups / (groups - 1)) * ((n - 1) / (n - q));
  const meat = new Float64Array(q * q);
  for (let g = 0; g < groups; g++) for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) meat[a * q + b] += factor * scores[g * q + a] * scores[g * q + b];
  return meat;
}

function multiplyBread(bread: Float64Array, meat: Float64Array, q: number): Float64Array {
  const half = product(bread, meat, q);
  const whole = product(half, bread, q);
  for (let a = 0; a < q; a++) for (let b = 0; b < a; b++) whole[a * q + b] = whole[b * q + a] = (whole[a * q + b] + whole[b * q + a]) / 2;
  return whole;
}

function product(a: Float64Array, b: Float64Array, q: number): Float64Array {
  const result = new Float64Array(q * q);
  for (let i = 0; i < q; i++) for (let k = 0; k < q; k++) for (let j = 0; j < q; j++) result[i * q + j] += a[i * q + k] * b[k * q + j];
  return result;
}
