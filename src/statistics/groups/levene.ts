import { quantile } from '../describe/quantile.js';
import { accurateMean } from '../../numerics/exact/accurateSums.js';
import { oneWayAnova } from './oneWayAnova.js';
import { variesBeyondRounding } from './variesBeyondRounding.js';

export interface Levene {
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly pValue: number;
}

/**
 * Levene's test: one-way ANOVA of |x − centre of its group|. `mean` as SPSS
 * prints it first; `median` (Brown and Forsythe) is the robust form. Null when
 * the deviations do not vary.
 * @see Levene (1960); Brown & Forsythe (1974), JASA 69, 364-367
 */
export function levene(samples: readonly Float64Array[], centre: 'mean' | 'median' = 'mean'): Levene | null {
  const deviations = samples.map((sample) => {
    const middle = centre === 'mean' ? accurateMean(sample).high : (quantile(sample.slice().sort(), 0.5) ?? 0);
    return sample.map((value) => Math.abs(value - middle));
  });
  const { f, pValue, between, within } = oneWayAnova(deviations);
  // deviations carry the rounding of the values: two values of a group deviate alike, whatever their last digits
  if (!variesBeyondRounding(Math.sqrt(within.meanSquare), ...samples.flatMap((sample) => [Math.max(...sample.map(Math.abs))]))) return null;
  return f === null || pValue === null ? null : { f, df1: between.df, df2: within.df, pValue };
}
