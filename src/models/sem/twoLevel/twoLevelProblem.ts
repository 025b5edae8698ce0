import type { GroupSample } from '../discrepancy/normalTheory.js';
import type { ModelProblem } from '../estimation/estimate.js';
import { ModelObjective } from '../estimation/modelObjective.js';
import { startValues, type StartMethod } from '../estimation/start/startValues.js';
import { derivatives } from '../implied/derivatives.js';
import { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ParameterTable } from '../parameterTable.js';
import { modelConstraints } from '../structure/modelConstraints.js';
import { modelStructure } from '../structure/modelStructure.js';
import { NamedValues } from '../structure/names.js';
import type { ClusteredGroup } from './clusteredGroup.js';
import { IncompleteTwoLevelPart } from './incompleteTwoLevelPart.js';
import { TwoLevelPart } from './twoLevelPart.js';

/**
 * A two-level model ready to be evaluated; blocks are group 1 level 1, group 1
 * level 2, group 2 level 1 …
 *
 * @param moments per block: where starting values come from, and the values of fixed exogenous moments
 * @param saturatedValues N·F of the saturated model per group
 */
export function twoLevelProblem(table: ParameterTable, groups: readonly ClusteredGroup[], moments: readonly GroupSample[], saturatedValues: readonly number[], startMethod: StartMethod): ModelProblem {
  const structure = modelStructure(table);
  const names = new NamedValues(table);
  const start = startValues(table, structure, moments, startMethod);
  const implied = structure.groups.map((block) => new ImpliedMoments(block));
  const rows = groups.reduce((sum, { n }) => sum + n, 0);
  const parts = groups.map((group, g) => {
    const [within, between] = [implied[2 * g], implied[2 * g + 1]];
    const Part = group.incomplete ? IncompleteTwoLevelPart : TwoLevelPart;
    return new Part(group, within, between, derivatives(within.structure, structure.position), derivatives(between.structure, structure.position), saturatedValues[g]);
  });
  const objective = new ModelObjective(structure, parts, Float64Array.from(groups, ({ n }) => n / rows), start);
  return { table, structure, names, samples: moments, implied, objective, constraints: modelConstraints(table, structure, names, start), start };
}
