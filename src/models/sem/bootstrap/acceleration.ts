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
  table.rows.forEach((row, i) => {
    const gradient = row.op === ':=' ? definedGradient(state, row, estimation.values) : unit(estimation.structure.position[i], size);
    if (!gradient) return;
    const direction = new Float64Array(size);
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) direction[a] += inverse[a * size + b] * gradient[b];
    let squares = 0;
    let cubes = 0;
    for (const group of scores) {
      for (let at = 0; at < group.length; at += size) {
        let influence = 0;
        for (let k = 0; k < size; k++) influence += group[at + k] * direction[k];
        squares += influence * influence;
        cubes += influence * influence * influence;
      }
    }
    out[i] = squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
  });
  return out;
}

function unit(position: number, size: number): Float64Array | null {
  if (position < 0) return null;
  const vector = new Float64Array(size);
  vector[position] = 1;
  return vector;
}
