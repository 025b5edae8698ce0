import { ALPHA, BETA, LAMBDA, PSI } from '../structure/modelStructure.js';
import { NO_MEAN, UNIT_MEAN, type Derivatives } from './derivatives.js';
import type { ImpliedMoments } from './impliedMoments.js';

/** c of `Derivatives`: how far μ moves along the vector a. */
function meanFactor(d: Derivatives, k: number, kappa: Float64Array): number {
  const index = d.mean[k];
  return index >= 0 ? kappa[index] : index === UNIT_MEAN ? 1 : 0;
}

/**
 * Adds the gradient of half a discrepancy, ½ tr(Ω ∂Σ) − ωᵀ∂μ, times `weight`.
 *
 * @param omega Gram of Ω (p + 2m)².
 * @param drift projections of ω (p + 2m).
 */
export function addGradient(d: Derivatives, omega: Float64Array, drift: Float64Array, kappa: Float64Array, stride: number, weight: number, out: Float64Array): void {
  for (let k = 0; k < d.count; k++) {
    const a = d.a[k];
    let value = d.w[k] * omega[a * stride + d.b[k]];
    if (d.mean[k] !== NO_MEAN) value -= meanFactor(d, k, kappa) * drift[a];
    out[d.position[k]] += weight * value;
  }
}

/**
 * Adds the expected information of a normal sample (per observation) times
 * `weight`,
 *
 *   I_kl = ½ tr(V ∂_kΣ V ∂_lΣ) + ∂_kμᵀ V ∂_lμ.
 *
 * @param v Gram of V = Σ⁻¹ (or of the weight matrix of GLS).
 * @param out q × q; the lower triangle is filled (both where two cells share a parameter).
 * @see Magnus & Neudecker (1999), Matrix Differential Calculus, 15.4
 */
export function addExpectedInformation(d: Derivatives, v: Float64Array, kappa: Float64Array, stride: number, weight: number, q: number, out: Float64Array, withMeans: boolean): void {
  const { count, a, b, w, position, mean } = d;
  for (let k = 0; k < count; k++) {
    const ak = a[k] * stride;
    const bk = b[k] * stride;
    const wk = w[k] * weight;
    const row = position[k];
    const ck = withMeans && mean[k] !== NO_MEAN ? meanFactor(d, k, kappa) * weight : 0;
    for (let l = 0; l <= k; l++) {
      const al = a[l];
      const bl = b[l];
      let value = wk * w[l] * (v[ak + al] * v[bk + bl] + v[ak + bl] * v[bk + al]);
      if (ck !== 0 && mean[l] !== NO_MEAN) value += ck * meanFactor(d, l, kappa) * v[ak + al];
      const column = position[l];
      if (row > column) out[row * q + column] += value;
      else if (row < column) out[column * q + row] += value;
      else out[row * q + row] += k === l ? value : 2 * value;
    }
  }
}

/**
 * Adds the terms of the maximum-likelihood Hessian that are made of first
 * derivatives, times `weight`: with P = V − Ω = V T V and ω = V r,
 *
 *   −½ tr(V∂_kΣ V∂_lΣ) + tr(V∂_lΣ P∂_kΣ) + ∂_kμᵀV∂_lμ + ωᵀ∂_kΣ V∂_lμ + ωᵀ∂_lΣ V∂_kμ.
 */
export function addCrossCurvature(d: Derivatives, v: Float64Array, omega: Float64Array, drift: Float64Array, kappa: Float64Array, stride: number, weight: number, q: number, out: Float64Array): void {
  const { count, a, b, w, position } = d;
  for (let k = 0; k < count; k++) {
    const ak = a[k] * stride;
    const bk = b[k] * stride;
    const wk = w[k];
    const row = position[k];
    const ck = meanFactor(d, k, kappa);
    const driftAk = drift[a[k]];
    const driftBk = drift[b[k]];
    for (let l = 0; l <= k; l++) {
      const al = a[l];
      const bl = b[l];
      const vaa = v[ak + al];
      const vbb = v[bk + bl];
      const vab = v[ak + bl];
      const vba = v[bk + al];
      // tr(V D_l P D_k) − ½ tr(V D_k V D_l), P = V − Ω
      const plain = vaa * vbb + vab * vba;
      const bent = vba * omega[ak + bl] + vaa * omega[bk + bl] + vbb * omega[ak + al] + vab * omega[bk + al];
      const wl = w[l];
      let value = wk * wl * (plain - bent);
      const cl = meanFactor(d, l, kappa);
      if (cl !== 0) value += wk * cl * (driftAk * vba + driftBk * vaa);
      if (ck !== 0) value += wl * ck * (drift[al] * vab + drift[bl] * vaa);
      if (ck !== 0 && cl !== 0) value += ck * cl * vaa;
      value *= weight;
      const column = position[l];
      if (row > column) out[row * q + column] += value;
      else if (row < column) out[column * q + row] += value;
      else out[row * q + row] += k === l ? value : 2 * value;
    }
  }
}

