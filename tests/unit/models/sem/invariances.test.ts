import { describe, expect, it } from 'vitest';
import { surveyFromColumns } from '../../../../src/survey/surveyFromColumns.js';
import { cfa, sem } from '../../../../src/models/sem/sem.js';
import { impliedMoments, simulate } from '../../../../src/models/sem/questions/impliedMoments.js';
import { invariance } from '../../../../src/models/sem/questions/invariance.js';
import { modificationIndices } from '../../../../src/models/sem/questions/modificationIndices.js';
import { FULL_MODEL, simulatedSurvey, THREE_FACTORS } from './sampleData.js';

const survey = simulatedSurvey();
const columns = (change: (name: string, values: Float64Array) => Float64Array): Record<string, number[]> => Object.fromEntries([...Array.from({ length: 9 }, (_, i) => `x${i + 1}`), 'z'].map((name) => [name, Array.from(change(name, survey.numeric(name)))]));
const statistic = (fit: { readonly measures: Readonly<Record<string, number | null>> }): number => fit.measures.chisq as number;

describe('what needs no oracle', () => {
  it('other units of a column leave χ² and the completely standardized solution', () => {
    const scaled = surveyFromColumns(columns((name, values) => (name === 'x2' ? values.map((v) => 1000 * v) : name === 'x7' ? values.map((v) => v / 1000) : values)));
    for (const estimator of ['ML', 'GLS'] as const) {
      const before = sem(FULL_MODEL, survey, { estimator });
      const after = sem(FULL_MODEL, scaled, { estimator });
      expect(statistic(after)).toBeCloseTo(statistic(before), 6);
      after.parameters.forEach((row, i) => expect(row.stdAll).toBeCloseTo(before.parameters[i].stdAll as number, 7));
      expect(after.warnings.some(({ code }) => code === 'variance-scales')).toBe(true);
    }
  });

  it('the order of rows and of indicators changes nothing', () => {
    const reversed = surveyFromColumns(columns((_, values) => values.slice().reverse()));
    expect(statistic(cfa(THREE_FACTORS, reversed))).toBeCloseTo(statistic(cfa(THREE_FACTORS, survey)), 8);
    const shuffled = 'f1 =~ x3 + x1 + x2\n f2 =~ x6 + x5 + x4\n f3 =~ x8 + x9 + x7';
    expect(statistic(cfa(shuffled, survey))).toBeCloseTo(statistic(cfa(THREE_FACTORS, survey)), 8);
    expect(statistic(cfa(THREE_FACTORS, survey, { stdLv: true }))).toBeCloseTo(statistic(cfa(THREE_FACTORS, survey)), 8);
  });

  it('a saturated model reproduces the sample', () => {
    const fit = sem('x1 ~ x2 + x3\n x2 ~ x3', survey);
    expect(fit.measures.df).toBe(0);
    expect(statistic(fit)).toBeCloseTo(0, 9);
  });

  it('the implied moments of a model fit it without error, under every estimator', () => {
    const fit = cfa(THREE_FACTORS, survey);
    for (const estimator of ['ML', 'GLS', 'ULS'] as const) {
      const again = cfa(THREE_FACTORS, impliedMoments(fit), { estimator });
      expect(statistic(again)).toBeCloseTo(0, 7);
      again.parameters.forEach((row, i) => expect(row.stdAll).toBeCloseTo(fit.parameters[i].stdAll as number, 6));
    }
  });

  it('simulated rows return their parameters', () => {
    const fit = cfa(THREE_FACTORS, survey);
    const drawn = surveyFromColumns(Object.fromEntries([...simulate(fit, { n: 20_000, seed: 3 }).columns].map(([name, values]) => [name, Array.from(values)])));
    const again = cfa(THREE_FACTORS, drawn);
    again.parameters.forEach((row, i) => expect(Math.abs((row.estimate as number) - (fit.parameters[i].estimate as number))).toBeLessThan(5 * (row.stdError as number) + 1e-9));
  });

  it('full-information likelihood of complete rows is ordinary maximum likelihood', () => {
    const complete = cfa(THREE_FACTORS, survey, { meanstructure: true });
    const full = cfa(THREE_FACTORS, survey, { missing: 'ml' });
    expect(statistic(full)).toBeCloseTo(statistic(complete), 7);
    full.parameters.forEach((row, i) => expect(row.estimate).toBeCloseTo(complete.parameters[i].estimate as number, 7));
  });

  it('a modification index says how far χ² falls when the parameter is freed', () => {
    const [largest] = [...modificationIndices(cfa(THREE_FACTORS, survey))].sort((a, b) => b.mi - a.mi);
    const freed = cfa(`${THREE_FACTORS}\n ${largest.lhs} ${largest.op} ${largest.rhs}`, survey);
    const fall = statistic(cfa(THREE_FACTORS, survey)) - statistic(freed);
    expect(Math.abs(fall - largest.mi)).toBeLessThan(0.25 * fall + 0.5);
  });

  it('each rung of the invariance ladder has a larger χ²', () => {
    const { comparison } = invariance(THREE_FACTORS, survey, { group: 'group' });
    const rows = comparison.rows.map(({ chiSquare }) => chiSquare);
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
    expect(comparison.rows.map(({ name }) => name)).toEqual(['configural', 'metric', 'scalar', 'strict']);
  });
});

describe('honest failure', () => {
  it('names the parameters that cannot be told apart', () => {
    const fit = cfa('f1 =~ NA*x1 + x2 + x3', survey);
    expect(fit.warnings.find(({ code }) => code === 'not-identified')?.message).toContain('f1 =~ x1');
    expect(fit.parameters.every(({ free, stdError }) => free === 0 || stdError === null)).toBe(true);
  });

  it('tells a sum of other variables by name and reports no χ²', () => {
    const copied = surveyFromColumns({ ...columns((_, values) => values), x3: Array.from(survey.numeric('x1'), (v, i) => v + survey.numeric('x2')[i]) });
    const fit = cfa('f =~ x1 + x2 + x3 + x4', copied);
    expect(fit.warnings.some(({ code }) => code === 'sample-covariance')).toBe(true);
    expect(fit.measures.chisq ?? null).toBeNull();
  });

  it('refuses a variable without variance, by name', () => {
    const flat = surveyFromColumns({ ...columns((_, values) => values), x5: Array.from({ length: 300 }, () => 4) });
    expect(() => cfa(THREE_FACTORS, flat)).toThrow(/zero-variance[^]*`x5`/);
  });

  it('flags a negative variance', () => {
    const heywood = cfa('f =~ a + b + c', { kind: 'moments', names: ['a', 'b', 'c'], divisor: 'n', used: 100, total: 100, dropped: [], groups: [{ label: '', n: 100, covariance: Float64Array.from([1, 0.6, 0.6, 0.6, 1, 0.3, 0.6, 0.3, 1]) }] });
    expect(heywood.warnings.some(({ code }) => code === 'heywood')).toBe(true);
    expect(heywood.admissible).toBe(false);
  });

  it('a factor without a marker keeps the direction of its first indicator, as in lavaan', () => {
    const turned = surveyFromColumns(columns((name, values) => (name === 'x1' ? values.map((v) => -v) : values)));
    const { loadings } = cfa(THREE_FACTORS, turned, { stdLv: true });
    expect(loadings.slice(0, 3).map(({ estimate }) => Math.sign(estimate ?? NaN))).toEqual([1, -1, -1]);
    expect(loadings.slice(3).every(({ estimate }) => (estimate ?? NaN) > 0)).toBe(true);
  });
});
