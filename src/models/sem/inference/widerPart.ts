import { CategoricalPart } from '../categorical/categoricalPart.js';
import { FimlPart } from '../estimation/fimlPart.js';
import type { GroupPart } from '../estimation/groupPart.js';
import { MomentPart } from '../estimation/momentPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import { derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ModelStructure } from '../structure/modelStructure.js';
import { isLevelPart } from '../twoLevel/levelPart.js';

/**
 * A group's share of the objective over a structure with more parameters.
 *
 * @param g 0-based group
 * @param position of every row among the `size` parameters of the larger model, or −1
 * @returns null for an estimator that cannot be widened
 */
export function widerPart(part: GroupPart, structure: ModelStructure, g: number, position: Int32Array, size: number): GroupPart | null {
  if (isLevelPart(part)) {
    const [within, between] = [structure.groups[2 * g], structure.groups[2 * g + 1]];
    return part.over(new ImpliedMoments(within), new ImpliedMoments(between), derivatives(within, position), derivatives(between, position));
  }
  const implied = new ImpliedMoments(structure.groups[g]);
  const d = derivatives(structure.groups[g], position);
  if (part instanceof CategoricalPart) return part.over(implied, d, position, size);
  return part instanceof NormalPart || part instanceof MomentPart || part instanceof FimlPart ? part.over(implied, d) : null;
}
