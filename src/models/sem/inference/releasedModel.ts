import type { Estimation } from '../estimation/estimate.js';
import type { SemSample } from '../estimation/sample.js';
import type { ParameterTable } from '../parameterTable.js';
import { modelStructure } from '../structure/modelStructure.js';
import { widerPart } from './widerPart.js';

/**
 * A fitted model at its solution, seen from a larger one.
 *
 * @param table the model's rows, with others appended (fixed at their `ustart`, 0 when none)
 * @param position of every row among the parameters of the larger model, or −1
 * @returns gradient of ½ Σ w_g F_g, and the expected information per observation (lower triangle); null for an estimator that has neither
 */
export function releasedModel(estimation: Estimation, sample: SemSample, table: ParameterTable, position: Int32Array, size: number): { readonly gradient: Float64Array; readonly information: Float64Array } | null {
  const { objective } = estimation;
  const wide = modelStructure(table);
  const values = Float64Array.from(table.rows, (row, i) => estimation.values[i] ?? row.ustart ?? 0);
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  for (const [g, part] of objective.parts.entries()) {
    const wider = widerPart(part, wide, g, position, size);
    if (!wider || wider.evaluate(values) === null) return null;
    wider.addGradient(objective.weights[g], gradient);
    wider.addInformation(sample.groups[g].n / sample.n, size, information);
  }
  return { gradient, information };
}
