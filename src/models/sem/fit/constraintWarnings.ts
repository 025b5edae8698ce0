import { contradictoryEqualities } from '../../../numerics/optimize/contradiction.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';

/** Distance from a constraint that is more than rounding. */
const BROKEN = 1e-6;

/** Constraints that kept a search from its end: equalities without a common solution, or those broken where it stopped. */
export function constraintWarnings({ constraints, table, x }: Estimation): readonly Diagnostic[] {
  if (!constraints) return [];
  const name = (c: number): string => {
    const { kind, row } = constraints.sources[c];
    const { lhs, op, rhs, lower, upper } = table.rows[row];
    return `\`${kind === 'lower' ? `${lhs} ${op} ${rhs} > ${lower}` : kind === 'upper' ? `${lhs} ${op} ${rhs} < ${upper}` : `${lhs} ${op} ${rhs}`}\``;
  };
  const help = { help: 'delete one of them, or look whether a label stands on a fixed parameter', helpZh: '删去其中一个约束，或检查标签是否加在固定参数上' };
  const clash = contradictoryEqualities(constraints, x);
  if (clash) {
    const list = clash.map(name).join(', ');
    return [warning('contradictory-constraints', clash.length === 1 ? `the constraint ${list} cannot hold: no free parameter is in it` : `the constraints ${list} cannot hold together`, { zh: `约束 ${list} 互相矛盾`, ...help })];
  }
  const h = new Float64Array(constraints.count);
  constraints.evaluate(x, h, new Float64Array(constraints.count * x.length));
  const broken = Array.from(h.keys()).filter((c) => !(c < constraints.equalities ? Math.abs(h[c]) <= BROKEN : h[c] >= -BROKEN));
  if (broken.length === 0) return [];
  const list = broken.map((c) => `${name(c)} (off by ${Math.abs(h[c]).toPrecision(3)})`).join(', ');
  return [warning('constraints-broken', `where the search ended, ${list} ${broken.length === 1 ? 'does' : 'do'} not hold: perhaps nothing satisfies all constraints`, { zh: `搜索结束时约束 ${list} 不成立`, ...help })];
}
