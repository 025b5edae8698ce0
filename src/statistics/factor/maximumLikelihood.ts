import { cholesky } from '../../numerics/dense/cholesky.js';
import { eigenSymmetric } from '../../numerics/matrix/index.js';
import { communalitiesOf, leadingLoadings, type Extraction } from './extraction.js';
import { LOWEST_UNIQUENESS, startingUniquenesses } from './startingUniquenesses.js';
import { searchUniquenesses, type UniquenessState } from './uniquenessSearch.js';

interface State extends UniquenessState {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Maximum-likelihood factors. With x = ln ψ and (θ, ω) the eigenpairs of
 * S* = Ψ^{-1/2} R Ψ^{-1/2}: F = Σ_{k>m} (θₖ − ln θₖ − 1); ∂F/∂xᵢ = Σ_{k>m} (1 − θₖ) ω²ᵢₖ;
 * ∂²F = (Σ_{k>m} θₖωᵢₖωⱼₖ)(Σ_{k>m} ωᵢₖωⱼₖ) − Σ_{k>m} Σ_{l≤m} (1 − θₖ)(θₖ + θₗ)/(θₖ − θₗ) ωᵢₖωⱼₖωᵢₗωⱼₗ.
 * Loadings Ψ^{1/2} ω (θ − 1)^{1/2}.
 * @returns null when R is not positive definite
 * @see Jöreskog (1967), Psychometrika 32, 443-482; Clarke (1970), Br. J. Math. Stat. Psychol. 23, 43-52
 */
export function maximumLikelihoodFactors(correlation: Float64Array, p: number, m: number, squaredMultiple: Float64Array): Extraction | null {
  const factor = correlation.slice();
  if (cholesky(factor, p) >= 0) return null;
  const start = startingUniquenesses(factor, p, m).map(Math.log);
  const { x, state, converged, iterations, held } = searchUniquenesses((at) => evaluate(correlation, p, m, at), start, Math.log(LOWEST_UNIQUENESS));
  const loadings = leadingLoadings(state.values, state.vectors, p, m, (value) => value - 1, (i) => Math.exp(x[i] / 2));
  const gradient = state.gradient.reduce((most, g, i) => (held.includes(i) ? most : Math.max(most, Math.abs(g))), 0);
  return {
    loadings,
    factors: m,
    communalities: communalitiesOf(loadings, p, m),
    initialCommunalities: squaredMultiple,
    convergence: { converged, iterations, gradient, message: converged ? 'gradient is zero to rounding' : `gradient ${gradient.toPrecision(2)} after ${iterations} iterations` },
    heywood: held,
    discrepancy: Math.max(0, state.value)
  };
}

function evaluate(correlation: Float64Array, p: number, m: number, x: Float64Array): State {
  const root = x.map((value) => Math.exp(-value / 2));
  const scaled = correlation.map((r, at) => r * root[Math.floor(at / p)] * root[at % p]);
  const { values, vectors } = eigenSymmetric(scaled, p);
  const gradient = new Float64Array(p);
  const plain = new Float64Array(p * p);
  const weighted = new Float64Array(p * p);
  const hessian = new Float64Array(p * p);
  let value = 0;
  for (let k = m; k < p; k++) {
    const theta = values[k];
    value += theta - Math.log(theta) - 1;
    for (let i = 0; i < p; i++) {
      const w = vectors[i * p + k];
      gradient[i] += (1 - theta) * w * w;
      for (let j = 0; j < p; j++) {
        const product = w * vectors[j * p + k];
        plain[i * p + j] += product;
        weighted[i * p + j] += theta * product;
      }
    }
  }
  for (let i = 0; i < p * p; i++) hessian[i] = plain[i] * weighted[i];
  for (let l = 0; l < m; l++) {
    const mixed = new Float64Array(p * p);
    for (let k = m; k < p; k++) {
      const weight = ((1 - values[k]) * (values[k] + values[l])) / (values[k] - values[l]);
      if (!Number.isFinite(weight)) continue;
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) mixed[i * p + j] += weight * vectors[i * p + k] * vectors[j * p + k];
    }
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) hessian[i * p + j] -= mixed[i * p + j] * vectors[i * p + l] * vectors[j * p + l];
  }
  return { value, gradient, hessian, values, vectors };
}
