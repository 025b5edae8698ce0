import type { Constraints } from '../../../numerics/optimize/constraints.js';
import type { Expression, ParameterTable } from '../parameterTable.js';
import type { ModelStructure } from './modelStructure.js';
import type { NamedValues } from './names.js';

/** What a constraint of the minimiser came from. */
export interface ConstraintSource {
  readonly kind: 'equality' | 'inequality' | 'lower' | 'upper';
  /** Index of the row in the parameter table. */
  readonly row: number;
}

export interface ModelConstraints extends Constraints {
  readonly sources: readonly ConstraintSource[];
}

/**
 * The constraints of a parameter table over the distinct free parameters:
 * `==` rows first, then `<` and `>` (as h(x) ≥ 0), then finite bounds. Shared
 * labels need none, they are one parameter. Null when there are none.
 *
 * A row's expression is the difference lhs − rhs.
 */
export function modelConstraints(table: ParameterTable, structure: ModelStructure, names: NamedValues, fixed: Float64Array): ModelConstraints | null {
  const equalities: ConstraintSource[] = [];
  const inequalities: ConstraintSource[] = [];
  const bounds = tightestBounds(table, structure);
  table.rows.forEach((row, i) => {
    if (row.op === '==' && row.expression && !alwaysTrue(row.expression, table, structure, names, fixed)) equalities.push({ kind: 'equality', row: i });
    else if ((row.op === '<' || row.op === '>') && row.expression) inequalities.push({ kind: 'inequality', row: i });
    else if (row.free > 0 && structure.firstRow[structure.position[i]] === i) {
      const k = structure.position[i];
      if (Number.isFinite(bounds.lower[k])) inequalities.push({ kind: 'lower', row: i });
      if (Number.isFinite(bounds.upper[k])) inequalities.push({ kind: 'upper', row: i });
    }
  });
  const sources = [...equalities, ...inequalities];
  if (sources.length === 0) return null;
  const n = structure.size;
  const values = fixed.slice();
  const rowGradient = new Float64Array(table.rows.length);
  const evaluate = (x: Float64Array, h: Float64Array, jacobian: Float64Array): void => {
    for (let i = 0; i < values.length; i++) if (structure.position[i] >= 0) values[i] = x[structure.position[i]];
    jacobian.fill(0);
    sources.forEach(({ kind, row: index }, c) => {
      const row = table.rows[index];
      if (kind === 'lower' || kind === 'upper') {
        const sign = kind === 'lower' ? 1 : -1;
        const k = structure.position[index];
        h[c] = sign * (values[index] - bounds[kind][k]);
        jacobian[c * n + k] = sign;
        return;
      }
      const sign = row.op === '<' ? -1 : 1;
      const expression = row.expression as Expression;
      h[c] = sign * names.value(expression, values);
      rowGradient.fill(0);
      names.addGradient(expression, values, sign, rowGradient);
      for (let i = 0; i < rowGradient.length; i++) if (rowGradient[i] !== 0 && structure.position[i] >= 0) jacobian[c * n + structure.position[i]] += rowGradient[i];
    });
  };
  return { count: sources.length, equalities: equalities.length, linear: isLinear(evaluate, sources.length, n), sources, evaluate };
}

/** Bounds of each distinct free parameter: the narrowest among the rows that share it. */
export function tightestBounds(table: ParameterTable, { position, size }: ModelStructure): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const lower = new Float64Array(size).fill(-Infinity);
  const upper = new Float64Array(size).fill(Infinity);
  table.rows.forEach((row, i) => {
    if (row.free === 0) return;
    const k = position[i];
    lower[k] = Math.max(lower[k], row.lower);
    upper[k] = Math.min(upper[k], row.upper);
  });
  return { lower, upper };
}

/** `a == b` where both already are one parameter. */
function alwaysTrue(expression: Expression, table: ParameterTable, structure: ModelStructure, names: NamedValues, fixed: Float64Array): boolean {
  if (expression.type === 'binary' && expression.operator === '-' && expression.left.type === 'name' && expression.right.type === 'name') {
    const [left, right] = [names.row(expression.left.name) ?? -1, names.row(expression.right.name) ?? -1];
    if (left >= 0 && right >= 0 && structure.position[left] >= 0 && structure.position[left] === structure.position[right]) return true;
  }
  const gradient = new Float64Array(table.rows.length);
  const values = fixed.map((value) => (Number.isFinite(value) ? value : 0.5));
  names.addGradient(expression, values, 1, gradient);
  const merged = new Float64Array(structure.size);
  for (let i = 0; i < gradient.length; i++) if (structure.position[i] >= 0) merged[structure.position[i]] += gradient[i];
  return merged.every((value) => value === 0) && names.value(expression, values) === 0;
}

/** Jacobians at three scattered points agree. */
function isLinear(evaluate: Constraints['evaluate'], count: number, n: number): boolean {
  const h = new Float64Array(count);
  const first = new Float64Array(count * n);
  const other = new Float64Array(count * n);
  const point = new Float64Array(n);
  for (let trial = 0; trial < 3; trial++) {
    for (let k = 0; k < n; k++) point[k] = 0.4 + 0.37 * (((k + 1) * (2 * trial + 3)) % 7);
    evaluate(point, h, trial === 0 ? first : other);
    if (trial > 0) for (let k = 0; k < first.length; k++) if (!(Math.abs(first[k] - other[k]) <= 1e-12 * (1 + Math.abs(first[k])))) return false;
  }
  return true;
}
