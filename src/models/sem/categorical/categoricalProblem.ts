import { buildProblem, type ModelProblem } from '../estimation/estimate.js';
import type { StartMethod } from '../estimation/start/startValues.js';
import { derivatives } from '../implied/derivatives.js';
import type { Parameter, ParameterTable } from '../parameterTable.js';
import { CategoricalPart } from './categoricalPart.js';
import { PairwisePart } from './pairwise/pairwisePart.js';
import type { CategoricalSample } from './categoricalSample.js';

/** A model over moments by limited information, ready to be minimized: ½ Σ (n_g − 1)/N F_g, or of pairwise likelihoods ½ Σ n_g/N F_g. */
export function categoricalProblem(table: ParameterTable, sample: CategoricalSample, method: StartMethod): ModelProblem {
  const { groups, moments, maps, weights, likelihoods } = sample;
  const n = groups.reduce((sum, group) => sum + group.n, 0);
  const groupWeights = Float64Array.from(groups, (group) => (group.n - (likelihoods ? 0 : 1)) / n);
  const started = { ...table, rows: table.rows.map((row) => withStart(row, sample)) };
  return buildProblem(started, groups, groupWeights, (g, implied, { position, size }) => {
    const d = derivatives(implied.structure, position);
    return likelihoods ? new PairwisePart(implied, moments[g], maps[g], likelihoods[g], d, position, size) : new CategoricalPart(implied, moments[g], maps[g], weights[g], d, position, size);
  }, method);
}

/** Thresholds start at the sample's, scales at 1, intercepts of continuous variables at their means. */
function withStart(row: Parameter, { maps, moments }: CategoricalSample): Parameter {
  if (row.free === 0 || row.ustart !== null) return row;
  if (row.op === '~*~') return { ...row, ustart: 1 };
  if (row.op !== '|') return row;
  const g = row.group - 1;
  const at = maps[g]?.variables.findIndex((variable) => variable.thresholdRows.includes(row.id - 1)) ?? -1;
  if (at < 0) return row;
  const { layout, values } = moments[g];
  return { ...row, ustart: values[layout.location[at] + maps[g].variables[at].thresholdRows.indexOf(row.id - 1)] };
}
