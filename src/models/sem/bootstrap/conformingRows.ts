import { symmetricEigen, symmetricFunction } from '../../../numerics/dense/symmetricEigen.js';
import { fail } from '../../../shared/diagnostic.js';
import { submatrix } from '../measures/likelihoodIndices.js';

/**
 * Rows that obey the model exactly: (y − ȳ) S^(−1/2) Σ̂^(1/2) + μ̂, with
 * symmetric square roots. A row with missing answers is moved by the blocks of
 * its own pattern.
 *
 * @param mean of the saturated model, as `s`
 * @see Bollen & Stine (1992), Sociological Methods & Research 21(2), eq. 13; Savalei & Yuan (2009), Multivariate Behavioral Research 44(6)
 */
export function conformingRows(values: Float64Array, n: number, mean: Float64Array, s: Float64Array, sigma: Float64Array, target: Float64Array): Float64Array {
  const p = mean.length;
  const transforms = new Map<string, { readonly index: readonly number[]; readonly matrix: Float64Array }>();
  const out = new Float64Array(n * p).fill(NaN);
  for (let r = 0; r < n; r++) {
    let key = '';
    for (let j = 0; j < p; j++) key += Number.isNaN(values[r * p + j]) ? '0' : '1';
    let known = transforms.get(key);
    if (!known) {
      const index = [...key].flatMap((each, j) => (each === '1' ? [j] : []));
      known = { index, matrix: transformOf(submatrix(s, p, index), submatrix(sigma, p, index), index.length) };
      transforms.set(key, known);
    }
    const { index, matrix } = known;
    const k = index.length;
    for (let b = 0; b < k; b++) {
      let sum = target[index[b]];
      for (let a = 0; a < k; a++) sum += (values[r * p + index[a]] - mean[index[a]]) * matrix[a * k + b];
      out[r * p + index[b]] = sum;
    }
  }
  return out;
}

/** S^(−1/2) Σ^(1/2). */
function transformOf(s: Float64Array, sigma: Float64Array, p: number): Float64Array {
  const eigen = symmetricEigen(s, p);
  if (!(eigen.values[0] > 1e-12 * eigen.values[p - 1])) fail('covariance-not-positive-definite', 'the sample covariance matrix is not positive definite, and Bollen and Stine’s transformation needs its inverse');
  const inverseRoot = symmetricFunction(eigen, p, (value) => 1 / Math.sqrt(value));
  const root = symmetricFunction(symmetricEigen(sigma, p), p, (value) => Math.sqrt(Math.max(0, value)));
  const out = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) out[i * p + j] += inverseRoot[i * p + k] * root[k * p + j];
  return out;
}
