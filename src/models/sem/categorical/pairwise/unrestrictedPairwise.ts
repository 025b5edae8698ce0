import type { PairwiseLikelihood } from './pairwiseLikelihood.js';

const MOST_STEPS = 100;
/** Longest step at the solution; Newton's error is its square. */
const STEP_TOLERANCE = 1e-8;
const SHORTEST = 1e-6;

/**
 * Maximum of the pairwise likelihood over free thresholds and correlations, by
 * Newton steps with step halving; `start` is moved there.
 *
 * @returns pl, or null where no maximum is found (a correlation that goes to ±1)
 */
export function unrestrictedPairwise(likelihood: PairwiseLikelihood, start: Float64Array): number | null {
  const x = start;
  if (likelihood.move(x) === null) return null;
  let value = likelihood.value;
  const gradient = new Float64Array(x.length);
  const trial = new Float64Array(x.length);
  for (let step = 0; step < MOST_STEPS; step++) {
    likelihood.gradient(gradient);
    const move = gradient.slice();
    if (!likelihood.curvature(true).solve(move)) {
      move.set(gradient);
      if (!likelihood.curvature(false).solve(move)) return null;
    }
    const longest = move.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
    let scale = 1;
    for (; scale > SHORTEST; scale /= 2) {
      for (let k = 0; k < x.length; k++) trial[k] = x[k] + scale * move[k];
      if (likelihood.move(trial) !== null && likelihood.value >= value - ROUNDING * Math.abs(value)) break;
    }
    if (scale <= SHORTEST) return null;
    x.set(trial);
    value = likelihood.value;
    if (longest < STEP_TOLERANCE) return value;
  }
  return null;
}

/** Relative rounding error of a sum of logarithms. */
const ROUNDING = 1e-13;
