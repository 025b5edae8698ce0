import type { ModelProblem } from '../estimation/estimate.js';
import { StandardizedRows } from '../standardize.js';
import type { CompiledExpression } from '../structure/compiledExpression.js';
import type { BootstrapChunk } from './job.js';

/** Writes the solution of a draw: estimates and standardized values per table row, `:=` from each, and the test statistic. */
export class DrawRecorder {
  private readonly groups: readonly StandardizedRows[];
  private readonly defined: readonly { readonly row: number; readonly value: CompiledExpression }[];

  constructor({ table, structure, names }: ModelProblem, private readonly multipliers: Float64Array) {
    this.groups = structure.groups.map((group, g) => new StandardizedRows(table, group, g, 'std.all'));
    this.defined = table.rows.flatMap((row, i) => (row.op === ':=' && row.expression ? [{ row: i, value: names.compiled(row.expression) }] : []));
  }

  /** @param values one per table row, without the defined ones; their values are filled in. */
  record({ implied, objective }: ModelProblem, values: Float64Array, chunk: BootstrapChunk, d: number): void {
    const rows = values.length;
    const standardized = chunk.standardized.subarray(d * rows, (d + 1) * rows);
    for (const { row, value } of this.defined) values[row] = value(values);
    standardized.set(values);
    this.groups.forEach((group, g) => group.standardize(implied[g], values, standardized));
    for (const { row, value } of this.defined) standardized[row] = value(standardized);
    chunk.estimates.set(values, d * rows);
    let statistic = 0;
    for (let g = 0; g < this.multipliers.length; g++) statistic += this.multipliers[g] * objective.groupValues[g];
    chunk.statistics[d] = statistic;
  }
}
