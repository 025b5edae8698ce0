import { cholesky } from '../../../numerics/dense/cholesky.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { NormalPart } from '../estimation/normalPart.js';
import { placeOfParameter } from '../structure/placeOfParameter.js';
import { constraintWarnings } from './constraintWarnings.js';

/** Relative pivot below which a covariance matrix is singular. */
const SINGULAR = 1e-12;
/** Parameters named with their gradient. */
const NAMED = 3;

/**
 * Says that no solution was found, where the search stands and what to try:
 * the parameters whose gradient, divided by the root of their information, is
 * the largest are those that still wanted to move.
 */
export function convergenceWarnings(estimation: Estimation): readonly Diagnostic[] {
  const { minimum } = estimation;
  const steep = /constraints contradict/.test(minimum.message) ? [] : steepest(estimation);
  const where = steep.length > 0 ? `; steepest at ${steep.join(', ')}` : '';
  const searched = minimum.iterations === 0 ? '' : ` (${minimum.iterations} iteration${minimum.iterations === 1 ? '' : 's'}, scaled gradient ${minimum.gradient.toPrecision(3)}${where})`;
  const failed = warning('not-converged', `estimation did not converge: ${minimum.message}${searched}`, {
    zh: `估计未收敛：${minimum.message}；不报告标准误与检验`,
    help: `${advice(estimation)}; no standard errors or tests are reported`
  });
  return [...constraintWarnings(estimation), failed];
}

function advice({ minimum, table, samples, objective }: Estimation): string {
  if (/constraints/.test(minimum.message)) return 'change the constraints';
  const likelihood = objective.parts.some((part) => part instanceof NormalPart);
  if (likelihood && samples.some(({ covariance, mean }) => cholesky(covariance.slice(), mean.length, SINGULAR) >= 0)) return 'the sample covariance matrix is singular, and this estimator has no finite minimum then: leave out the variables that repeat others, or use more rows than variables';
  if (minimum.iterations === 0) return 'give starting values with start(), or `start: "simple"`; look at the warnings on the data first';
  if (/iterations/.test(minimum.message)) return 'raise `control.maxIterations`, give starting values with start(), or look whether these parameters can be told apart at all';
  const scale = table.rows.some((row) => row.origin === 'marker') ? ', set the scale by `std.lv` instead of a marker' : '';
  return `give starting values with start()${scale}, bound variances with \`bounds: "pos.var"\`, or simplify the model at these parameters`;
}

function steepest({ minimum, objective, structure, table }: Estimation): readonly string[] {
  const n = structure.size;
  if (n === 0 || objective.evaluate(minimum.x) === null) return [];
  const gradient = new Float64Array(n);
  const information = new Float64Array(n * n);
  objective.gradient(gradient);
  objective.information(information);
  const scaled = Float64Array.from(gradient, (value, k) => Math.abs(value) / Math.sqrt(Math.max(information[k * n + k], Number.MIN_VALUE)));
  return Array.from({ length: n }, (_, k) => k)
    .filter((k) => Number.isFinite(scaled[k]) && scaled[k] > 0)
    .sort((a, b) => scaled[b] - scaled[a])
    .slice(0, NAMED)
    .map((k) => `${placeOfParameter(table, structure, k)} (${scaled[k].toPrecision(2)})`);
}
