import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logistic, ordinal } from '../../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { near } from '../near.js';

type Numbers = readonly number[];
type Test = Readonly<Record<'statistic' | 'df' | 'pValue', number>>;
interface Expected {
  readonly data: Readonly<Record<string, Readonly<Record<string, (number | string)[]>>>>;
  readonly binary: readonly (Readonly<Record<'auc' | 'low' | 'high' | 'stdError' | 'sensitivity' | 'specificity', number>> & {
    readonly data: string;
    readonly formula: string;
    readonly groups: Readonly<Record<'n' | 'observed' | 'expected' | 'highest', Numbers>>;
    readonly pseudo: Readonly<Record<'coxSnell' | 'nagelkerke' | 'mcFadden', Numbers>>;
  })[];
  readonly brant: readonly (Test & { readonly data: string; readonly formula: string; readonly predictors: readonly Test[] })[];
}
const expected = JSON.parse(readFileSync(new URL('./expected.json', import.meta.url), 'utf8')) as Expected;

describe('diagnostics of logistic regression agree with R', () => {
  it.each(expected.binary.map((told) => [told.formula, told] as const))('%s', (formula, told) => {
    const fit = logistic(formula, surveyFromColumns(expected.data[told.data]));
    const { classification: c, hosmerLemeshow, measures } = fit;
    near([c.areaUnderCurve, c.areaStdError, c.areaLow, c.areaHigh], [told.auc, told.stdError, told.low, told.high], 'ROC area');
    near([c.sensitivity, c.specificity], [told.sensitivity, told.specificity], 'sensitivity, specificity');
    for (const key of ['n', 'observed', 'expected', 'highest'] as const) near(hosmerLemeshow.table.map((group) => group[key]), told.groups[key], key);
    for (const key of ['coxSnell', 'nagelkerke', 'mcFadden'] as const) near([measures.intervals?.[key].confLow ?? null, measures.intervals?.[key].confHigh ?? null], told.pseudo[key], key);
    const titles = fit.tables().map(({ title }) => title.en);
    expect(titles).toEqual(['Omnibus tests of model coefficients', 'Model summary', 'Effect sizes of the model', 'Hosmer–Lemeshow test', 'Contingency table for the Hosmer–Lemeshow test', 'Classification table', 'Variables in the equation']);
    expect(fit.tables()[4].rows.map((row) => row['n'])).toEqual(told.groups.n);
  });
});

describe('Brant’s test agrees with its formula in R and with car', () => {
  const numbers = ({ statistic, df, pValue }: { readonly statistic: number | null; readonly df: number; readonly pValue: number | null }): number[] => [statistic ?? NaN, df, pValue ?? NaN];
  it.each(expected.brant.map((told) => [told.formula, told] as const))('%s', (formula, told) => {
    const { brant, ...fit } = ordinal(formula, surveyFromColumns(expected.data[told.data]));
    near(brant ? numbers(brant) : [], numbers(told), 'all slopes');
    near(brant?.predictors.flatMap(numbers) ?? [], told.predictors.flatMap(numbers), 'each predictor');
    expect(fit.tables().at(-1)?.title.en).toBe('Brant test');
  });

  it('is not made of a probit link, and is null where a threshold separates the classes', () => {
    const { data, formula } = expected.brant[0];
    expect(ordinal(formula, surveyFromColumns(expected.data[data]), { link: 'probit' }).brant).toBeNull();
    // the lowest class has x = 0 only, and nobody else has: at that threshold the classes are separated
    const x = [0, 0, 0, 0, 1, 2, 3, 1, 2, 3, 2, 3, 1, 3];
    const y = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 2];
    const { brant, warnings } = ordinal('y ~ x', surveyFromColumns({ x, y }));
    if (brant) expect([brant.statistic, brant.pValue, brant.df]).toEqual([null, null, 1]);
    else expect(warnings.map(({ code }) => code)).toContain('separation');
  });
});
