import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { independentRows } from '../../../numerics/optimize/constraints.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { placeOfParameter } from '../structure/placeOfParameter.js';
import { activeJacobian } from './activeConstraints.js';

/** Share of a unit null vector that a parameter must hold to be named. */
const NAMED_SHARE = 0.1;
const MOST_NAMED = 8;
const NULL_EIGENVALUE = 1e-8;

/** Names the parameters that the data cannot tell apart: those in the null space of the information matrix. */
export function identificationWarning(information: Float64Array, estimation: Estimation): Diagnostic {
  const { structure, table } = estimation;
  const n = structure.size;
  const scaled = new Float64Array(n * n);
  const d = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.max(information[i * n + i], 1e-300)));
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) scaled[i * n + j] = scaled[j * n + i] = information[i * n + j] / (d[i] * d[j]);
  const bound = activeJacobian(estimation);
  if (bound) {
    for (const r of independentRows(bound.jacobian, bound.rows, n)) {
      const row = Float64Array.from({ length: n }, (_, k) => bound.jacobian[r * n + k] / d[k]);
      const norm = row.reduce((sum, value) => sum + value * value, 0);
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) scaled[i * n + j] += (row[i] * row[j]) / norm;
    }
  }
  const { values, vectors } = symmetricEigen(scaled, n);
  const share = new Float64Array(n);
  let directions = 0;
  for (let k = 0; k < n; k++) {
    if (k > 0 && values[k] > NULL_EIGENVALUE) break;
    directions++;
    for (let i = 0; i < n; i++) share[i] = Math.max(share[i], Math.abs(vectors[i * n + k]));
  }
  const named = Array.from({ length: n }, (_, i) => i)
    .filter((i) => share[i] > NAMED_SHARE)
    .sort((a, b) => share[b] - share[a])
    .slice(0, MOST_NAMED)
    .map((i) => placeOfParameter(table, structure, i));
  const list = named.join(', ');
  const more = `df is ${directions} more than printed, so that χ² (which holds) has no p and no index that uses df`;
  return warning('not-identified', `the model is not identified: ${named.length === 1 ? `the data say nothing of ${list}` : `the data cannot tell ${list} apart`}; no standard errors exist, and ${more}`, {
    zh: `模型不可识别：数据无法区分 ${list}；没有标准误，且自由度比所列多 ${directions}，故 χ² 虽成立，但不列 p 值及依赖自由度的指标`,
    help: 'fix or equate one of these parameters, or add an indicator',
    helpZh: '固定其中一个参数或令其相等，或增加一个测量指标'
  });
}
