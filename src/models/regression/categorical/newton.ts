import { choleskyFactor, choleskyInverse, choleskySolve } from '../../../numerics/matrix/index.js';
import type { Convergence } from '../../fit.js';

/** log L with its gradient and minus its Hessian, written into the given arrays; −∞ outside the domain. */
export type LogLikelihood = (parameters: Float64Array, gradient: Float64Array, information: Float64Array) => number;

export interface Maximum {
  readonly parameters: Float64Array;
  readonly logLik: number;
  /** Inverse of minus the Hessian, row-major; NaN where it is singular. */
  readonly covariance: Float64Array;
  readonly convergence: Convergence;
}

const MOST_ITERATIONS = 100;
/** Half of the Newton decrement: how much log L can still rise. Its root is the distance left in standard errors, so that estimates hold ten digits. */
const RISE_TOLERANCE = 1e-22;
/** With so little left to rise, rows that are separated are so to ten digits, and the parameters that stay finite are settled. */
const LAST_RISE = 1e-10;

/**
 * Newton's method with step halving, for log-concave likelihoods.
 * @param unbounded tells parameters that run to infinity: to follow them further only loses the digits of the others
 */
export function maximize(logLikelihood: LogLikelihood, start: Float64Array, unbounded: (parameters: Float64Array) => boolean = () => false): Maximum {
  const k = start.length;
  let parameters = Float64Array.from(start);
  let gradient = new Float64Array(k);
  let information = new Float64Array(k * k);
  let logLik = logLikelihood(parameters, gradient, information);
  let message = `no maximum after ${MOST_ITERATIONS} iterations`;
  let converged = false;
  let iterations = 0;
  for (; iterations < MOST_ITERATIONS; iterations++) {
    const factor = choleskyFactor(information, k);
    if (!factor.ok) {
      message = 'the information matrix became singular';
      break;
    }
    const step = choleskySolve(factor.lower, k, gradient);
    const rise = step.reduce((sum, s, i) => sum + s * gradient[i], 0) / 2;
    if (rise <= RISE_TOLERANCE * Math.max(1, Math.abs(logLik))) {
      converged = true;
      message = 'the likelihood cannot rise further';
      break;
    }
    if (rise <= LAST_RISE && unbounded(parameters)) {
      message = 'estimates run to infinity';
      break;
    }
    const next = { gradient: new Float64Array(k), information: new Float64Array(k * k) };
    let size = 1;
    let trial = parameters;
    let value = -Infinity;
    for (; size > 1e-10; size /= 2) {
      const length = size;
      trial = parameters.map((p, i) => p + length * step[i]);
      next.gradient.fill(0);
      next.information.fill(0);
      value = logLikelihood(trial, next.gradient, next.information);
      if (value >= logLik - 1e-12 * Math.abs(logLik)) break;
    }
    if (!(value > -Infinity) || size <= 1e-10) {
      // no step rises any more: rounding has the last word
      converged = rise < 1e-10 * Math.max(1, Math.abs(logLik));
      message = converged ? 'the likelihood cannot rise further' : 'no step raised the likelihood';
      break;
    }
    parameters = trial;
    ({ gradient, information } = next);
    logLik = value;
  }
  const factor = choleskyFactor(information, k);
  return {
    parameters,
    logLik,
    covariance: factor.ok ? choleskyInverse(factor.lower, k) : new Float64Array(k * k).fill(NaN),
    convergence: { converged, iterations, gradient: gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0), message }
  };
}
