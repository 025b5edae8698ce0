import { fail } from '../../shared/diagnostic.js';
import type { Survey } from '../../survey/survey.js';
import { covarianceMatrix } from '../covariance.js';
import { invertPositive } from '../invertPositive.js';
import { itemValues } from '../itemValues.js';
import { completeRows, takeRows } from '../variables.js';
import type { FactorAnalysis } from './factorAnalysis.js';

export interface EfaScores {
  readonly method: 'regression' | 'bartlett';
  /** p × m weights of standardized items, row-major (SPSS: component score coefficients). */
  readonly weights: Float64Array;
  /** One array per factor over the valid rows; `NaN` where an item is missing. */
  readonly scores: readonly Float64Array[];
}

/**
 * Scores of an exploratory analysis. Regression (Thurstone): W = R⁻¹ S, S the
 * structure; exact for components. Bartlett: W = Ψ⁻¹Λ(Λ′Ψ⁻¹Λ)⁻¹, for factors only.
 * Items are standardized over the rows that the analysis used.
 * @throws SurveyError `singular-correlation`, `invalid-option`, `heywood-case`
 */
export function efaScores(survey: Survey, analysis: FactorAnalysis, method: 'regression' | 'bartlett' = 'regression'): EfaScores {
  const { names, factors: m } = analysis;
  const p = names.length;
  const columns = names.map((name) => itemValues(survey, name).values);
  const rows = completeRows(columns);
  if (rows.length !== analysis.n) fail('other-survey', `the analysis used ${analysis.n} rows, survey \`${survey.name}\` has ${rows.length} complete ones`, { help: 'score the survey that was analysed' });
  const { means, covariance } = covarianceMatrix(columns.map((column) => takeRows(column, rows)));
  const sds = Float64Array.from({ length: p }, (_, i) => Math.sqrt(covariance[i * p + i]));
  const weights = method === 'regression' ? regressionWeights(covariance, sds, analysis.structure ?? analysis.loadings, p, m) : bartlettWeights(analysis, p, m);
  const scores = Array.from({ length: m }, (_, k) =>
    Float64Array.from({ length: survey.validCount }, (_row, i) => {
      let score = 0;
      for (let j = 0; j < p; j++) score += ((columns[j][i] - means[j]) / sds[j]) * weights[j * m + k];
      return score;
    })
  );
  return Object.freeze({ method, weights, scores });
}

function regressionWeights(covariance: Float64Array, sds: Float64Array, structure: Float64Array, p: number, m: number): Float64Array {
  const inverted = invertPositive(covariance.map((value, at) => value / (sds[Math.floor(at / p)] * sds[at % p])), p);
  if (!inverted.ok) return fail('singular-correlation', 'the correlation matrix of the items is singular, so scores have no unique weights');
  const weights = new Float64Array(p * m);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) for (let k = 0; k < m; k++) weights[i * m + k] += inverted.inverse[i * p + j] * structure[j * m + k];
  return weights;
}

function bartlettWeights({ loadings, communalities, options, names }: FactorAnalysis, p: number, m: number): Float64Array {
  if (options.extraction === 'pca') fail('invalid-option', 'Bartlett scores need uniquenesses, which components do not have', { help: 'use `regression`, which is exact for components' });
  const heywood = communalities.findIndex((h) => !(h < 1));
  if (heywood >= 0) fail('heywood-case', `item \`${names[heywood]}\` has no uniqueness (Heywood case), so Bartlett scores do not exist`);
  const scaled = loadings.map((value, at) => value / (1 - communalities[Math.floor(at / m)]));
  const gram = new Float64Array(m * m);
  for (let i = 0; i < p; i++) for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) gram[a * m + b] += scaled[i * m + a] * loadings[i * m + b];
  const inverted = invertPositive(gram, m);
  if (!inverted.ok) return fail('singular-correlation', 'the factors cannot be told apart by their loadings');
  const weights = new Float64Array(p * m);
  for (let i = 0; i < p; i++) for (let a = 0; a < m; a++) for (let b = 0; b < m; b++) weights[i * m + a] += scaled[i * m + b] * inverted.inverse[b * m + a];
  return weights;
}
