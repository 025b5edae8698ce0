import { cholesky, choleskySolve } from '../../../../numerics/dense/cholesky.js';
import { gramOfRows } from '../../../../numerics/simd/symmetricGram.js';
import type { Estimation } from '../../estimation/estimate.js';
import type { FitState } from '../../fit/fitState.js';
import { directionsByMoments, directionTraces, momentJacobians, transferred } from '../../inference/differenceTest.js';
import { PairwisePart } from './pairwisePart.js';

const MOST_STEPS = 50;
/** Moments of two models that are the same up to rounding. */
const SAME = 1e-9;

/**
 * Mean and half the variance of 2(pl₁ − pl₀) of nested models: tr(MJ) and
 * tr((MJ)²) with M = H⁻¹ − G(GᵀHG)⁻¹Gᵀ, H and J of model 1 where it implies
 * what model 0 does at its estimates, and G the directions in which model 0 can
 * go (∂σ₁G = ∂σ₀ by least squares, each at its own solution, as lavaan has it).
 *
 * Where the likelihood of model 1 is not concave at that point (a restriction
 * that the data contradict), its own solution takes its place.
 *
 * @returns null when no such matrix is regular
 * @see Katsikatsou & Moustaki (2016), Psychometrika 81(4), section 3.2
 */
export function nestedRatio(larger: FitState, smaller: FitState): { readonly trace: number; readonly squared: number; readonly atRestriction: boolean } | null {
  const { estimation, sample } = larger;
  const { objective, structure: { size } } = estimation;
  const g = directionsByMoments(estimation, smaller.estimation);
  if (!g) return null;
  const here = (): ReturnType<typeof directionTraces> => {
    const information = new Float64Array(size * size);
    const meat = new Float64Array(size * size);
    objective.hessian(information);
    for (const part of objective.parts) if (part instanceof PairwisePart) gramOfRows(part.rowScores(), size, part.likelihood.n).forEach((value, i) => (meat[i] += value / sample.n));
    const traces = directionTraces(information, meat, g, estimation, smaller.estimation);
    return traces && traces.trace > 0 && traces.squared > 0 ? traces : null;
  };
  const restricted = reproduce(estimation, smaller.estimation) ? here() : null;
  objective.evaluate(estimation.x);
  if (restricted) return { ...restricted, atRestriction: true };
  const own = here();
  return own && { ...own, atRestriction: false };
}

/** Moves model 1 to the moments of model 0: its estimates where the parameters are the same, then Gauss-Newton steps. */
function reproduce(larger: Estimation, smaller: Estimation): boolean {
  const { objective, structure: { size } } = larger;
  const wanted = momentsOf(smaller);
  const x = transferred(larger, smaller);
  let best = Infinity;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (objective.evaluate(x) === null) return false;
    const own = momentsOf(larger);
    const distance = own.map((value, r) => wanted[r] - value);
    const longest = distance.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    if (longest < SAME) return true;
    if (step > 5 && !(longest < best)) return false;
    best = longest;
    const square = new Float64Array(size * size);
    const move = new Float64Array(size);
    let row = 0;
    for (const jacobian of momentJacobians(larger)) {
      for (let r = 0; r < jacobian.length / size; r++, row++) {
        for (let k = 0; k < size; k++) {
          const value = jacobian[r * size + k];
          if (value === 0) continue;
          move[k] += value * distance[row];
          for (let l = 0; l <= k; l++) square[k * size + l] += value * jacobian[r * size + l];
        }
      }
    }
    if (cholesky(square, size) >= 0) return false;
    choleskySolve(square, size, move);
    for (let k = 0; k < size; k++) x[k] += move[k];
  }
  return false;
}

/** What the model implies at the point evaluated last, group after group. */
function momentsOf({ objective }: Estimation): Float64Array {
  return Float64Array.from(objective.parts.flatMap((part) => (part instanceof PairwisePart ? Array.from(part.moments.values, (value, r) => value - part.residual[r]) : [])));
}
