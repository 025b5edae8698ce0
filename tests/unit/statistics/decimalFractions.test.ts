import { describe, expect, it } from 'vitest';
import { logistic, ordinal } from '../../../src/models/regression/index.js';
import { correlate } from '../../../src/statistics/correlate/correlate.js';
import { compare } from '../../../src/statistics/groups/compare.js';
import { comparePairs } from '../../../src/statistics/groups/comparePairs.js';
import { reliability } from '../../../src/statistics/reliability/reliability.js';
import { surveyFromColumns } from '../../../src/survey/surveyFromColumns.js';

describe('the rounding of decimal fractions is no variation', () => {
  it('differences that are one number but for rounding have no t', () => {
    const { pairs, warnings } = comparePairs(surveyFromColumns({ a: [0.1, 0.2, 0.3, 0.4], b: [0.2, 0.3, 0.4, 0.5] }), [['a', 'b']]);
    expect(pairs[0].test).toMatchObject({ t: null, pValue: null, effect: null });
    expect(warnings[0].code).toBe('constant-variable');
  });

  it('and are tied in Wilcoxon’s test as they are in R after rounding', () => {
    const [a, b] = [[0.3, 0.5, 0.9, 0.4, 1.1, 0.7], [0.2, 0.4, 0.5, 0.4, 0.6, 0.8]];
    const [{ wilcoxon }] = comparePairs(surveyFromColumns({ a, b }), [['a', 'b']]).pairs;
    // wilcox.test(c(1, 1, 4, 0, 5, -1), exact = FALSE, correct = FALSE): V = 13, p = 0.1307970618068586; without rounding 0.3 - 0.2 and 0.5 - 0.4 are told apart
    expect(wilcoxon).toMatchObject({ n: 5, zeros: 1, positive: 13, exactP: null });
    expect(wilcoxon.pValue).toBeCloseTo(0.1307970618068586, 12);
  });

  it('groups that are constant but for rounding have neither t nor F', () => {
    const y = [0.3, 0.1 + 0.2, 0.3, 0.6, 0.3 + 0.3, 1, 1];
    const two = compare(surveyFromColumns({ y: y.slice(0, 5), g: [1, 1, 1, 2, 2] }), ['y'], 'g').variables[0];
    expect(two.design === 't' && two.student.t).toBeNull();
    const three = compare(surveyFromColumns({ y, g: [1, 1, 1, 2, 2, 3, 3] }), ['y'], 'g').variables[0];
    expect(three.design === 'anova' && three.anova.f).toBeNull();
  });

  it('Levene’s test does not exist for pairs of values, whose deviations are equal', () => {
    const [found] = compare(surveyFromColumns({ y: [0.1, 0.2, 0.4, 0.7, 0.3, 0.9], g: [1, 1, 2, 2, 3, 3] }), ['y'], 'g').variables;
    expect([found.leveneMean, found.equalVariances]).toEqual([null, true]);
  });

  it('but thirteen equal leading digits are', () => {
    const y = [1e12 + 0.1, 1e12 + 0.3, 1e12 + 0.2, 1e12 + 0.6, 1e12 + 0.8, 1e12 + 0.7];
    const [found] = compare(surveyFromColumns({ y, g: [1, 1, 1, 2, 2, 2] }), ['y'], 'g').variables;
    expect(found.design === 't' && found.student.t).toBeLessThan(-5);
  });
});

describe('numbers that mean nothing are absent', () => {
  it('g of two pairs, whose correction has no value', () => {
    const [{ test }] = comparePairs(surveyFromColumns({ a: [1, 2], b: [1, 3] }), [['a', 'b']]).pairs;
    expect(test.effect?.g).toBeNull();
    expect(test.effect?.d).toBeCloseTo(-Math.SQRT1_2, 12);
  });

  it('unequal-length Spearman-Brown of halves that correlate negatively', () => {
    const found = reliability(surveyFromColumns({ a: [1, 2, 3, 4, 5, 2], b: [5, 4, 3, 2, 1, 3], c: [2, 2, 3, 1, 5, 4] }), ['a', 'b', 'c']);
    expect(found.splitHalf?.correlation).toBeLessThan(0);
    expect(found.splitHalf?.spearmanBrownUnequal).toBeNull();
  });

  it('a correlation of columns without a common row, which is said', () => {
    const { warnings, at } = correlate(surveyFromColumns({ a: [1, 2, NaN, NaN, 3], b: [NaN, NaN, 2, 1, NaN] }));
    expect(at(0, 1).r).toBeNull();
    expect(warnings.map(({ code, zh }) => [code, zh === undefined])).toEqual([['no-common-rows', false]]);
  });

  it('tests of a logistic coefficient that runs to infinity, not those of the others', () => {
    const fit = logistic('y ~ factor(a)', surveyFromColumns({ y: [0, 1, 0, 1, 1, 1, 1, 0], a: [1, 1, 1, 2, 2, 2, 2, 1] }));
    expect(fit.warnings.map(({ code }) => code)).toEqual(['separation']);
    expect(fit.coefficients[1]).toMatchObject({ stdError: null, pValue: null, oddsRatio: null });
    // the constant is the log odds of the other class alone, one event in four: SE √(1/1 + 1/3)
    expect(fit.coefficients[0].estimate).toBeCloseTo(Math.log(1 / 3), 7);
    expect(fit.coefficients[0].stdError).toBeCloseTo(Math.sqrt(4 / 3), 6);
  });

  it('separated classes of an ordinal regression, which are said', () => {
    const whole = ordinal('y ~ a', surveyFromColumns({ y: [1, 1, 2, 2, 3, 3], a: [1, 2, 3, 4, 5, 6] }));
    expect([whole.convergence.converged, whole.parallelLines, whole.coefficients[0].pValue]).toEqual([false, null, null]);
    expect(whole.warnings.map(({ code }) => code)).toEqual(['separation']);
    const part = ordinal('y ~ factor(g)', surveyFromColumns({ y: [1, 2, 3, 1, 2, 3, 3, 3, 3, 3], g: [1, 1, 1, 1, 1, 1, 2, 2, 2, 2] }));
    expect(part.warnings.map(({ code }) => code)).toEqual(['separation']);
  });
});