/**
 * Adds the terms made of second derivatives, ½ tr(Ω ∂_klΣ) − ωᵀ∂_klμ, times
 * `weight`. They vanish where the model fits exactly.
 */
export function addSecondDerivatives(d: Derivatives, implied: ImpliedMoments, omega: Float64Array, drift: Float64Array, weight: number, q: number, out: Float64Array): void {
  const { effects, phi, kappa, structure } = implied;
  const { p, m } = structure;
  const s = p + 2 * m;

  /** Inner product of ∂X_v/∂(cell l) with a functional `f` over the derivative vectors, f[base + index]. */
  const slope = (vector: number, l: number, f: Float64Array, base: number): number => {
    if (vector < p) return 0;
    const matrix = d.matrix[l];
    const r = d.row[l];
    const c = d.column[l];
    if (vector < p + m) {
      const j = vector - p;
      if (matrix === LAMBDA) return effects[c * m + j] * f[base + r];
      if (matrix === BETA) return effects[c * m + j] * f[base + p + r];
      return 0;
    }
    const j = vector - p - m;
    if (matrix === LAMBDA) return phi[c * m + j] * f[base + r];
    if (matrix === BETA) return phi[c * m + j] * f[base + p + r] + effects[j * m + r] * f[base + p + m + c];
    if (matrix === PSI) {
      const one = effects[j * m + c] * f[base + p + r];
      return r === c ? one : one + effects[j * m + r] * f[base + p + c];
    }
    return 0;
  };

  for (let k = 0; k < d.count; k++) {
    const a = d.a[k];
    const b = d.b[k];
    if (a < p && b < p) continue; // Θ and ν: Σ and μ are linear in them
    const w = d.w[k];
    const ck = meanFactor(d, k, kappa);
    for (let l = 0; l < d.count; l++) {
      const matrix = d.matrix[l];
      if (matrix !== LAMBDA && matrix !== BETA && matrix !== PSI && matrix !== ALPHA) continue;
      let value = 0;
      if (w !== 0) value = w * (slope(a, l, omega, b * s) + slope(b, l, omega, a * s));
      if (d.mean[k] !== NO_MEAN) {
        if (ck !== 0) value -= ck * slope(a, l, drift, 0);
        if (d.mean[k] >= 0) {
          const j = d.mean[k];
          if (matrix === ALPHA) value -= effects[j * m + d.row[l]] * drift[a];
          else if (matrix === BETA) value -= effects[j * m + d.row[l]] * kappa[d.column[l]] * drift[a];
        }
      }
      if (value === 0) continue;
      const row = d.position[k];
      const column = d.position[l];
      if (row >= column) out[row * q + column] += weight * value;
    }
  }
}

/**
 * Blocks of the expected information for candidate parameters (positions from
 * `free` on): `cross` candidates × free, and the `diagonal` of the candidates'
 * own block. The free × free block is known already, the rest is not needed.
 */
export function addCandidateInformation(d: Derivatives, v: Float64Array, kappa: Float64Array, stride: number, weight: number, free: number, withMeans: boolean, cross: Float64Array, diagonal: Float64Array): void {
  const { count, a, b, w, position, mean } = d;
  const own: number[] = [];
  for (let l = 0; l < count; l++) if (position[l] < free) own.push(l);
  const entry = (k: number, l: number): number => {
    const ak = a[k] * stride;
    const bk = b[k] * stride;
    let value = w[k] * w[l] * (v[ak + a[l]] * v[bk + b[l]] + v[ak + b[l]] * v[bk + a[l]]);
    if (withMeans && mean[k] !== NO_MEAN && mean[l] !== NO_MEAN) value += meanFactor(d, k, kappa) * meanFactor(d, l, kappa) * v[ak + a[l]];
    return weight * value;
  };
  for (let k = 0; k < count; k++) {
    const row = position[k] - free;
    if (row < 0) continue;
    diagonal[row] += entry(k, k);
    for (const l of own) cross[row * free + position[l]] += entry(k, l);
  }
}
