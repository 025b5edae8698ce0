import { payingPattern } from '../discrepancy/factor/factorPattern.js';
import { MaximumLikelihood, type GroupSample } from '../discrepancy/normalTheory.js';
import { FactorPart } from './factorPart.js';
import { ModelObjective } from './modelObjective.js';
import { NormalPart } from './normalPart.js';

/** Observed variables from which on the factor form is cheaper than inverting Σ. */
const WORTHWHILE = 16;

/**
 * The same objective with values and gradients in factor form, over the same
 * implied moments; null where it has none, or is too small to gain by it.
 */
export function factorObjective(objective: ModelObjective, samples: readonly GroupSample[], means: boolean): ModelObjective | null {
  const { structure } = objective;
  const parts: FactorPart[] = [];
  for (let g = 0; g < objective.parts.length; g++) {
    const part = objective.parts[g];
    const own = structure.groups[g];
    if (own.p < WORTHWHILE || !(part instanceof NormalPart) || !(part.discrepancy instanceof MaximumLikelihood)) return null;
    const pattern = payingPattern(own);
    if (!pattern) return null;
    parts.push(new FactorPart(part, part.discrepancy, samples[g], part.d, means, undefined, pattern));
  }
  return new ModelObjective(structure, parts, objective.weights, objective.values);
}
