import { chiSquareUpper } from '../../numerics/distributions/index.js';
import { cholesky, forwardSolve } from '../../numerics/dense/cholesky.js';
import { covarianceMatrix } from '../covariance.js';

export type MahalanobisResult =
  | {
      readonly ok: true;
      /** Per row: D² = (x − m)ᵀ S⁻¹ (x − m), S with divisor n − 1; NaN where an item is missing. */
      readonly squaredDistance: Float64Array;
      /** Upper tail of the chi-square law with p degrees of freedom. */
      readonly pValue: Float64Array;
      /** Complete rows, of which m and S are the moments. */
      readonly n: number;
    }
  | { readonly ok: false; readonly reason: 'too-few-rows' | 'singular'; readonly n: number; readonly item?: number };

/**
 * Squared Mahalanobis distances of the rows of p columns from the mean of the
 * complete rows among `use` (all rows when absent).
 * @see Mahalanobis (1936), Proc. Natl. Inst. Sci. India 2, 49-55
 */
export function mahalanobis(columns: readonly Float64Array[], use?: (row: number) => boolean): MahalanobisResult {
  const p = columns.length;
  const rows: number[] = [];
  for (let i = 0; i < (columns[0]?.length ?? 0); i++) if ((!use || use(i)) && columns.every((column) => !Number.isNaN(column[i]))) rows.push(i);
  const n = rows.length;
  if (p === 0 || n <= p) return { ok: false, reason: 'too-few-rows', n };
  const complete = columns.map((column) => Float64Array.from(rows, (row) => column[row]));
  const { covariance, means } = covarianceMatrix(complete);
  const factor = covariance.slice();
  const failed = cholesky(factor, p);
  if (failed >= 0) return { ok: false, reason: 'singular', n, item: failed };
  const length = columns[0].length;
  const squaredDistance = new Float64Array(length).fill(NaN);
  const pValue = new Float64Array(length).fill(NaN);
  const deviation = new Float64Array(p);
  for (const row of rows) {
    for (let j = 0; j < p; j++) deviation[j] = columns[j][row] - means[j];
    forwardSolve(factor, p, deviation);
    let squared = 0;
    for (let j = 0; j < p; j++) squared += deviation[j] * deviation[j];
    squaredDistance[row] = squared;
    pValue[row] = chiSquareUpper(squared, p);
  }
  return { ok: true, squaredDistance, pValue, n };
}
