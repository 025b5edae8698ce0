import { cholesky, choleskyInverse, choleskySolve } from '../../../numerics/dense/cholesky.js';
import { normalDensity } from '../../../numerics/distributions/normal.js';
import { fail } from '../../../shared/diagnostic.js';
import { rolesOfBlock } from '../structure/blocks.js';
import type { FitState } from '../fit/fitState.js';
import type { FactorScores } from '../fit/scoreTypes.js';
import { CategoricalPart } from './categoricalPart.js';
import { interval } from './sample/ordinalMargin.js';
import { UNBOUNDED } from './sample/margin.js';

/** Newton steps of one row; log-likelihood and log-prior are concave. */
const MOST_STEPS = 200;
const STEP_TOLERANCE = 1e-10;
/** Standard deviations of a latent variable beyond which a likelihood is taken to have no maximum. */
const FARTHEST = 30;

/**
 * Scores of a model with ordinal variables: per row the mode of
 * Σ_j ln p(y_j | η) + ln N(η; mean, cov) (EBM, empirical Bayes modal), the
 * second term left out for ML. With the residual variance θ_j of a latent
 * response and its mean m_j = ν_j + λ_jᵀη,
 *
 *   p(y_j = c | η) = Φ((τ_c − m_j)/√θ_j) − Φ((τ_{c−1} − m_j)/√θ_j),
 *
 * a normal density for a continuous indicator; the prior is that of η given the
 * covariates of the row. Indicators are independent given η. Where a row's
 * likelihood has no maximum (ML, all answers at one end) the score is NaN.
 *
 * @see Bartholomew, Knott & Moustaki (2011), Latent Variable Models and Factor Analysis, ch. 7; Skrondal & Rabe-Hesketh (2004), 7.3
 * @throws SurveyError `factor-scores` where an ordinal variable explains or is explained outside the measurement model
 */
export function ordinalScores(state: FitState, method: 'EBM' | 'ML'): FactorScores {
  const { estimation, sample, table } = state;
  const rows = sample.rows ?? fail('rows-needed', 'factor scores need the rows of the data, and only moments were given');
  if (table.roles.latent.length === 0) return fail('no-latent', 'the model has no latent variables');
  const parts = estimation.objective.parts.filter((part) => part instanceof CategoricalPart);
  const groups = parts.map((part, g) => {
    const { n } = rows.groups[g];
    const { latent } = rolesOfBlock(table, g);
    const k = latent.length;
    const posterior = new Posterior(part, estimation.values, k, rows.groups[g].values, method === 'EBM');
    const scores = new Float64Array(n * k);
    const rowErrors = new Float64Array(n * k);
    for (let i = 0; i < n; i++) posterior.maximize(i, scores.subarray(i * k, (i + 1) * k), rowErrors.subarray(i * k, (i + 1) * k));
    return { group: rows.groups[g].label, latent, index: rows.groups[g].index, scores, rowErrors, stdError: new Float64Array(k).fill(NaN) };
  });
  return { method, latent: table.roles.latent, groups };
}

/** An indicator: its loadings on the latent variables, and what its answers mean. */
interface Indicator {
  readonly column: Float64Array;
  /** Of an ordinal variable, −∞ and ∞ (nearly) at the ends; null for a continuous one. */
  readonly thresholds: Float64Array | null;
  readonly intercept: number;
  readonly loadings: Float64Array;
  readonly spread: number;
}

/** ln p(y_i | η) + ln p(η) of the rows of one group, and its maximum. */
class Posterior {
  private readonly p: number;
  private readonly indicators: readonly Indicator[];
  /** Precision of η given the covariates. */
  private readonly precision: Float64Array;
  /** Regression of η on the covariates, k × covariates, and their places and means. */
  private readonly slopes: Float64Array;
  private readonly covariates: readonly number[];
  private readonly centre: Float64Array;
  private readonly kappa: Float64Array;
  private readonly farthest: Float64Array;
  private readonly prior: Float64Array;
  private readonly gradient: Float64Array;
  private readonly hessian: Float64Array;
  private readonly trial: Float64Array;

