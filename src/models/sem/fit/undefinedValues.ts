import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import { placeOfParameter } from '../structure/placeOfParameter.js';

/** Defined parameters without a value at the estimates, such as the logarithm of a negative number. */
export function undefinedValueWarnings({ table, values }: Estimation): readonly Diagnostic[] {
  const found = table.rows.flatMap((row, i) => (row.op === ':=' && !Number.isFinite(values[i]) ? [`\`${row.lhs} := ${row.rhs}\``] : []));
  if (found.length === 0) return [];
  return [
    warning('undefined-value', `${found.join(', ')} ${found.length === 1 ? 'has' : 'have'} no value at the estimates`, {
      zh: `${found.join('、')} 在估计值处没有定义`,
      help: 'look for a division by zero, or for the root or logarithm of a negative number',
      helpZh: '检查是否除以零，或对负数开方、取对数'
    })
  ];
}

/** Free parameters without a standard error in an otherwise regular covariance matrix: their variance there is not positive. */
export function missingErrorWarnings(estimation: Estimation, vcov: Float64Array | null): readonly Diagnostic[] {
  const { structure, table } = estimation;
  if (!vcov) return [];
  const found = Array.from({ length: structure.size }, (_, k) => k).filter((k) => !(vcov[k * structure.size + k] >= 0));
  if (found.length === 0) return [];
  const list = found.map((k) => placeOfParameter(table, structure, k)).join(', ');
  return [
    warning('no-standard-error', `no standard error exists for ${list}: the estimated variance is not a positive number`, {
      zh: `${list} 没有标准误：其方差估计不是正数`,
      help: 'variables that say nearly the same, or too few rows for this model; trust the other standard errors little',
      helpZh: '变量几乎重复，或样本对该模型而言太少；其他标准误也不可轻信'
    })
  ];
}
