import type { Constraints } from './constraints.js';

/** Length of a row after projection, relative to before, below which it depends on earlier rows. */
const DEPENDENT = 1e-9;
/** Difference of two sides beyond rounding. */
const DIFFERENT = 1e-8;

/**
 * Linear equalities Jx + c = 0 without a common solution: the rows of a first
 * subset whose left sides depend on each other while their constants disagree;
 * null where there is none. A row of constants alone (`1 == 2`) is one too.
 *
 * @param at any point, n values
 */
export function contradictoryEqualities(constraints: Constraints, at: Float64Array): readonly number[] | null {
  const n = at.length;
  const { count, equalities, linear } = constraints;
  if (!linear || equalities === 0) return null;
  const h = new Float64Array(count);
  const jacobian = new Float64Array(count * n);
  constraints.evaluate(at, h, jacobian);
  const basis: { readonly unit: Float64Array; readonly constant: number; readonly members: ReadonlySet<number> }[] = [];
  for (let r = 0; r < equalities; r++) {
    const vector = jacobian.slice(r * n, (r + 1) * n);
    let constant = h[r];
    for (let k = 0; k < n; k++) constant -= vector[k] * at[k];
    const scale = 1 + Math.abs(constant);
    const before = norm(vector);
    const members = new Set([r]);
    for (const other of basis) {
      let projection = 0;
      for (let k = 0; k < n; k++) projection += other.unit[k] * vector[k];
      if (Math.abs(projection) <= DEPENDENT * before) continue;
      for (let k = 0; k < n; k++) vector[k] -= projection * other.unit[k];
      constant -= projection * other.constant;
      for (const member of other.members) members.add(member);
    }
    const after = norm(vector);
    if (after > DEPENDENT * before) basis.push({ unit: vector.map((value) => value / after), constant: constant / after, members });
    else if (!(Math.abs(constant) <= DIFFERENT * scale)) return [...members].sort((a, b) => a - b);
  }
  return null;
}

function norm(vector: Float64Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
