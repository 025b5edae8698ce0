import { finite } from '../../../../shared/table.js';
import type { PairwiseFit } from '../../fit/fitState.js';
import type { Measures } from '../../measures/fitIndices.js';

/**
 * Pairwise log-likelihood and its information criteria, with tr(J H⁻¹) in
 * place of the number of parameters: PL-AIC = −2 pl + 2 tr(J H⁻¹),
 * PL-BIC = −2 pl + ln N tr(J H⁻¹).
 *
 * @see Varin & Vidoni (2005), Biometrika 92(3); Gao & Song (2010), JASA 105(492); Katsikatsou & Moustaki (2016), section 4
 */
export function pairwiseCriteria({ logLikelihood, dimension }: PairwiseFit, n: number, out: Measures): void {
  out.set('pl.logl', finite(logLikelihood));
  out.set('pl.dimension', finite(dimension));
  out.set('pl.aic', finite(2 * dimension - 2 * logLikelihood));
  out.set('pl.bic', finite(Math.log(n) * dimension - 2 * logLikelihood));
}
