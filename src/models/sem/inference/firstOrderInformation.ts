import { fail } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { FimlPart } from '../estimation/fimlPart.js';
import { NormalPart } from '../estimation/normalPart.js';
import type { SemSample } from '../estimation/sample.js';
import { derivatives } from '../implied/derivatives.js';
import { isLevelPart } from '../twoLevel/levelPart.js';
import { addCrossProducts, addRowScores, incompleteScores, rowProjections } from './casewise.js';
import { rowsOf } from './rowsOf.js';
import { SampleWeight } from './unrestrictedWeight.js';

/** Casewise likelihood scores per group, n × size. */
export function likelihoodScores(estimation: Estimation, sample: SemSample): readonly Float64Array[] {
  const { objective, structure, table } = estimation;
  return objective.parts.map((part, g) => {
    const rows = rowsOf(sample)[g];
    const scores = new Float64Array(rows.n * structure.size);
    if (part instanceof FimlPart) {
      incompleteScores(part, rows, derivatives(part.implied.structure, structure.position), structure.size, scores);
      return scores;
    }
    if (!(part instanceof NormalPart)) return fail('scores', 'casewise scores need a likelihood');
    const { implied } = part;
    const d = derivatives(implied.structure, structure.position);
    const centre = table.meanStructure && !(part.discrepancy instanceof SampleWeight) ? implied.mu : sample.groups[g].mean;
    addRowScores(d, rowProjections(rows, implied, part.discrepancy.v, centre), part.informationGram(), implied.kappa, table.meanStructure, structure.size, scores);
    return scores;
  });
}

/** First-order information B = (1/N) Σ s_i s_iᵀ of the distinct free parameters, lower triangle. */
export function firstOrderInformation(estimation: Estimation, sample: SemSample): Float64Array {
  const { size } = estimation.structure;
  const out = new Float64Array(size * size);
  if (estimation.objective.parts.some(isLevelPart)) {
    for (const part of estimation.objective.parts) if (isLevelPart(part)) addCrossProducts(part.scores(size), part.group.clusters, size, 1 / sample.n, out);
    return out;
  }
  likelihoodScores(estimation, sample).forEach((scores, g) => {
    const { n, weights, cluster } = rowsOf(sample)[g];
    addCrossProducts(scores, n, size, 1 / sample.n, out, weights, cluster);
  });
  return out;
}
