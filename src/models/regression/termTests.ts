import type { LeastSquares } from '../../numerics/leastSquares/index.js';
import { finite } from '../../shared/table.js';
import { shareInterval } from '../../statistics/noncentralF.js';
import { waldF, type BlockModel } from './blockModel.js';
import type { Design } from './design/designMatrix.js';
import type { ResolvedRegressOptions } from './options.js';
import type { TermTest } from './results.js';
import { determinant, submatrix, waldStatistic } from './waldTest.js';

/**
 * One joint F test per term given all others, and the generalized variance
 * inflation factor det R₁₁ · det (R⁻¹)₁₁.
 *
 * @see Fox & Monette (1992), Generalized collinearity diagnostics, JASA 87
 */
export function termTests(design: Design, squares: LeastSquares, model: BlockModel, options: ResolvedRegressOptions): readonly TermTest[] {
  const shift = design.intercept ? 1 : 0;
  const q = model.names.length;
  const size = squares.problem.columns.length + 1;
  return design.terms.map((term) => {
    const places = model.solution.kept.flatMap((j, place) => (j >= term.first && j < term.first + term.count ? [place + shift] : []));
    if (places.length === 0) return { term: term.name, df: 0, sumOfSquares: null, statistic: null, pValue: null, partialEtaSquared: null, partialEtaLow: null, partialEtaHigh: null, gvif: null, gvifRoot: null };
    const explained = waldStatistic(model.estimates, model.bread, q, places);
    const { statistic, pValue } = waldF(model, places);
    let found: ReturnType<typeof shareInterval> | undefined;
    const limits = (): ReturnType<typeof shareInterval> => (found ??= options.se === 'classical' && statistic !== null ? shareInterval(statistic, places.length, model.df2, options.confLevel) : { confLow: null, confHigh: null });
    const columns = places.map((k) => model.solution.kept[k - shift]);
    const deviations = columns.map((j) => Math.sqrt(squares.crossProducts[j * size + j]));
    const k = places.length;
    const own = submatrix(squares.crossProducts, size, columns).map((value, at) => value / (deviations[Math.floor(at / k)] * deviations[at % k]));
    const inverse = submatrix(model.bread, q, places).map((value, at) => value * deviations[Math.floor(at / k)] * deviations[at % k]);
    const a = determinant(own, k);
    const b = determinant(inverse, k);
    const gvif = a === null || b === null ? null : a * b;
    return {
      term: term.name,
      df: k,
      sumOfSquares: finite(explained),
      statistic,
      pValue,
      partialEtaSquared: explained === null ? null : finite(explained / (explained + model.solution.residualSumOfSquares)),
      get partialEtaLow(): number | null {
        return limits().confLow;
      },
      get partialEtaHigh(): number | null {
        return limits().confHigh;
      },
      gvif,
      gvifRoot: gvif === null ? null : gvif ** (1 / (2 * k))
    };
  });
}
