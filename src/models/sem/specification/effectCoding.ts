import type { Expression } from '../../../language/syntax.js';
import type { Parameter } from '../parameterTable.js';

/** A constraint `first == total - second - third …` over built-in labels. */
export interface EffectCodingConstraint {
  readonly lhs: string;
  readonly rhs: string;
  readonly left: Expression;
  readonly right: Expression;
}

/**
 * Effect coding (Little, Slegers & Card 2006): per latent variable the loadings
 * average 1, and the intercepts of its indicators sum to 0.
 *
 * @see Little, Slegers & Card (2006), Structural Equation Modeling 13(1), 59-72
 */
export function effectCodingConstraints(rows: readonly Parameter[], latent: readonly string[], coding: readonly ('loadings' | 'intercepts')[], group: number, level = 1): readonly EffectCodingConstraint[] {
  const constraints: EffectCodingConstraint[] = [];
  for (const name of latent) {
    const loadings = rows.filter((row) => row.op === '=~' && row.lhs === name && row.group === group && row.level === level);
    if (coding.includes('loadings') && loadings.length > 0 && loadings.every((row) => row.free > 0)) constraints.push(sumTo(loadings.length, loadings));
    const intercepts = loadings.flatMap(({ rhs: indicator }) => rows.filter((row) => row.op === '~1' && row.lhs === indicator && row.group === group && row.level === level));
    if (coding.includes('intercepts') && intercepts.length > 0 && intercepts.every((row) => row.free > 0)) constraints.push(sumTo(0, intercepts));
  }
  return constraints;
}

function sumTo(total: number, rows: readonly Parameter[]): EffectCodingConstraint {
  const [first, ...others] = rows.map((row) => row.plabel);
  let right: Expression = { type: 'number', value: total };
  for (const name of others) right = { type: 'binary', operator: '-', left: right, right: { type: 'name', name } };
  return { lhs: first, rhs: [String(total), ...others].join('-'), left: { type: 'name', name: first }, right };
}
