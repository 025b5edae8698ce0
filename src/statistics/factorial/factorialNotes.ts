import type { Bilingual } from '../../shared/table.js';
import type { FactorialAnova } from './factorialResult.js';

export type FactorialFacts = Omit<FactorialAnova, 'tidy' | 'tables'>;

/** What stars mean. */
export const STARS: Bilingual = { en: '* p < .05. ** p < .01. *** p < .001.', zh: '* p < .05，** p < .01，*** p < .001。' };
/** Heading over partial η² and its interval. */
export const PARTIAL: Bilingual = { en: 'Partial η²', zh: '偏 η²' };

/** The level of the intervals, `95%`. */
export function percentOf({ options }: FactorialFacts): string {
  return `${Math.round(options.confidence * 1000) / 10}%`;
}

/** Where covariates stand when means are adjusted. */
export function covariateNotes(covariates: readonly string[]): readonly Bilingual[] {
  return covariates.length > 0 ? [{ en: `Covariates at their means: ${covariates.join(', ')}.`, zh: `协变量取均值：${covariates.join('、')}。` }] : [];
}
