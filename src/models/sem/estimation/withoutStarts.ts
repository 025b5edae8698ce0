import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { ParameterTable } from '../parameterTable.js';
import type { Estimation } from './estimate.js';

/**
 * Where no covariance matrix exists at the starting values that the user gave,
 * the search begins at its own instead, and says so.
 */
export function orWithoutStarts(table: ParameterTable, failed: Estimation, attempt: (table: ParameterTable) => Estimation): { readonly estimation: Estimation; readonly warnings: readonly Diagnostic[] } {
  const { converged, iterations } = failed.minimum;
  const given = table.rows.some((row) => row.free > 0 && row.ustart !== null);
  if (converged || iterations > 0 || !given) return { estimation: failed, warnings: [] };
  const found = attempt({ ...table, rows: table.rows.map((row) => (row.free > 0 ? { ...row, ustart: null } : row)) });
  if (!found.minimum.converged) return { estimation: failed, warnings: [] };
  return {
    estimation: { ...found, table },
    warnings: [
      warning('starts-ignored', 'the starting values given imply no covariance matrix (a negative variance, or a correlation above 1), and were not used', {
        zh: '给定的初始值不构成协方差矩阵（负方差或相关大于 1），未被采用',
        help: 'the solution does not depend on them; correct or delete start()',
        helpZh: '结果与之无关；请更正或删除 start()'
      })
    ]
  };
}
