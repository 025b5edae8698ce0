import { describe, expect, it } from 'vitest';
import { describe as describeSurvey } from '../../../src/statistics/describe/describe.js';
import { oneWayAnova } from '../../../src/statistics/groups/oneWayAnova.js';
import { univariate } from '../../../src/statistics/univariate.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { digits, readSets, required, type AnovaSet, type UnivariateSet } from './sets.js';

describe('NIST univariate summaries through the statistics that users call', () => {
  it.each(readSets<UnivariateSet>('univariate').map((set) => [set.name, set] as const))('%s', (_, set) => {
    const values = Float64Array.from(set.data.flat());
    const { lre } = set.exactOnDoubles;
    const [row] = describeSurvey(surveyFromColumns({ y: values })).variables;
    const found = univariate(values);
    expect(digits(row.mean, set.certified.mean)).toBeGreaterThanOrEqual(required(lre, 'mean'));
    expect(digits(row.sd, set.certified.standardDeviation)).toBeGreaterThanOrEqual(required(lre, 'standardDeviation'));
    expect(digits(found.standardDeviation, set.certified.standardDeviation)).toBeGreaterThanOrEqual(required(lre, 'standardDeviation'));
    expect(digits(found.autocorrelationLag1, set.certified.autocorrelationLag1)).toBeGreaterThanOrEqual(required(lre, 'autocorrelationLag1'));
  });
});

describe('NIST one-way analysis of variance through the statistics that users call', () => {
  it.each(readSets<AnovaSet>('one-way-anova').map((set) => [set.name, set] as const))('%s', (_, set) => {
    const treatments = [...new Set(set.data.map(([treatment]) => treatment))];
    const found = oneWayAnova(treatments.map((treatment) => Float64Array.from(set.data.filter(([own]) => own === treatment), ([, y]) => y)));
    const { between, within, rSquared, residualStandardDeviation } = set.certified;
    const { lre } = set.exactOnDoubles;
    const check = (what: string, value: number | null, certified: number): void => expect(digits(value, certified), what).toBeGreaterThanOrEqual(required(lre, what));
    check('betweenSS', found.between.sumOfSquares, between.ss);
    check('betweenMS', found.between.meanSquare, between.ms);
    check('withinSS', found.within.sumOfSquares, within.ss);
    check('withinMS', found.within.meanSquare, within.ms);
    check('F', found.f, between.F);
    check('rSquared', found.rSquared, rSquared);
    check('residualStandardDeviation', found.residualStandardDeviation, residualStandardDeviation);
  });
});
