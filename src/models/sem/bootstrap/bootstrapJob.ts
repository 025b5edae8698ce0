import { symmetricEigen, symmetricFunction } from '../../../numerics/dense/symmetricEigen.js';
import { fail } from '../../../shared/diagnostic.js';
import type { FitState } from '../fit/fitState.js';
import type { BootstrapGroup, BootstrapJob, BootstrapType } from './job.js';

/** Everything that the draws need, taken from a fit. @throws SurveyError `bootstrap-unsupported`, `bootstrap-needs-rows`, `not-converged` */
export function bootstrapJob(state: FitState, type: BootstrapType, seed: number): Omit<BootstrapJob, 'first' | 'count'> {
  const { estimation, options, sample, table } = state;
  if (!estimation.minimum.converged) fail('not-converged', 'the model did not converge, so there is no solution to bootstrap', { help: 'mend the model first; its warnings say what is wrong' });
  const { discrepancy } = options;
  if (discrepancy !== 'ML' && discrepancy !== 'GLS' && discrepancy !== 'ULS') return fail('bootstrap-unsupported', `the bootstrap does not cover estimator ${options.estimator} yet`, { help: 'use ML, MLR, MLM, GLS or ULS' });
  const incomplete = sample.rows?.groups.some((group) => group.values.some(Number.isNaN)) ?? false;
  if (incomplete) fail('bootstrap-unsupported', 'the bootstrap does not cover incomplete rows (`missing: "ml"`) yet', { help: 'fit the model with `missing: "listwise"` to bootstrap it' });
  if (sample.rows?.groups.some((group) => group.cluster !== undefined)) fail('bootstrap-unsupported', 'the bootstrap draws rows, not clusters, and would ignore that rows of a cluster are alike', { help: 'use the robust standard errors of the fit' });
  if (sample.rows?.groups.some((group) => group.weights !== undefined)) fail('bootstrap-unsupported', 'the bootstrap does not cover sampling weights', { help: 'leave `samplingWeights` out' });
  const rows = sample.rows;
  if (rows === null && type !== 'parametric') return fail('bootstrap-needs-rows', 'the model was fitted to moments, and rows are needed to draw from', { help: 'use the parametric bootstrap: `type: "parametric"`' });
  const lost = discrepancy === 'ML' && options.likelihood === 'normal' ? 0 : 1;
  const groups = sample.groups.map((moments, g): BootstrapGroup => {
    const implied = estimation.implied[g];
    if (type === 'parametric') return { n: moments.n, rows: null, mean: table.meanStructure ? implied.mu.slice() : moments.mean.slice(), covariance: implied.sigma.slice() };
    const values = rows ? rows.groups[g].values : new Float64Array(0);
    if (type === 'nonparametric') return { n: moments.n, rows: values, mean: moments.mean, covariance: moments.covariance };
    const mean = table.meanStructure ? implied.mu.slice() : moments.mean.slice();
    return { n: moments.n, rows: modelConformingRows(values, moments.n, moments.mean, moments.covariance, implied.sigma, mean), mean, covariance: implied.sigma.slice() };
  });
  return {
    table, discrepancy, type, seed, groups,
    wishart: options.likelihood === 'wishart',
    groupWeights: estimation.objective.weights,
    multipliers: Float64Array.from(sample.groups, (group) => group.n - lost),
    from: estimation.x
  };
}

/**
 * Rows that obey the model exactly: (y − ȳ) S^(−1/2) Σ̂^(1/2) + μ̂, with
 * symmetric square roots.
 * @see Bollen & Stine (1992), Sociological Methods & Research 21(2), eq. 13
 */
function modelConformingRows(values: Float64Array, n: number, mean: Float64Array, s: Float64Array, sigma: Float64Array, target: Float64Array): Float64Array {
  const p = mean.length;
  const eigen = symmetricEigen(s, p);
  if (!(eigen.values[0] > 1e-12 * eigen.values[p - 1])) fail('covariance-not-positive-definite', 'the sample covariance matrix is not positive definite, and Bollen and Stine’s transformation needs its inverse');
  const inverseRoot = symmetricFunction(eigen, p, (value) => 1 / Math.sqrt(value));
  const root = symmetricFunction(symmetricEigen(sigma, p), p, (value) => Math.sqrt(Math.max(0, value)));
  const transform = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) transform[i * p + j] += inverseRoot[i * p + k] * root[k * p + j];
  const out = new Float64Array(n * p);
  for (let r = 0; r < n; r++) {
    for (let j = 0; j < p; j++) {
      let sum = target[j];
      for (let i = 0; i < p; i++) sum += (values[r * p + i] - mean[i]) * transform[i * p + j];
      out[r * p + j] = sum;
    }
  }
  return out;
}
