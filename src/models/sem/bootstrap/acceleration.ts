import { dot } from '../../../numerics/dense/dot.js';
import { definedGradient } from '../fit/parameterEstimates.js';
import type { FitState } from '../fit/fitState.js';
import { informationMatrix, invertInformation } from '../inference/parameterCovariance.js';
import { likelihoodScores } from '../inference/firstOrderInformation.js';

/**
 * Acceleration of every table row, a = Σ l³ / (6 (Σ l²)^(3/2)), with the
 * empirical influence l_i = gᵀ I⁻¹ s_i of each row of data: s_i its score, g the
 * gradient of the parameter. Null without casewise scores (moments only,
 * estimators other than maximum likelihood).
 *
 * @see Efron & Tibshirani (1993), An Introduction to the Bootstrap, eq. 14.15 and 21.30
 */
export function accelerations(state: FitState): Float64Array | null {
  const { estimation, sample, options, table } = state;
  if (options.discrepancy !== 'ML' || sample.rows === null) return null;
  const size = estimation.structure.size;
  const inverse = invertInformation(informationMatrix(estimation, sample, 'observed', options), estimation);
  if (!inverse) return null;
  const scores = likelihoodScores(estimation, sample);
  const out = new Float64Array(table.rows.length);
  table.rows.forEach((_, i) => {
    const direction = influenceDirection(state, i, inverse);
    if (!direction) return;
    let squares = 0;
    let cubes = 0;
    for (const group of scores) {
      for (let at = 0; at < group.length; at += size) {
        const influence = dot(group, at, direction, 0, size);
        squares += influence * influence;
        cubes += influence * influence * influence;
      }
    }
    out[i] = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  });
  return out;
}

/** I⁻¹g of a table row: a column of I⁻¹ where the row is a free parameter; null where it is fixed. */
function influenceDirection(state: FitState, row: number, inverse: Float64Array): Float64Array | null {
  const { structure, values } = state.estimation;
  const { size } = structure;
  const position = structure.position[row];
  if (position >= 0) return inverse.slice(position * size, (position + 1) * size);
  const parameter = state.table.rows[row];
  const gradient = parameter.op === ':=' ? definedGradient(state, parameter, values) : null;
  if (!gradient) return null;
  const direction = new Float64Array(size);
  for (let a = 0; a < size; a++) direction[a] = dot(inverse, a * size, gradient, 0, size);
  return direction;
}
