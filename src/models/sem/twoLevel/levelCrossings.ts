import { dot } from '../../../numerics/dense/dot.js';
import { UNIT_MEAN, type Derivatives } from '../implied/derivatives.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ClusterPosterior } from './clusterPosterior.js';

/**
 * What rows of one cluster have in common, in second derivatives: with
 * T_k = Σ_i EᵀV_i ∂_kΣ_W V_iE and τ_k = Σ_i EᵀV_i(∂_kΣ_W ω_i + ∂_kμ_W) of each
 * level-1 parameter, and for each level-2 parameter s_l = ∂_lΣ_B e + ∂_lμ_B,
 *
 *   two of level 1:   −½tr(C T_k C T_l) − τ_kᵀC τ_l,
 *   one of each:      −½tr(RᵀT_kR ∂_lΣ_B) + τ_kᵀR s_l;
 *
 * in expectation ½tr instead of −½tr, and τ and s without ω and e.
 *
 * @param grams per pattern: Gram of V_i over the level-1 derivative vectors
 */
export function addLevelCrossings(posterior: ClusterPosterior, within: ImpliedMoments, between: ImpliedMoments, dWithin: Derivatives, dBetween: Derivatives, grams: readonly Float64Array[], scale: number, q: number, out: Float64Array, observed: boolean): void {
  const { data, group, bothWithin, residual, drifts } = posterior;
  const { p, start, pattern, count: rows } = data;
  const b = bothWithin.length;
  const { count } = dWithin;
  const { m } = within.structure;
  const stride = p + 2 * m;
  const level2 = between.structure.p;
  const wide = level2 + 2 * between.structure.m;
  const sign = observed ? -0.5 : 0.5;
  const t = new Float64Array(count * b * b);
  const ct = new Float64Array(count * b * b);
  const tau = new Float64Array(count * b);
  const cTau = new Float64Array(count * b);
  const reach = new Float64Array(b * level2);
  const vectors = derivativeVectors(between);
  /** R times the level-2 derivative vectors, by vector: wide × b. */
  const y = new Float64Array(wide * b);
  const ty = new Float64Array(b);
  const drift = new Float64Array(stride);
  const weighted = new Float64Array(p);
  const e = new Float64Array(wide);
  const meanOf = (d: Derivatives, k: number, kappa: Float64Array): number => (d.mean[k] >= 0 ? kappa[d.mean[k]] : d.mean[k] === UNIT_MEAN ? 1 : 0);
  const add = (row: number, column: number, value: number): void => {
    if (row > column) out[row * q + column] += value;
    else if (row < column) out[column * q + row] += value;
    else out[row * q + row] += value;
  };
  const both = b * b;
  for (let j = 0; j < group.clusters; j++) {
    t.fill(0);
    tau.fill(0);
    for (let s = start[j]; s < start[j + 1]; s++) {
      const gram = grams[pattern[s]];
      const n = rows[s];
      if (observed) {
        const v = posterior.v[pattern[s]];
        for (let i = 0; i < p; i++) weighted[i] = n * dot(v, i * p, residual, s * p, p);
        project(within, weighted, drift);
      }
      for (let k = 0; k < count; k++) {
        const [a, c] = [dWithin.a[k], dWithin.b[k]];
        const w = dWithin.w[k];
        const ofA = (observed ? w * drift[c] : 0) + n * meanOf(dWithin, k, within.kappa);
        const ofB = observed ? w * drift[a] : 0;
        for (let i = 0; i < b; i++) {
          const row = bothWithin[i] * stride;
          const [alpha, beta] = [gram[row + a], gram[row + c]];
          tau[k * b + i] += alpha * ofA + beta * ofB;
          if (w !== 0) for (let l = 0; l < b; l++) t[k * both + i * b + l] += n * w * (alpha * gram[bothWithin[l] * stride + c] + beta * gram[bothWithin[l] * stride + a]);
        }
      }
    }
    const base = j * both;
    for (let k = 0; k < count; k++)
      for (let i = 0; i < b; i++) {
        let sum = 0;
        for (let l = 0; l < b; l++) {
          const value = posterior.c[base + i * b + l];
          sum += value * tau[k * b + l];
        }
        cTau[k * b + i] = sum;
        for (let l = 0; l < b; l++) {
          let product = 0;
          for (let r = 0; r < b; r++) product += posterior.c[base + i * b + r] * t[k * both + r * b + l];
          ct[k * both + i * b + l] = product;
        }
      }
    for (let k = 0; k < count; k++)
      for (let l = 0; l <= k; l++) {
        let trace = 0;
        for (let i = 0; i < b; i++) for (let r = 0; r < b; r++) trace += ct[k * both + i * b + r] * ct[l * both + r * b + i];
        const value = scale * (sign * trace - dot(tau, k * b, cTau, l * b, b));
        const same = dWithin.position[k] === dWithin.position[l] && k !== l;
        add(dWithin.position[k], dWithin.position[l], same ? 2 * value : value);
      }
    posterior.reachOf(j, reach);
    for (let x = 0; x < wide; x++) for (let i = 0; i < b; i++) y[x * b + i] = dot(reach, i * level2, vectors, x * level2, level2);
    for (let x = 0; x < wide; x++) e[x] = observed ? dot(vectors, x * level2, drifts, j * level2, level2) : 0;
    for (let l = 0; l < dBetween.count; l++) {
      const [a, c] = [dBetween.a[l], dBetween.b[l]];
      const w = dBetween.w[l];
      const ofA = w * e[c] + meanOf(dBetween, l, between.kappa);
      const ofB = w * e[a];
      for (let k = 0; k < count; k++) {
        let value = 0;
        if (w !== 0 && dWithin.w[k] !== 0) {
          for (let i = 0; i < b; i++) ty[i] = dot(t, k * both + i * b, y, c * b, b);
          value = 2 * sign * w * dot(ty, 0, y, a * b, b);
        }
        value += ofA * dot(tau, k * b, y, a * b, b);
        if (ofB !== 0) value += ofB * dot(tau, k * b, y, c * b, b);
        const same = dWithin.position[k] === dBetween.position[l];
        add(dWithin.position[k], dBetween.position[l], scale * (same ? 2 * value : value));
      }
    }
  }
}

/** The derivative vectors e_i, Γ_j, (ΛΦ)_j of one level, vector by vector. */
function derivativeVectors({ structure, gamma, lambdaPhi }: ImpliedMoments): Float64Array {
  const { p, m } = structure;
  const out = new Float64Array((p + 2 * m) * p);
  for (let i = 0; i < p; i++) {
    out[i * p + i] = 1;
    for (let j = 0; j < m; j++) {
      out[(p + j) * p + i] = gamma[i * m + j];
      out[(p + m + j) * p + i] = lambdaPhi[i * m + j];
    }
  }
  return out;
}

function project({ structure, gamma, lambdaPhi }: ImpliedMoments, vector: Float64Array, out: Float64Array): void {
  const { p, m } = structure;
  out.fill(0);
  for (let i = 0; i < p; i++) {
    out[i] = vector[i];
    for (let j = 0; j < m; j++) {
      out[p + j] += vector[i] * gamma[i * m + j];
      out[p + m + j] += vector[i] * lambdaPhi[i * m + j];
    }
  }
}
