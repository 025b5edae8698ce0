import { dot } from '../../../../numerics/dense/dot.js';
import { fail } from '../../../../shared/diagnostic.js';
import type { FitState } from '../../fit/fitState.js';
import { derivatives } from '../../implied/derivatives.js';
import { jacobian, momentCount } from '../../implied/jacobian.js';
import { invertInformation } from '../../inference/parameterCovariance.js';
import { crossRows } from '../../inference/incomplete/whitening.js';
import { momentWeights } from './momentWeight.js';
import { unrestrictedCovariance } from './unrestrictedCovariance.js';

/** Standard errors of one group's residual moments; 0 where a moment is fitted by construction. */
export interface ResidualErrors {
  /** p × p, lower triangle. */
  readonly covariance: Float64Array;
  readonly mean: Float64Array;
}

/** Standard errors of residuals below this share of the moment's own are zero: the model fits that moment by construction. */
const NO_ERROR = 1e-6;

/**
 * `normalized`: the standard errors of the unrestricted moments, √(diag Γ/n).
 * `standardized`: those of the residuals, √(diag QΓQᵀ/n) with
 * Q = I − wΔE⁻¹ΔᵀW, E the information ΣwΔᵀWΔ of all groups and w the group's share of the rows.
 * @see Bentler (1995), EQS manual; Ogasawara (2001), Structural Equation Modeling 8(2)
 */
export function residualErrors(state: FitState, type: 'normalized' | 'standardized'): readonly ResidualErrors[] {
  const { estimation, sample, table } = state;
  const covariances = unrestrictedCovariance(state);
  const less = type === 'standardized' ? explainedVariances(state, covariances) : null;
  return covariances.map(({ diagonal }, g) => {
    const { p } = estimation.implied[g].structure;
    const { n } = sample.groups[g];
    const error = (at: number): number => {
      const rest = diagonal[at] - (less ? less[g][at] : 0);
      return rest > NO_ERROR * diagonal[at] ? Math.sqrt(rest / n) : 0;
    };
    let at = 0;
    const mean = new Float64Array(p);
    const covariance = new Float64Array(p * p);
    if (table.meanStructure) for (let i = 0; i < p; i++) mean[i] = error(at++);
    for (let j = 0; j < p; j++) for (let i = j; i < p; i++) covariance[i * p + j] = error(at++);
    return { covariance, mean };
  });
}

/** diag(Γ − QΓQᵀ) of every group. */
function explainedVariances(state: FitState, covariances: ReturnType<typeof unrestrictedCovariance>): readonly Float64Array[] {
  const { estimation, sample, table } = state;
  const { size, position, groups } = estimation.structure;
  const means = table.meanStructure;
  const weights = momentWeights(state);
  const information = new Float64Array(size * size);
  const pieces = estimation.implied.map((implied, g) => {
    const width = momentCount(implied.structure.p, means);
    const delta = new Float64Array(width * size);
    jacobian(derivatives(groups[g], position), implied, size, means, delta);
    const weighted = weights[g].times(delta, size);
    const share = sample.groups[g].n / sample.n;
    const [left, right] = [turned(delta, width, size), turned(weighted, width, size)];
    crossRows(left, size, right, size, width).forEach((value, i) => (information[i] += share * value));
    const moved = covariances[g].times(weighted, size);
    return { width, delta, moved, meat: crossRows(right, size, turned(moved, width, size), size, width), share };
  });
  const inverse = invertInformation(information, estimation) ?? fail('no-covariance', 'standardized residuals need standard errors, and the model is not identified');
  const spread = new Float64Array(size);
  return pieces.map(({ width, delta, moved, meat, share }) => {
    const out = new Float64Array(width);
    for (let r = 0; r < width; r++) {
      for (let k = 0; k < size; k++) spread[k] = share * dot(inverse, k * size, delta, r * size, size);
      for (let k = 0; k < size; k++) out[r] += spread[k] * (2 * moved[r * size + k] - dot(meat, k * size, spread, 0, size));
    }
    return out;
  });
}

function turned(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
}
