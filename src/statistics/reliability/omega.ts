import { oneFactor } from '../factor/oneFactor.js';
import { warning, type Diagnostic } from '../../shared/diagnostic.js';

export interface Omega {
  /** ω = (Σλ)² / ((Σλ)² + Σθ) in the items' own units; null where the model is not identified or did not converge. */
  readonly omega: number | null;
  /** The same on standardized items. */
  readonly standardized: number | null;
  /** Standardized loadings of the one-factor ML solution. */
  readonly loadings: readonly number[] | null;
  readonly uniquenesses: readonly number[] | null;
  /** A uniqueness stands on its lower bound. */
  readonly boundary: boolean;
  readonly warnings: readonly Diagnostic[];
}

const NONE = { omega: null, standardized: null, loadings: null, uniquenesses: null, boundary: false } as const;

/**
 * McDonald's omega (total, congeneric) from a one-factor model by maximum
 * likelihood; the implied variance of the sum stands in the denominator.
 * @param sds standard deviations that turn standardized loadings into raw ones
 * @see McDonald (1999), Test Theory, ch. 6
 */
export function mcdonaldOmega(correlation: Float64Array, sds: Float64Array): Omega {
  const k = sds.length;
  if (k < 3) return { ...NONE, warnings: [] };
  const fit = oneFactor(correlation, k);
  if (!fit) return { ...NONE, warnings: [warning('singular-correlation', 'omega is not computed: the correlation matrix of the items is not positive definite', { zh: '未计算 ω：题项相关矩阵非正定' })] };
  if (!fit.converged) return { ...NONE, warnings: [warning('no-convergence', `omega is not computed: the one-factor model did not converge in ${fit.iterations} iterations`, { zh: `未计算 ω：单因子模型在 ${fit.iterations} 次迭代后未收敛` })] };
  const warnings = fit.boundary ? [warning('heywood-case', 'the one-factor model behind omega has a uniqueness at its lower bound (Heywood case), so omega is doubtful', { zh: 'ω 所依据的单因子模型有唯一性达到下界（Heywood 现象），ω 存疑' })] : [];
  const ratio = (scale: (i: number) => number): number => {
    let sum = 0;
    let unique = 0;
    for (let i = 0; i < k; i++) {
      sum += fit.loadings[i] * scale(i);
      unique += fit.uniquenesses[i] * scale(i) ** 2;
    }
    return (sum * sum) / (sum * sum + unique);
  };
  return { omega: ratio((i) => sds[i]), standardized: ratio(() => 1), loadings: [...fit.loadings], uniquenesses: [...fit.uniquenesses], boundary: fit.boundary, warnings };
}
