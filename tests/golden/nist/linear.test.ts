import { describe, expect, it } from 'vitest';
import { regress } from '../../../src/models/regression/index.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';
import { digits, readSets, required, type LinearSet } from './sets.js';

/** Filippelli's polynomial is beyond plain double arithmetic; nine digits are demanded, thirteen are reached. */
const FILIP_DIGITS = 9;

function formulaOf({ design }: LinearSet): string {
  const [, ...predictors] = design.columns;
  const powers = design.type === 'polynomial' ? Array.from({ length: design.degree ?? 1 }, (_, k) => (k === 0 ? 'x' : `I(x^${k + 1})`)) : predictors;
  return `y ~ ${powers.join(' + ')}${design.intercept ? '' : ' - 1'}`;
}

describe('NIST linear regression: certified digits', () => {
  it.each(readSets<LinearSet>('linear-regression').map((set) => [set.name, set] as const))('%s', (name, set) => {
    const columns = set.design.columns.map((column, j) => [column, set.data.map((row) => row[j])] as const);
    const fit = regress(formulaOf(set), surveyFromColumns(columns));
    const { lre } = set.exactOnDoubles;
    const check = (what: string, found: number | null, certified: number): void => {
      const wanted = name === 'Filip' ? Math.min(FILIP_DIGITS, required(lre, what)) : required(lre, what);
      expect(digits(found, certified), `${what}: ${String(found)}, certified ${certified}`).toBeGreaterThanOrEqual(wanted);
    };
    expect(fit.coefficients.length).toBe(set.certified.parameters.length);
    set.certified.parameters.forEach((parameter, i) => {
      check(parameter.name, fit.coefficients[i].estimate, parameter.estimate);
      check(`se_${parameter.name}`, fit.coefficients[i].stdError, parameter.standardError);
    });
    const { measures } = fit;
    const { certified } = set;
    check('rSquared', measures.rSquared, certified.rSquared);
    check('residualStandardDeviation', measures.sigma, certified.residualStandardDeviation);
    check('regressionSS', measures.regressionSumOfSquares, certified.anova.regression.ss);
    check('regressionMS', measures.regressionSumOfSquares / measures.df1, certified.anova.regression.ms);
    check('residualSS', measures.residualSumOfSquares, certified.anova.residual.ss);
    check('residualMS', measures.residualSumOfSquares / measures.df2, certified.anova.residual.ms);
    expect([measures.df1, measures.df2]).toEqual([certified.anova.regression.df, certified.anova.residual.df]);
    if (typeof certified.anova.regression.F === 'number') check('F', measures.fStatistic, certified.anova.regression.F);
    else expect(measures.fStatistic).toBeNull();
  });
});
