import { eigenSymmetric } from '../../numerics/matrix/index.js';
import { communalitiesOf, leadingLoadings, type Extraction } from './extraction.js';
import { searchUniquenesses, type UniquenessState } from './uniquenessSearch.js';

interface State extends UniquenessState {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/**
 * Unweighted least squares (minres): F(ψ) = ½ Σ_{k>m} γₖ², γ the eigenvalues
 * and ω the eigenvectors of R − Ψ. ∂F/∂ψᵢ = −Σ_{k>m} γₖ ω²ᵢₖ;
 * ∂²F = (Σ_{k>m} ωᵢₖωⱼₖ)² + 2 Σ_{k>m} Σ_{l≤m} γₖ/(γₖ − γₗ) ωᵢₖωⱼₖωᵢₗωⱼₗ.
 * The stationary points are the fixed points of principal axis factoring.
 * @param start uniquenesses to begin with
 * @see Harman & Jones (1966), Psychometrika 31, 351-368
 */
export function leastSquaresFactors(correlation: Float64Array, p: number, m: number, start: Float64Array, squaredMultiple: Float64Array): Extraction {
  const { x, state, converged, iterations, held } = searchUniquenesses((psi) => evaluate(correlation, p, m, psi), start, 0);
  const loadings = leadingLoadings(state.values, state.vectors, p, m, (value) => value);
  const gradient = state.gradient.reduce((most, g, i) => (held.includes(i) ? most : Math.max(most, Math.abs(g))), 0);
  return {
    loadings,
    factors: m,
    communalities: communalitiesOf(loadings, p, m),
    initialCommunalities: squaredMultiple,
    convergence: { converged, iterations, gradient, message: converged ? 'gradient is zero to rounding' : `gradient ${gradient.toPrecision(2)} after ${iterations} iterations` },
    heywood: held.length > 0 ? held : [...x.keys()].filter((i) => x[i] < 0),
    discrepancy: null
  };
}

function evaluate(correlation: Float64Array, p: number, m: number, psi: Float64Array): State {
  const reduced = correlation.slice();
  for (let i = 0; i < p; i++) reduced[i * p + i] -= psi[i];
  const { values, vectors } = eigenSymmetric(reduced, p);
  const gradient = new Float64Array(p);
  const residual = new Float64Array(p * p);
  const hessian = new Float64Array(p * p);
  let value = 0;
  for (let k = m; k < p; k++) {
    value += 0.5 * values[k] ** 2;
    for (let i = 0; i < p; i++) {
      const w = vectors[i * p + k];
      gradient[i] -= values[k] * w * w;
      for (let j = 0; j < p; j++) residual[i * p + j] += w * vectors[j * p + k];
    }
  }
  for (let l = 0; l < m; l++) {
    const mixed = new Float64Array(p * p);
    for (let k = m; k < p; k++) {
      const weight = (2 * values[k]) / (values[k] - values[l]);
      if (!Number.isFinite(weight)) continue;
      for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) mixed[i * p + j] += weight * vectors[i * p + k] * vectors[j * p + k];
    }
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) hessian[i * p + j] += mixed[i * p + j] * vectors[i * p + l] * vectors[j * p + l];
  }
  for (let i = 0; i < p * p; i++) hessian[i] += residual[i] ** 2;
  return { value, gradient, hessian, values, vectors };
}
