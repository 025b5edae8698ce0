import { logPoissonMass } from '../special/incompleteGamma.js';

const EPSILON = 1e-18;
/** A weight that may be left out even when there are thousands like it. */
const NOTHING = 1e-24;
/** Neighbours that are made from one another before the next is computed afresh. */
const RUN = 32;
/** Below this a product would lose digits. */
const SMALLEST = 1e-280;

/**
 * Σⱼ w(j) T(j) with Poisson(mean) weights, where T(j) is the lower (or upper)
 * tail of the j-th component and step(j) = lower(j) − lower(j + 1) ≥ 0.
 *
 * Lower tails grow downward in j and upper tails upward, so the walk goes in
 * that direction and only ever adds.
 */
export function poissonMixture(mean: number, upper: boolean, tail: (j: number) => number, step: (j: number) => number): number {
  const spread = Math.sqrt(mean);
  const last = Math.ceil(mean + 12 * spread + 80);
  const mode = Math.floor(mean);
  const weights = new Float64Array(last + 1);
  weights[mode] = Math.exp(logPoissonMass(mode, mean));
  for (let j = mode; j > 0 && weights[j] > 0; j--) weights[j - 1] = (weights[j] * j) / mean;
  for (let j = mode; j < last; j++) weights[j + 1] = (weights[j] * mean) / (j + 1);
  let first = 0;
  while (first < mode && weights[first] === 0) first++;

  let sum = 0;
  if (upper) {
    // upper tails grow with j: below the mode a weight that is nothing beside the mode's adds nothing
    while (first < mode && weights[first] < NOTHING * weights[mode]) first++;
    let value = tail(first);
    for (let j = first; j <= last; j++) {
      const term = weights[j] * value;
      sum += term;
      if (j > mode && weights[j] < EPSILON * sum) return Math.min(1, sum);
      value += step(j);
    }
    // deep in the tail the heaviest terms lie beyond the Poisson's own bulk
    for (let j = last + 1, weight = (weights[last] * mean) / j; weight > EPSILON * sum && weight > 0; j++, weight *= mean / j) {
      sum += weight * value;
      value += step(j);
    }
    return Math.min(1, sum);
  }
  let value = tail(last);
  for (let j = last; j >= first; j--) {
    sum += weights[j] * value;
    // no tail exceeds 1, so that what is left is at most j times the next weight
    if (j < mode && weights[j] * j < EPSILON * sum) break;
    if (j > 0) value += step(j - 1);
  }
  return Math.min(1, sum);
}

/**
 * Steps that are asked for in order, up or down: each from its neighbour, a
 * run's first computed afresh.
 * @param fresh step(j)
 * @param ratio step(j)/step(j − 1)
 */
export function neighbourSteps(fresh: (j: number) => number, ratio: (j: number) => number): (j: number) => number {
  let last = NaN;
  let value = 0;
  return (j) => {
    if (j % RUN !== 0 && value > SMALLEST && j === last + 1) value *= ratio(j);
    else if (j % RUN !== 0 && value > SMALLEST && j === last - 1) value /= ratio(j + 1);
    else value = fresh(j);
    last = j;
    return value;
  };
}
