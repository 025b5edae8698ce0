import type { LeastSquares } from '../../numerics/leastSquares/index.js';
import type { BlockModel } from './blockModel.js';
import type { Design } from './design/designMatrix.js';
import { orthogonalRows } from './orthogonalRows.js';
import type { Influence } from './results.js';

/** A leverage this close to 1 means that the case fits itself. */
const FULL_LEVERAGE = 1 - 1e-10;

/**
 * Leverage, residuals and single-case deletion measures. Entries that do not
 * exist (leverage 1, no residual degrees of freedom) are NaN.
 *
 * @see Belsley, Kuh & Welsch (1980), Regression Diagnostics, 2.1
 * @see Cook & Weisberg (1982), Residuals and Influence in Regression, 3
 */
export function influenceOf(design: Design, squares: LeastSquares, model: BlockModel): Influence {
  const rows = orthogonalRows(design, squares, model.solution);
  const { n, parameters: q } = rows;
  const { residuals, residualSumOfSquares } = model.solution;
  const { weights } = design;
  const leverage = new Float64Array(n);
  const create = (): Float64Array => new Float64Array(n);
  const result = { leverage, standardizedResidual: create(), studentizedResidual: create(), deletedResidual: create(), cook: create(), dffits: create(), mahalanobis: create(), dfbetas: new Float64Array(n * q) };
  const sigma = model.sigma ?? NaN;
  const z = new Float64Array(q);
  const pull = new Float64Array(q);
  for (let i = 0; i < n; i++) {
    const weight = weights ? weights[i] : 1;
    const e = residuals[i] * Math.sqrt(weight);
    const h = Math.min(1, weight * rows.coordinates(i, z));
    leverage[i] = h;
    const rest = h > FULL_LEVERAGE ? NaN : 1 - h;
    // s² without case i
    const without = Math.sqrt((residualSumOfSquares - (e * e) / rest) / (model.df2 - 1));
    const studentized = e / (sigma * Math.sqrt(rest));
    result.standardizedResidual[i] = e / sigma;
    result.studentizedResidual[i] = studentized;
    result.deletedResidual[i] = e / (without * Math.sqrt(rest));
    result.cook[i] = (studentized * studentized * h) / (rest * q);
    result.dffits[i] = (e * Math.sqrt(h)) / (without * rest);
    // distances under weights have no agreed meaning
    result.mahalanobis[i] = weights ? NaN : design.intercept ? (h - 1 / n) * (n - 1) : h * n;
    rows.pull(z, pull);
    for (let a = 0; a < q; a++) result.dfbetas[i * q + a] = (pull[a] * Math.sqrt(weight) * e) / (rest * without * Math.sqrt(model.bread[a * q + a]));
  }
  return result;
}
