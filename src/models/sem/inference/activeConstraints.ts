import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';

/** Jacobian of the active constraints at the solution, rows × size; null without any. */
export function activeJacobian(estimation: Estimation, equalitiesOnly = false): { jacobian: Float64Array; rows: readonly number[] } | null {
  const { constraints, active, x } = estimation;
  if (!constraints || active.length === 0) return null;
  const h = new Float64Array(constraints.count);
  const jacobian = new Float64Array(constraints.count * x.length);
  constraints.evaluate(x, h, jacobian);
  return { jacobian, rows: equalitiesOnly ? active.filter((row) => row < constraints.equalities) : active };
}

/** Rows of the table whose bound or inequality holds with equality at the solution. */
export function rowsOnBounds({ constraints, active }: Estimation): readonly number[] {
  return constraints ? active.filter((c) => c >= constraints.equalities).map((c) => constraints.sources[c].row) : [];
}

/** What is lost on a bound is said: standard errors there, and the reference distribution of the test. */
export function boundWarning(estimation: Estimation): Diagnostic | null {
  const { table, values } = estimation;
  const rows = rowsOnBounds(estimation);
  if (rows.length === 0) return null;
  const named = rows.map((i) => {
    const { lhs, op, rhs } = table.rows[i];
    return op === '<' || op === '>' ? `\`${lhs} ${op} ${rhs}\`` : `\`${`${lhs} ${op} ${rhs}`.trimEnd()}\` (${Number(values[i].toPrecision(4))})`;
  });
  return warning('active-bound', `the solution lies on a bound: ${named.join(', ')}; no standard error exists there, and those of the other parameters are conditional on it`, {
    zh: `解位于边界上：${named.join('、')}；该处没有标准误，其余参数的标准误以此为条件`,
    helpZh: '边界解常意味着模型有误或样本过小；此时 χ² 检验可能过严或过松。`bootstrap(fit)` 的区间不依赖正态极限',
    help: 'a bound that holds often hides a wrong model or a small sample; the χ² test is then too strict or too lenient. `bootstrap(fit)` gives intervals that need no normal limit'
  });
}
