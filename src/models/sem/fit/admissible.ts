import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';

/** Eigenvalues down to this share of the largest are rounding, not a negative variance. */
const EIGEN_TOLERANCE = 1e-8;

/**
 * Heywood cases and covariance matrices that are none: negative variances
 * (observed residuals, latent), latent or residual covariance matrices that
 * are not positive semidefinite.
 */
export function admissibilityWarnings(estimation: Estimation): readonly Diagnostic[] {
  const { table, values, implied } = estimation;
  const found: Diagnostic[] = [];
  const groups = table.groupLabels;
  const where = (g: number): string => (groups.length > 1 ? ` in group \`${groups[g]}\`` : '');
  const latent = new Set(table.roles.latent);
  table.rows.forEach((row, i) => {
    if (row.op !== '~~' || row.lhs !== row.rhs || row.free === 0 || values[i] >= 0) return;
    const kind = latent.has(row.lhs) ? 'latent variable' : 'observed variable';
    found.push(warning('heywood', `the (residual) variance of the ${kind} \`${row.lhs}\` is negative${where(row.group - 1)}: ${values[i].toPrecision(3)}`, { help: 'a Heywood case: too few or too weak indicators, a wrong model, or a small sample; look at its loadings, or bound the variance with `bounds: "pos.var"`' }));
  });
  implied.forEach((group, g) => {
    const { p, m, latent: names, observed } = group.structure;
    const check = (matrix: Float64Array, n: number, labels: readonly string[], what: string, code: string): void => {
      const factor = matrix.slice(0, n * n);
      if (n === 0 || cholesky(factor, n, 1e-10) < 0) return;
      const { values: eigenvalues, vectors } = symmetricEigen(matrix, n);
      if (eigenvalues[0] >= -EIGEN_TOLERANCE * Math.max(1e-300, eigenvalues[n - 1])) return;
      let most = 0;
      for (let i = 1; i < n; i++) if (Math.abs(vectors[i * n]) > Math.abs(vectors[most * n])) most = i;
      found.push(warning(code, `the covariance matrix of the ${what} is not positive definite${where(g)}: smallest eigenvalue ${eigenvalues[0].toPrecision(3)}, mostly \`${labels[most]}\``, { help: `look for a correlation above 1 or a negative variance of \`${labels[most]}\`` }));
    };
    check(group.phi, m, names, 'latent variables', 'latent-covariance');
    check(group.theta, p, observed, 'residuals', 'residual-covariance');
  });
  return found;
}

/** The same judgement without the words: no negative variance, all covariance matrices positive semidefinite. */
export function isAdmissible({ table, values, implied }: Pick<Estimation, 'table' | 'values' | 'implied'>): boolean {
  if (table.rows.some((row, i) => row.op === '~~' && row.lhs === row.rhs && row.free > 0 && values[i] < 0)) return false;
  return implied.every((group) => isSemidefinite(group.phi, group.structure.m) && isSemidefinite(group.theta, group.structure.p));
}

function isSemidefinite(matrix: Float64Array, n: number): boolean {
  if (isNonnegativeDiagonal(matrix, n)) return true;
  const factor = matrix.slice(0, n * n);
  if (cholesky(factor, n, 1e-10) < 0) return true;
  const { values } = symmetricEigen(matrix, n);
  return values[0] >= -EIGEN_TOLERANCE * Math.max(1e-300, values[n - 1]);
}

function isNonnegativeDiagonal(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    if (!(matrix[i * n + i] >= 0)) return false;
    for (let j = 0; j < i; j++) if (matrix[i * n + j] !== 0) return false;
  }
  return true;
}
