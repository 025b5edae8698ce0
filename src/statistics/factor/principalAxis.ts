import { eigenSymmetric } from '../../numerics/matrix/index.js';
import { communalitiesOf, leadingLoadings, type Extraction, type StoppingRule } from './extraction.js';
import { leastSquaresFactors } from './leastSquaresFactors.js';

/** SPSS: the largest change of a communality; R's psych: the change of their sum. */
const PROGRAM_TOLERANCE = 1e-3;
/** SPSS's default number of iterations; psych's is 50. */
const MOST_ITERATIONS: Readonly<Record<StoppingRule, number>> = { tight: 25, spss: 25, r: 50 };

/**
 * Principal axis factoring: eigenvectors of R with communalities on the
 * diagonal, iterated from squared multiple correlations. The programs stop at
 * a change of .001; `tight` goes on to the limit of the iteration, which is
 * the unweighted-least-squares (minres) solution, by Newton's method.
 * @param squaredMultiple SMC of each variable
 */
export function principalAxis(correlation: Float64Array, p: number, m: number, squaredMultiple: Float64Array, stop: StoppingRule): Extraction {
  const reduced = correlation.slice();
  let h: Float64Array = squaredMultiple.slice();
  let loadings: Float64Array = new Float64Array(p * m);
  let iterations = 0;
  let change = Infinity;
  while (iterations < MOST_ITERATIONS[stop] && change >= PROGRAM_TOLERANCE) {
    iterations++;
    for (let i = 0; i < p; i++) reduced[i * p + i] = h[i];
    const { values, vectors } = eigenSymmetric(reduced, p);
    loadings = leadingLoadings(values, vectors, p, m, (value) => value);
    const next = communalitiesOf(loadings, p, m);
    const differences = next.map((value, i) => value - h[i]);
    change = stop === 'r' ? Math.abs(differences.reduce((sum, d) => sum + d, 0)) : differences.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
    h = next;
    if (h.some((value) => value > 1)) break;
  }
  if (stop === 'tight') return leastSquaresFactors(correlation, p, m, h.map((value) => 1 - Math.min(value, 0.99)), squaredMultiple);
  const heywood = [...h.keys()].filter((i) => h[i] > 1);
  const converged = change < PROGRAM_TOLERANCE && heywood.length === 0;
  const message = heywood.length > 0 ? 'a communality passed 1' : converged ? 'communalities changed by less than .001' : `communalities still changed by ${change.toPrecision(2)} after ${iterations} iterations`;
  return { loadings, factors: m, communalities: h, initialCommunalities: squaredMultiple, convergence: { converged, iterations, gradient: change, message }, heywood, discrepancy: null };
}
