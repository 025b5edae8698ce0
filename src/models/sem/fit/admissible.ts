import { symmetricEigen } from '../../../numerics/dense/symmetricEigen.js';
import { cholesky } from '../../../numerics/dense/cholesky.js';
import { warning, type Diagnostic } from '../../../shared/diagnostic.js';
import type { Estimation } from '../estimation/estimate.js';
import type { ImpliedMoments } from '../implied/impliedMoments.js';
import type { ParameterTable } from '../parameterTable.js';
import { blockOf, placeOfBlock, rolesOfBlock } from '../structure/blocks.js';

/** Eigenvalues down to this share of the largest are rounding, not a negative variance. */
const EIGEN_TOLERANCE = 1e-8;
/** Distance below a bound of 0 that is rounding of the minimiser. */
const AT_BOUND = 1e-10;

/**
 * Heywood cases and covariance matrices that are none: negative variances
 * (observed residuals, latent), latent or residual covariance matrices that
 * are not positive semidefinite.
 */
export function admissibilityWarnings(estimation: Estimation): readonly Diagnostic[] {
  const { table, values, implied } = estimation;
  const found: Diagnostic[] = [];
  const bounded = table.rows.some((row) => row.free > 0 && row.lower === 0);
  const where = (block: number): string => placeOfBlock(table, block);
  table.rows.forEach((row, i) => {
    if (row.op !== '~~' || row.lhs !== row.rhs || row.free === 0 || !isNegative(values[i], row.lower)) return;
    const block = blockOf(row, table);
    const kind = rolesOfBlock(table, block).latent.includes(row.lhs) ? 'latent variable' : 'observed variable';
    found.push(warning('heywood', `the (residual) variance of the ${kind} \`${row.lhs}\` is negative${where(block)}: ${values[i].toPrecision(3)}`, { zh: `\`${row.lhs}\` 的（残差）方差为负${where(block)}：${values[i].toPrecision(3)}`, help: 'a Heywood case: too few or too weak indicators, a wrong model, or a small sample; look at its loadings, or bound the variance with `bounds: "pos.var"`', helpZh: 'Heywood 现象：指标过少或过弱、模型有误或样本过小；检查其载荷，或用 `bounds: "pos.var"` 限制方差' }));
  });
  implied.forEach((group, g) => {
    const { p, m, latent: names, observed } = group.structure;
    const check = (matrix: Float64Array, n: number, labels: readonly string[], what: string, code: string): void => {
      if (n === 0 || isNonnegativeDiagonal(matrix, n) || cholesky(matrix.slice(0, n * n), n, 1e-10) < 0) return;
      const { values: eigenvalues, vectors } = symmetricEigen(matrix, n);
      if (eigenvalues[0] >= -EIGEN_TOLERANCE * Math.max(1e-300, eigenvalues[n - 1]) || (bounded && eigenvalues[0] >= -AT_BOUND)) return;
      let most = 0;
      for (let i = 1; i < n; i++) if (Math.abs(vectors[i * n]) > Math.abs(vectors[most * n])) most = i;
      found.push(warning(code, `the covariance matrix of the ${what} is not positive definite${where(g)}: smallest eigenvalue ${eigenvalues[0].toPrecision(3)}, mostly \`${labels[most]}\``, { zh: `${what === 'latent variables' ? '潜变量' : '残差'}的协方差矩阵非正定${where(g)}：最小特征值 ${eigenvalues[0].toPrecision(3)}，主要来自 \`${labels[most]}\``, help: `look for a correlation above 1 or a negative variance of \`${labels[most]}\``, helpZh: `检查 \`${labels[most]}\` 是否有大于 1 的相关或负方差` }));
    };
    check(group.phi, m, names, 'latent variables', 'latent-covariance');
    check(group.theta, p, observed, 'residuals', 'residual-covariance');
  });
  return found;
}

/** A variance held at a bound of 0 is 0, whatever its rounding. */
function isNegative(value: number, lower: number): boolean {
  return value < (lower === 0 ? -AT_BOUND : 0);
}

/** The same judgement without the words. */
export function isAdmissible({ table, values, implied }: Pick<Estimation, 'table' | 'values' | 'implied'>): boolean {
  return new Admissibility(table).holds(values, implied);
}

/** The judgement of many solutions of one model: no negative variance, all covariance matrices positive semidefinite. */
export class Admissibility {
  /** Rows that are free variances, and the lower bound of each. */
  private readonly variances: readonly number[];
  private readonly lower: Float64Array;
  private readonly slack: number;
  private scratch: Float64Array = new Float64Array(0);

  constructor({ rows }: ParameterTable) {
    const variances: number[] = [];
    rows.forEach((row, i) => {
      if (row.op === '~~' && row.lhs === row.rhs && row.free > 0) variances.push(i);
    });
    this.variances = variances;
    this.lower = Float64Array.from(variances, (row) => rows[row].lower);
    this.slack = rows.some((row) => row.free > 0 && row.lower === 0) ? AT_BOUND : 0;
  }

  holds(values: Float64Array, implied: readonly ImpliedMoments[]): boolean {
    const { variances, lower } = this;
    for (let k = 0; k < variances.length; k++) if (isNegative(values[variances[k]], lower[k])) return false;
    return implied.every(({ phi, theta, structure }) => this.isSemidefinite(phi, structure.m) && this.isSemidefinite(theta, structure.p));
  }

  private isSemidefinite(matrix: Float64Array, n: number): boolean {
    if (isNonnegativeDiagonal(matrix, n)) return true;
    if (this.scratch.length < n * n) this.scratch = new Float64Array(n * n);
    for (let i = 0; i < n * n; i++) this.scratch[i] = matrix[i];
    if (cholesky(this.scratch, n, 1e-10) < 0) return true;
    const { values } = symmetricEigen(matrix, n);
    return values[0] >= -Math.max(this.slack, EIGEN_TOLERANCE * Math.max(1e-300, values[n - 1]));
  }
}

function isNonnegativeDiagonal(matrix: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    if (!(matrix[i * n + i] >= 0)) return false;
    for (let j = 0; j < i; j++) if (matrix[i * n + j] !== 0) return false;
  }
  return true;
}