  constructor(part: CategoricalPart, values: Float64Array, private readonly k: number, private readonly rows: Float64Array, private readonly bayes: boolean) {
    const { implied, map } = part;
    const { p, m, twin, observed } = implied.structure;
    this.p = p;
    this.precision = new Float64Array(k * k);
    this.gradient = new Float64Array(k);
    this.hessian = new Float64Array(k * k);
    this.trial = new Float64Array(k);
    this.prior = new Float64Array(k);
    this.kappa = implied.kappa.slice(0, k);
    this.farthest = Float64Array.from({ length: k }, (_, f) => FARTHEST * Math.sqrt(implied.phi[f * m + f]));
    const covariates = [...map.exogenous];
    const { source } = part.moments;
    this.indicators = map.variables.flatMap(({ index, ordinal, thresholdRows }, v): Indicator[] => {
      if (twin[index] >= 0) {
        if (ordinal) fail('factor-scores', `factor scores do not exist where an ordinal variable (\`${observed[index]}\`) takes part in regressions or covariances with latent variables`);
        covariates.push(index);
        return [];
      }
      const thresholds = ordinal ? Float64Array.of(-Infinity, ...thresholdRows.map((row) => values[row]), Infinity) : null;
      return [{ column: source.columns[v], thresholds, intercept: implied.nu[index], loadings: implied.lambda.slice(index * m, index * m + k), spread: Math.sqrt(implied.theta[index * p + index]) }];
    });
    this.covariates = covariates;
    this.centre = Float64Array.from(covariates, (x) => implied.mu[x]);
    // Φ given the covariates' twins, and the regression on them
    const q = covariates.length;
    const block = new Float64Array(q * q);
    for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) block[a * q + b] = implied.phi[twin[covariates[a]] * m + twin[covariates[b]]];
    const inverse = new Float64Array(q * q);
    if (q > 0 && cholesky(block, q) < 0) choleskyInverse(block, q, inverse, new Float64Array(q * q));
    this.slopes = new Float64Array(k * q);
    for (let f = 0; f < k; f++) for (let a = 0; a < q; a++) for (let b = 0; b < q; b++) this.slopes[f * q + a] += implied.phi[f * m + twin[covariates[b]]] * inverse[b * q + a];
    const spread = new Float64Array(k * k);
    for (let f = 0; f < k; f++) for (let h = 0; h < k; h++) {
      let value = implied.phi[f * m + h];
      for (let a = 0; a < q; a++) value -= this.slopes[f * q + a] * implied.phi[h * m + twin[covariates[a]]];
      spread[f * k + h] = value;
    }
    if (cholesky(spread, k) >= 0) fail('factor-scores', 'the covariance matrix of the latent variables is not positive definite, so that they have no scores', { help: 'look for a latent correlation of 1 or a variance of 0' });
    choleskyInverse(spread, k, this.precision, new Float64Array(k * k));
  }

  /** Newton's method from the prior mean; writes the mode and √ of the diagonal of the inverse curvature. */
  maximize(i: number, mode: Float64Array, error: Float64Array): void {
    const { k, p, rows, prior, kappa, slopes, covariates, centre, gradient, hessian, trial, farthest } = this;
    const q = covariates.length;
    for (let f = 0; f < k; f++) {
      prior[f] = kappa[f];
      for (let a = 0; a < q; a++) prior[f] += slopes[f * q + a] * (rows[i * p + covariates[a]] - centre[a]);
    }
    mode.set(prior);
    let value = this.evaluate(i, mode, true);
    for (let step = 0; step < MOST_STEPS; step++) {
      if (cholesky(hessian, k, 1e-12) >= 0) break;
      for (let f = 0; f < k; f++) trial[f] = gradient[f];
      choleskySolve(hessian, k, trial);
      let largest = 0;
      for (let f = 0; f < k; f++) largest = Math.max(largest, Math.abs(trial[f]));
      let scale = 1;
      const from = mode.slice();
      for (;; scale /= 2) {
        for (let f = 0; f < k; f++) mode[f] = from[f] + scale * trial[f];
        const next = this.evaluate(i, mode, false);
        if (next >= value - 1e-12 * Math.abs(value) || scale < 1e-8) {
          value = next;
          break;
        }
      }
      if (mode.some((each, f) => Math.abs(each - kappa[f]) > farthest[f])) break;
      value = this.evaluate(i, mode, true);
      if (largest * scale < STEP_TOLERANCE) {
        if (cholesky(hessian, k, 1e-12) >= 0) break;
        const inverse = new Float64Array(k * k);
        choleskyInverse(hessian, k, inverse, new Float64Array(k * k));
        for (let f = 0; f < k; f++) error[f] = Math.sqrt(inverse[f * k + f]);
        return;
      }
    }
    mode.fill(NaN);
    error.fill(NaN);
  }

  /** The log density at η, with its gradient and negative Hessian where wanted. */
  private evaluate(i: number, eta: Float64Array, derive: boolean): number {
    const { k, indicators, gradient, hessian, prior, precision, bayes } = this;
    let total = 0;
    if (derive) {
      gradient.fill(0);
      hessian.fill(0);
    }
    if (bayes) {
      for (let f = 0; f < k; f++) {
        let pull = 0;
        for (let h = 0; h < k; h++) pull += precision[f * k + h] * (eta[h] - prior[h]);
        total -= 0.5 * (eta[f] - prior[f]) * pull;
        if (derive) gradient[f] -= pull;
      }
      if (derive) hessian.set(precision);
    }
    for (const { column, thresholds, intercept, loadings, spread } of indicators) {
      const answer = column[i];
      if (Number.isNaN(answer)) continue;
      let mean = intercept;
      for (let f = 0; f < k; f++) mean += loadings[f] * eta[f];
      let slope: number;
      let bend: number;
      if (thresholds) {
        const u = Math.min((thresholds[answer + 1] - mean) / spread, UNBOUNDED);
        const l = Math.max((thresholds[answer] - mean) / spread, -UNBOUNDED);
        const share = interval(u, l);
        const du = normalDensity(u) / share;
        const dl = normalDensity(l) / share;
        total += Math.log(share);
        slope = -(du - dl) / spread;
        bend = (u * du - l * dl + (du - dl) ** 2) / (spread * spread);
      } else {
        const z = (answer - mean) / spread;
        total -= 0.5 * z * z;
        slope = z / spread;
        bend = 1 / (spread * spread);
      }
      if (!derive) continue;
      for (let f = 0; f < k; f++) {
        if (loadings[f] === 0) continue;
        gradient[f] += slope * loadings[f];
        for (let h = 0; h <= f; h++) hessian[f * k + h] += bend * loadings[f] * loadings[h];
      }
    }
    return total;
  }
}
