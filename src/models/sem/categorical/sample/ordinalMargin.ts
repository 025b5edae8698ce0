import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { normalCdf, normalDensity, normalQuantile } from '../../../../numerics/distributions/normal.js';
import { fail } from '../../../../shared/diagnostic.js';
import { influenceOf } from './influence.js';
import { UNBOUNDED, type Margin } from './margin.js';

/** Newton steps of an ordered probit regression; the log-likelihood is concave. */
const MOST_STEPS = 100;
const STEP_TOLERANCE = 1e-12;

/**
 * Thresholds, and slopes on exogenous variables, of an ordinal variable:
 * P(y ≤ k | x) = Φ(τ_k − xᵀβ). Without x, τ_k = Φ⁻¹(cumulative share).
 *
 * @param category 0-based category per case, −1 missing
 * @param x n × q, row-major
 * @param weights sampling weights, if any
 */
export function ordinalMargin(name: string, category: Int32Array, categories: number, x: Float64Array, q: number, weights: Float64Array | null): Margin {
  const n = category.length;
  const locations = categories - 1;
  const size = locations + q;
  const counts = new Float64Array(categories);
  let used = 0;
  for (let i = 0; i < n; i++) {
    if (category[i] < 0) continue;
    const w = weights ? weights[i] : 1;
    counts[category[i]] += w;
    used += w;
  }
  const empty = counts.indexOf(0);
  if (empty >= 0 || categories < 2) fail('empty-category', `category ${empty + 1} of \`${name}\` has no answers`, { help: 'join it with its neighbour' });
  const estimates = new Float64Array(size);
  let cumulative = 0;
  for (let k = 0; k < locations; k++) {
    cumulative += counts[k];
    estimates[k] = normalQuantile(cumulative / used);
  }
  if (q === 0) return shares(category, counts, used, estimates, weights);
  fitProbit(name, category, locations, x, q, estimates, weights);

  const upper = new Float64Array(n);
  const lower = new Float64Array(n);
  const scores = new Float64Array(n * size);
  for (let i = 0; i < n; i++) {
    const k = category[i];
    if (k < 0) continue;
    let shift = 0;
    for (let j = 0; j < q; j++) shift += x[i * q + j] * estimates[locations + j];
    const u = (upper[i] = k < locations ? estimates[k] - shift : UNBOUNDED);
    const l = (lower[i] = k > 0 ? estimates[k - 1] - shift : -UNBOUNDED);
    const share = interval(u, l);
    const du = normalDensity(u) / share;
    const dl = normalDensity(l) / share;
    if (k < locations) scores[i * size + k] = du;
    if (k > 0) scores[i * size + k - 1] = -dl;
    for (let j = 0; j < q; j++) scores[i * size + locations + j] = -x[i * q + j] * (du - dl);
  }
  return { ordinal: true, locations, size, estimates, influence: influenceOf(scores, n, size, name, weights), category, upper, lower };
}

/**
 * A margin without exogenous variables: with F_k the cumulative shares, the
 * influence of a case on τ_k is w(n/used)(1{y ≤ k} − F_k)/φ(τ_k), used = Σw.
 */
function shares(category: Int32Array, counts: Float64Array, used: number, estimates: Float64Array, weights: Float64Array | null): Margin {
  const n = category.length;
  const size = estimates.length;
  const ofCategory = new Float64Array(counts.length * size);
  let cumulative = 0;
  for (let k = 0; k < size; k++) {
    cumulative += counts[k];
    const factor = n / (used * normalDensity(estimates[k]));
    for (let c = 0; c <= size; c++) ofCategory[c * size + k] = factor * ((c <= k ? 1 : 0) - cumulative / used);
  }
  const influence = new Float64Array(n * size);
  const upper = new Float64Array(n);
  const lower = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const k = category[i];
    if (k < 0) continue;
    upper[i] = k < size ? estimates[k] : UNBOUNDED;
    lower[i] = k > 0 ? estimates[k - 1] : -UNBOUNDED;
    for (let t = 0; t < size; t++) influence[i * size + t] = (weights ? weights[i] : 1) * ofCategory[k * size + t];
  }
  return { ordinal: true, locations: size, size, estimates, influence, ofCategory, category, upper, lower };
}

/** Φ(u) − Φ(l), from the tail where both are small. */
export function interval(u: number, l: number): number {
  const share = l > 0 ? normalCdf(-l) - normalCdf(-u) : normalCdf(u) - normalCdf(l);
  return share > 1e-300 ? share : 1e-300;
}

function fitProbit(name: string, category: Int32Array, locations: number, x: Float64Array, q: number, estimates: Float64Array, weights: Float64Array | null): void {
  const size = locations + q;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const d = new Float64Array(size);
  const e = new Float64Array(size);
  const evaluate = (at: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    let value = 0;
    for (let i = 0; i < category.length; i++) {
      const k = category[i];
      if (k < 0) continue;
      let shift = 0;
      for (let j = 0; j < q; j++) shift += x[i * q + j] * at[locations + j];
      const u = k < locations ? at[k] - shift : UNBOUNDED;
      const l = k > 0 ? at[k - 1] - shift : -UNBOUNDED;
      if (u <= l) return -Infinity;
      const share = interval(u, l);
      const w = weights ? weights[i] : 1;
      value += w * Math.log(share);
      const fu = normalDensity(u) / share;
      const fl = normalDensity(l) / share;
      // u and l as linear functions of the parameters: their gradients d and e
      d.fill(0);
      e.fill(0);
      if (k < locations) d[k] = 1;
      if (k > 0) e[k - 1] = 1;
      for (let j = 0; j < q; j++) d[locations + j] = e[locations + j] = -x[i * q + j];
      const uu = -u * fu - fu * fu;
      const ll = l * fl - fl * fl;
      const ul = fu * fl;
      for (let r = 0; r < size; r++) {
        gradient[r] += w * (fu * d[r] - fl * e[r]);
        const a = w * (uu * d[r] + ul * e[r]);
        const b = w * (ul * d[r] + ll * e[r]);
        for (let c = 0; c <= r; c++) hessian[r * size + c] -= a * d[c] + b * e[c];
      }
    }
    return value;
  };
  let value = evaluate(estimates);
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let r = 0; r < size; r++) for (let c = 0; c < r; c++) hessian[c * size + r] = hessian[r * size + c];
    const move = gradient.slice();
    if (cholesky(hessian, size) >= 0) break;
    choleskySolve(hessian, size, move);
    const largest = Math.max(...move.map(Math.abs));
    const from = estimates.slice();
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      for (let r = 0; r < size; r++) estimates[r] = from[r] + scale * move[r];
      const next = evaluate(estimates);
      if (next >= value - 1e-9) {
        value = next;
        break;
      }
    }
    if (largest < STEP_TOLERANCE) return;
  }
  if (Math.max(...gradient.map(Math.abs)) > 1e-6 * category.length) fail('probit-not-converged', `the probit regression of \`${name}\` on the exogenous variables does not converge`, { help: 'an exogenous variable may predict an answer without exception' });
}
