import { evaluate, type Lookup } from '../../../language/expression/evaluate.js';
import { accumulateGradient } from '../../../language/expression/gradient.js';
import { fail } from '../../../shared/diagnostic.js';
import type { Expression, ParameterTable } from '../parameterTable.js';
import { compileExpression, type CompiledExpression } from './compiledExpression.js';

/**
 * Evaluates the expressions of a parameter table (`:=`, `==`, `<`, `>`) at any
 * values of its rows, with exact gradients over the rows. Names are labels,
 * built-in labels and defined parameters.
 */
export class NamedValues {
  private readonly rowOfName = new Map<string, number>();

  constructor(private readonly table: ParameterTable) {
    table.rows.forEach((row, i) => {
      if (row.op === '==' || row.op === '<' || row.op === '>') return;
      const names = row.op === ':=' ? [row.lhs] : [row.label, row.plabel];
      for (const name of names) if (name !== '' && !this.rowOfName.has(name)) this.rowOfName.set(name, i);
    });
  }

  /** Row of the parameter table that a name stands for. */
  row(name: string): number | undefined {
    return this.rowOfName.get(name);
  }

  /** Values of names; a defined parameter is evaluated, through others if need be. */
  lookup(values: Float64Array): Lookup {
    const open = new Set<number>();
    const lookup: Lookup = (name) => {
      const index = this.rowOfName.get(name);
      if (index === undefined) return undefined;
      const row = this.table.rows[index];
      if (row.op !== ':=') return values[index];
      if (open.has(index) || !row.expression) return fail('circular-definition', `\`${name}\` is defined by itself`);
      open.add(index);
      const value = evaluate(row.expression, lookup);
      open.delete(index);
      return value;
    };
    return lookup;
  }

  /** Adds weight · ∂expression/∂(row value) to `out`, one entry per table row. */
  addGradient(expression: Expression, values: Float64Array, weight: number, out: Float64Array): void {
    const lookup = this.lookup(values);
    const add = (name: string, partial: number): void => {
      const index = this.rowOfName.get(name);
      if (index === undefined) return;
      const row = this.table.rows[index];
      if (row.op === ':=' && row.expression) accumulateGradient(row.expression, lookup, partial, add);
      else out[index] += partial;
    };
    accumulateGradient(expression, lookup, weight, add);
  }

  /** The expression with its names resolved, for many evaluations. */
  compiled(expression: Expression, open: ReadonlySet<number> = new Set()): CompiledExpression {
    return compileExpression(expression, (name) => {
      const index = this.rowOfName.get(name);
      if (index === undefined) return undefined;
      const row = this.table.rows[index];
      if (row.op !== ':=') return (values) => values[index];
      if (open.has(index) || !row.expression) return fail('circular-definition', `\`${name}\` is defined by itself`);
      return this.compiled(row.expression, new Set([...open, index]));
    });
  }

  value(expression: Expression, values: Float64Array): number {
    return evaluate(expression, this.lookup(values));
  }
}
